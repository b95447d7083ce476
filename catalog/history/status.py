"""Open incidents, and families' status per day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Case, Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Lower

from catalog.models import ChangeEvent, Family, StatusEvent, Variant
from catalog.models.variant import model_path, retired
from catalog.records.lifecycle import SEVERITY_ORDER
from catalog.text.instants import rfc3339
from catalog.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class WorstEvent:
    """A model's worst open event."""

    model_id: str
    name: str
    path: str
    severity: str
    since: str
    message: str


def troubled(at: datetime) -> list[WorstEvent]:
    """List models with an open event, worst first, without retired ones; one query."""
    events = StatusEvent.objects.at(at).exclude(retired(at, "variant__")).select_related("variant__family")
    worst: dict[int, StatusEvent] = {}
    for event in events:
        held = worst.get(event.variant_id)
        if held is None or SEVERITY_ORDER[event.severity] > SEVERITY_ORDER[held.severity]:
            worst[event.variant_id] = event
    ordered = sorted(
        worst.values(), key=lambda event: (-SEVERITY_ORDER[event.severity], event.variant.model_id)
    )
    return [
        WorstEvent(
            model_id=event.variant.model_id,
            name=event.variant.display_name,
            path=model_path(event.variant.family.slug, event.variant.slug),
            severity=event.severity,
            since=rfc3339(event.started_at),
            message=event.message,
        )
        for event in ordered
    ]


@dataclass(frozen=True, slots=True)
class FamilyDays:
    """Status per UTC day, oldest first: a severity, or "" if not recorded."""

    slug: str
    name: str
    days: tuple[str, ...]


def count_families(at: datetime, count: int) -> tuple[int, int]:
    """Count families with a model that is not retired, and those in trouble in `count` days."""
    in_trouble = Count("pk", filter=Q(pk__in=_touching(at, count).values("variant__family")))
    counts = _served(at).aggregate(every=Count("pk"), in_trouble=in_trouble)
    return counts["every"], counts["in_trouble"]


def family_days(at: datetime, count: int, start: int = 0, stop: int | None = None) -> list[FamilyDays]:
    """Return the worst status of each family and day, families in trouble first; three queries."""
    first, today = _span(at, count)
    shown = list(_by_trouble(at, count).values_list("pk", "slug", "name")[start:stop])
    pks = [pk for pk, _slug, _name in shown]
    worst: dict[int, dict[date, str]] = {}
    for event in _touching(at, count).filter(variant__family__in=pks).select_related("variant"):
        days = worst.setdefault(event.variant.family_id, {})
        for day in _days(max(event.started_at.astimezone(UTC).date(), first), _last_day(event, at)):
            if SEVERITY_ORDER[event.severity] >= SEVERITY_ORDER[days.get(day, Severity.OPERATIONAL)]:
                days[day] = event.severity
    published = ChangeEvent.objects.filter(variant__family__in=pks).order_by().values("variant__family")
    known = dict(published.annotate(known=Min("revision__at")).values_list("variant__family", "known"))
    return [
        FamilyDays(
            slug,
            name,
            tuple(
                # Before the family's first publish nothing is known, unless an event was declared for that
                # day.
                worst.get(pk, {}).get(day)
                or (Severity.OPERATIONAL.value if since and since.astimezone(UTC).date() <= day else "")
                for day in _days(first, today)
            ),
        )
        for pk, slug, name in shown
        for since in [known.get(pk)]
    ]


def _served(at: datetime) -> QuerySet[Family]:
    return Family.objects.filter(Exists(Variant.objects.served(at).filter(family=OuterRef("pk"))))


def _by_trouble(at: datetime, count: int) -> QuerySet[Family]:
    ranks = [When(severity=word, then=Value(rank)) for word, rank in SEVERITY_ORDER.items()]
    events = _touching(at, count).order_by()
    own = events.filter(variant__family=OuterRef("pk")).values("variant__family")
    worst = Subquery(own.annotate(worst=Max(Case(*ranks, default=Value(0)))).values("worst"))
    # Only for families in trouble the database looks up how bad it was.
    rank = Case(When(pk__in=events.values("variant__family"), then=worst), default=Value(0))
    return _served(at).order_by(rank.desc(), Lower("name"), "pk")


def _touching(at: datetime, count: int) -> QuerySet[StatusEvent]:
    first, _today = _span(at, count)
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)
    # An event that ends as it starts touches its day all the same, though ends are exclusive.
    is_late = Q(ended_at__isnull=True) | Q(ended_at__gt=midnight) | Q(started_at__gte=midnight)
    return StatusEvent.objects.filter(is_late, started_at__lte=at)


def _span(at: datetime, count: int) -> tuple[date, date]:
    today = at.astimezone(UTC).date()
    return today - timedelta(days=count - 1), today


def _last_day(event: StatusEvent, at: datetime) -> date:
    # One ending at midnight, which is exclusive, is not of the next day.
    end = at if event.ended_at is None or event.ended_at > at else event.ended_at - timedelta(microseconds=1)
    return max(end, event.started_at).astimezone(UTC).date()


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]
