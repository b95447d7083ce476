"""Which models are in trouble at an instant, and how their families were in the days before."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Count, Min, Q
from django.db.models.functions import Lower

from catalog.documents import rfc3339
from catalog.facts import SEVERITY_ORDER
from catalog.models import Family, StatusEvent
from catalog.models.variant import model_path, retired
from catalog.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class Trouble:
    """The worst open event of one model."""

    model_id: str
    name: str
    path: str
    severity: str
    since: str
    message: str


def troubled(at: datetime) -> list[Trouble]:
    """List the models with an open status event, the worst first; one query."""
    events = StatusEvent.objects.at(at).select_related("variant__family")
    worst: dict[int, StatusEvent] = {}
    for event in events:
        held = worst.get(event.variant_id)
        if held is None or SEVERITY_ORDER[event.severity] > SEVERITY_ORDER[held.severity]:
            worst[event.variant_id] = event
    ordered = sorted(
        worst.values(), key=lambda event: (-SEVERITY_ORDER[event.severity], event.variant.model_id)
    )
    return [
        Trouble(
            model_id=event.variant.model_id,
            name=event.variant.name or event.variant.model_id,
            path=model_path(event.variant.family.slug, event.variant.slug),
            severity=event.severity,
            since=rfc3339(event.started_at),
            message=event.message,
        )
        for event in ordered
    ]


@dataclass(frozen=True, slots=True)
class FamilyDays:
    """How a family was, day by day in UTC, the oldest first: a severity, or "" where none is on record."""

    slug: str
    name: str
    days: tuple[str, ...]


def family_days(at: datetime, count: int) -> list[FamilyDays]:
    """Read the worst that was declared of each family on each of the last days; two queries.

    A day before the family's first change was published is on record only where an event was declared for it.
    """
    today = at.astimezone(UTC).date()
    first = today - timedelta(days=count - 1)
    worst: dict[int, dict[date, str]] = {}
    touching = StatusEvent.objects.filter(Q(ended_at__isnull=True) | Q(ended_at__date__gte=first))
    for event in touching.filter(started_at__lte=at).select_related("variant"):
        days = worst.setdefault(event.variant.family_id, {})
        for day in _days(max(event.started_at.astimezone(UTC).date(), first), _last_day(event, at)):
            if SEVERITY_ORDER[event.severity] >= SEVERITY_ORDER[days.get(day, Severity.OPERATIONAL)]:
                days[day] = event.severity
    served = Count("variants", filter=~retired(at, "variants__"), distinct=True)
    known = Min("variants__change_events__revision__at")
    found = Family.objects.annotate(served=served, known=known).filter(served__gt=0).order_by(Lower("name"))
    return [
        FamilyDays(
            family.slug,
            family.name,
            tuple(
                worst.get(family.pk, {}).get(day)
                or (Severity.OPERATIONAL.value if since and since.astimezone(UTC).date() <= day else "")
                for day in _days(first, today)
            ),
        )
        for family in found
        for since in [getattr(family, "known", None)]
    ]


def _last_day(event: StatusEvent, at: datetime) -> date:
    """Give the last day that an event touches; its end is exclusive."""
    end = at if event.ended_at is None or event.ended_at > at else event.ended_at - timedelta(microseconds=1)
    return max(end, event.started_at).astimezone(UTC).date()


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]
