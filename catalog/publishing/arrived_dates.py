"""Announces the days of deprecation and retirement that have come, each once.

A day comes without a publish, so a worker looks at its start and whenever a day begins in UTC. Which stage
of a model was told last is kept with it: a day that nobody was there for is told by the next who looks.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.utils import timezone

from catalog.models import Variant
from catalog.models.variant import retired
from catalog.publishing.publish import Edition, publish
from catalog.vocabulary import ChangeKind, Origin

STAGES = ("", "deprecated", "retired")


def announce() -> int:
    """Record a change for each day that has come; return their number."""
    # SQLite has one lock for all writers: it is not taken where there is nothing to do.
    if not _outdated(timezone.now()).exists():
        return 0
    with publish(actor=None, origin=Origin.FILE, reason="A date has come") as edition:
        # Of a row that nobody has looked at, as after an upgrade, whatever came is old.
        unseen = Variant.objects.filter(announced_stage__isnull=True)
        unseen.update(announced_stage=_arrived(edition.at))
        # Read again behind the lock: another worker may have told it.
        outdated: list[Any] = list(_outdated(edition.at).select_related("family"))
        news = [(variant, stage) for variant in outdated for stage in _news(variant)]
        for variant, stage in news:
            _record(edition, variant, stage)
        for variant in outdated:
            variant.announced_stage = variant.arrived
        Variant.objects.bulk_update(outdated, ["announced_stage"], batch_size=200)
    return len(news)


def _outdated(at: datetime) -> QuerySet[Variant]:
    rows = Variant.objects.annotate(arrived=_arrived(at))
    is_outdated = Q(announced_stage__isnull=True) | ~Q(announced_stage=F("arrived"))
    return rows.filter(is_outdated).order_by("model_id")


def _arrived(at: datetime) -> Case:
    return Case(
        When(retired(at), then=Value("retired")),
        When(deprecated_on__lte=at.date(), then=Value("deprecated")),
        default=Value(""),
        output_field=CharField(),
    )


def _news(variant: Any) -> Iterator[str]:
    for stage in STAGES[STAGES.index(variant.announced_stage) + 1 : STAGES.index(variant.arrived) + 1]:
        if _day_of(variant, stage):
            yield stage


def _day_of(variant: Variant, stage: str) -> date | None:
    return variant.retires_on if stage == "retired" else variant.deprecated_on


def _record(edition: Edition, variant: Variant, stage: str) -> None:
    day = _day_of(variant, stage)
    before = "deprecated" if stage == "retired" or variant.retires_on else variant.lifecycle or None
    edition.record(
        ChangeKind.LIFECYCLE,
        variant,
        f"{variant} is {stage} since {day}",
        before=None if before == stage else {"lifecycle": before},
        after={"lifecycle": stage},
    )
