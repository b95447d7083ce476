"""What changed in the catalog, and a price's predecessor and successor."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5

from django.db.models import Max, Model, OuterRef, Q, QuerySet, Subquery

from catalog.models import ChangeEvent, Price, Revision, StatusEvent, Variant
from catalog.models.variant import model_path
from catalog.text.instants import rfc3339
from catalog.vocabulary import ChangeKind

KINDS = tuple(ChangeKind.values)
_NAMESPACE = UUID("0b6f3a86-5d0e-5c43-9a0e-2f3c1d7b9e54")


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """One change; `path` is the model's page, blank for families and providers."""

    id: UUID
    revision: int
    at: datetime
    kind: str
    subject: str
    model_id: str | None
    path: str
    summary: str
    before: object
    after: object

    @property
    def kind_label(self) -> str:
        """Return the translated kind."""
        return ChangeKind(self.kind).label


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Some changes, and the count of all."""

    count: int
    changes: list[ChangedFact]


def changes(
    *,
    limit: int,
    offset: int = 0,
    kind: str = "",
    q: str = "",
    model_id: str | None = None,
    since_revision: int | None = None,
) -> ChangePage:
    """List changes, newest first; oldest first with `since_revision`.

    `q` is text in the subject or summary.
    """
    events = _of_kind(kind)
    if q:
        events = events.filter(Q(subject__icontains=q) | Q(summary__icontains=q))
    if model_id is not None:
        events = events.filter(variant__model_id=model_id)
    if since_revision is not None:
        events = events.filter(revision__gt=since_revision).order_by("revision_id", "pk")
    count = events.count()
    # Beyond the end there is nothing to ask the database for.
    rows = events[offset : offset + limit] if offset < count else []
    return ChangePage(count, [change_of(row) for row in rows])


def newest(limit: int, *, kind: str = "", family: str = "", model_id: str | None = None) -> list[ChangedFact]:
    """List the newest changes; one query.

    A family's are its own and its models'.
    """
    events = _of_kind(kind)
    # Of what was added, only models are listed.
    if kind == ChangeKind.ADDED:
        events = events.filter(variant__isnull=False)
    if family:
        events = events.filter(Q(variant__family__slug=family) | Q(variant__isnull=True, subject=family))
    if model_id is not None:
        events = events.filter(variant__model_id=model_id)
    return [change_of(row) for row in events[:limit]]


def _of_kind(kind: str) -> QuerySet[ChangeEvent]:
    events = ChangeEvent.objects.public().select_related("revision", "variant__family")
    if not kind:
        return events
    is_group = ChangeKind(kind).group == kind
    # `kind` holds the group: a question for `catalog` finds what was added, too.
    return events.filter(kind=kind) if is_group else events.filter(exact_kind=kind)


def catalog_made_at() -> datetime | None:
    """Return the instant of the first publish."""
    return Revision.objects.filter(number=0).values_list("at", flat=True).first()


def permanent_id(made_at: datetime | None, name: str) -> UUID:
    """Return an ID that does not depend on the site's address."""
    return uuid5(_NAMESPACE, f"{rfc3339(made_at) if made_at else ''} {name}")


def change_of(row: ChangeEvent) -> ChangedFact:
    """Convert an event; select its revision, model and family with it."""
    variant = row.variant
    return ChangedFact(
        # Made only of what never changes.
        id=permanent_id(row.revision.at, f"{row.revision_id} {row.pk}"),
        revision=row.revision_id,
        at=row.revision.at,
        kind=str(row.change_kind),
        subject=row.subject,
        model_id=variant.model_id if variant else None,
        path=variant.path if variant else "",
        summary=row.summary,
        before=row.before,
        after=row.after,
    )


@dataclass(frozen=True, slots=True)
class PriceInTime:
    """A price with those before and after it under one key."""

    price: Price
    before: Price | None
    after: Price | None


def price_in_time(pk: int) -> PriceInTime | None:
    """Find a price by number; two queries."""
    price = Price.objects.select_related("variant__family__provider").filter(pk=pk).first()
    if price is None:
        return None
    row: QuerySet[Price] = Price.objects.filter(
        variant=price.variant, kind=price.kind, meter=price.meter, conditions_key=price.conditions_key
    ).order_by("effective_from")
    chain = list(row)
    at = next(position for position, other in enumerate(chain) if other.pk == price.pk)
    return PriceInTime(
        price=price,
        before=chain[at - 1] if at else None,
        after=chain[at + 1] if at + 1 < len(chain) else None,
    )


@dataclass(frozen=True, slots=True)
class LastChange:
    """Since when a model's page reads as it does; None if never published."""

    path: str
    family: str
    provider: str
    at: datetime | None


# Rows that begin or end at an instant set earlier: the page changes without a publish.
_COMES: dict[str, tuple[type[Model], str]] = {
    "began": (Price, "effective_from"),
    "ended": (Price, "effective_until"),
    "failed": (StatusEvent, "started_at"),
    "mended": (StatusEvent, "ended_at"),
}


def last_changes(at: datetime, start: int = 0, stop: int | None = None) -> list[LastChange]:
    """Return when each model last changed, in the order of adding; one query."""
    published = Revision.objects.filter(number=OuterRef("document__revision"))
    come = {name: _latest(kind, field, at) for name, (kind, field) in _COMES.items()}
    rows = Variant.objects.order_by("pk").annotate(published_at=Subquery(published.values("at")), **come)
    values = rows.values_list(
        "family__slug", "slug", "family__provider__slug", "deprecated_on", "retires_on", "published_at", *come
    )
    return [
        LastChange(model_path(family, slug), family, provider, _newest(dates, at))
        for family, slug, provider, *dates in values[start:stop].iterator()
    ]


def _latest(kind: type[Model], field: str, at: datetime) -> Subquery:
    come = kind._default_manager.filter(variant=OuterRef("pk"), **{f"{field}__lte": at})  # noqa: SLF001
    return Subquery(come.order_by().values("variant").annotate(last=Max(field)).values("last"))


def _newest(dates: list[date | None], at: datetime) -> datetime | None:
    instants = (
        day if isinstance(day, datetime) else datetime.combine(day, time(), UTC) for day in dates if day
    )
    return max((instant for instant in instants if instant <= at), default=None)
