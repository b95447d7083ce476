"""Deprecation and retirement dates, and when they became known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Min, Q
from django.db.models.functions import Coalesce

from catalog.models import ChangeEvent, Variant

MOST_MODELS = 500
DAYS = ("deprecated_on", "retires_on")


@dataclass(frozen=True, slots=True)
class LifeDate:
    """One date; `known_at` is None if no change set it."""

    model: Variant
    field: str
    day: date
    known_at: datetime | None


def life_dates(family: str = "") -> list[LifeDate]:
    """List dates, earliest first, of at most `MOST_MODELS` models; two queries."""
    dated = Variant.objects.filter(Q(retires_on__isnull=False) | Q(deprecated_on__isnull=False))
    if family:
        dated = dated.filter(family__slug=family)
    models = list(
        dated.select_related("family", "replacement")
        .annotate(last_day=Coalesce("retires_on", "deprecated_on"))
        .annotate(added_at=Min("change_events__revision__at"))
        # Beyond the limit the earliest dates are left out.
        .order_by("-last_day", "model_id")[:MOST_MODELS]
    )
    changed = _changed_at([model.pk for model in models])
    days = (day for model in models for day in _days(model, changed))
    return sorted(days, key=lambda one: (one.day, one.model.model_id, one.field))


def _days(model: Any, changed: dict[tuple[int, str], datetime]) -> Iterator[LifeDate]:
    for field in DAYS:
        day = getattr(model, field)
        if day is not None:
            # A new replacement is news about the date too.
            known = (changed.get((model.pk, name)) for name in (field, "replacement"))
            latest = max(filter(None, known), default=model.added_at)
            yield LifeDate(model, field, day, latest)


def _changed_at(pks: list[int]) -> dict[tuple[int, str], datetime]:
    events = ChangeEvent.objects.filter(variant__in=pks, kind="lifecycle").order_by("revision_id", "pk")
    # In order of the events: the last change of a field wins.
    return {
        (pk, field): at
        for pk, after, at in events.values_list("variant_id", "after", "revision__at")
        if pk is not None and isinstance(after, dict)
        for field in after
    }
