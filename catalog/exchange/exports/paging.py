"""Cursor pages by ID, as in Anthropic's API."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from catalog.exchange.exports.base import Offered
from catalog.models import Document, Variant
from catalog.records.facts import facts
from catalog.records.record import read_record


def page(
    at: datetime, limit: int, stages: Sequence[str], *, after: str | None = None, before: str | None = None
) -> tuple[list[Offered], bool]:
    """Return models after or before an ID, and whether there are more; two queries."""
    stage_filter = Q(lifecycle_at__in=list(stages))
    if not stages or "active" in stages:
        # Whatever is neither deprecated nor retired is written as active.
        stage_filter = ~Q(lifecycle_at__in=_unwanted(stages))
    chosen = Variant.objects.with_lifecycle(at).filter(stage_filter)
    if before:
        # Backwards, for those nearest to the cursor; turned around below.
        ids = chosen.filter(model_id__lt=before).order_by("-model_id")
    else:
        ids = (chosen.filter(model_id__gt=after) if after else chosen).order_by("model_id")
    keys = list(ids.values_list("pk", flat=True)[: limit + 1])  # one more than shown
    pks = keys[:limit][::-1] if before else keys[:limit]
    bodies = dict(Document.objects.filter(pk__in=pks).values_list("pk", "body"))
    return [Offered(facts(read_record(bodies[pk]), at), None) for pk in pks if pk in bodies], len(
        keys
    ) > limit


def _unwanted(stages: Sequence[str]) -> list[str]:
    listed = stages or ("active", "deprecated")
    return [word for word in ("deprecated", "retired") if word not in listed]
