"""Which models a visitor asks for: filters, order and page, as one immutable value and two queries.

The price that filters and order look at is the one a tile shows: the sell price, or where none is published
the list price. Models without either come last in both directions.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Exists, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields import IntegerField
from django.db.models.functions import Cast, Coalesce, Lower, NullIf

from catalog.documents import read
from catalog.facts import SEVERITY_ORDER
from catalog.models import Document, FacetValue, Price, StatusEvent, Variant
from catalog.models.variant import VariantQuerySet
from catalog.record import Record

SORTS = ("name", "released_on", "context_window", "input_price", "output_price")
LONGEST_QUERY = 200
MOST_TERMS = 8
_PRICE_METERS = {"input_price": "input_tokens", "output_price": "output_tokens"}
_LIST_FACETS = ("input_modality", "output_modality", "capability", "protocol")
_COLUMN_FACETS = {
    "provider": ("family__provider__slug", "family__provider__name"),
    "family": ("family__slug", "family__name"),
    "modality": ("modality", "modality"),
    "lifecycle": ("lifecycle_at", "lifecycle_at"),
    "status": ("severity", "severity"),
}
FACETS = (*_COLUMN_FACETS, *_LIST_FACETS)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; filters hold together.

    Values of provider, family, modality, lifecycle and status are alternatives. Of what a model can have
    several of (modalities in and out, protocols, capabilities) all that are named are wanted.
    """

    q: str = ""
    provider: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    input_modality: tuple[str, ...] = ()
    output_modality: tuple[str, ...] = ()
    protocol: tuple[str, ...] = ()
    capability: tuple[str, ...] = ()
    lifecycle: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    min_context: int | None = None
    max_input_price: Decimal | None = None
    max_output_price: Decimal | None = None
    released_after: date | None = None
    priced: bool = False
    sort: str = "name"

    @property
    def is_filtered(self) -> bool:
        """Say whether anything narrows the list."""
        return any(getattr(self, item.name) for item in fields(self) if item.name != "sort")


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One value of a facet and how many selected models have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """A slice of the selected models, and how many there are in all."""

    count: int
    records: list[Record] = field(default_factory=list)


def page(selection: Selection, at: datetime, limit: int, offset: int = 0) -> Page:
    """Fetch one page of records: two queries, whatever the size of the catalog."""
    chosen = select(selection, at)
    count = chosen.count()
    if offset >= count:
        return Page(count)
    ids = _ordered(chosen, selection.sort, at).values_list("pk", flat=True)[offset : offset + limit]
    return Page(count, records_of(list(ids)))


def records_of(ids: list[int]) -> list[Record]:
    """Read the records of these models, in this order."""
    known = records_by_id(ids)
    return [known[pk] for pk in ids if pk in known]


def records_by_id(ids: list[int]) -> dict[int, Record]:
    """Read the records of these models, by the key of each."""
    bodies = Document.objects.filter(pk__in=ids).values_list("pk", "body")
    return {pk: read(body) for pk, body in bodies}


def select(selection: Selection, at: datetime) -> VariantQuerySet:
    """Narrow all models to those selected, annotated with their lifecycle and status at the instant."""
    found = Variant.objects.with_lifecycle(at).annotate(severity=_severity(at))
    for name in ("provider", "family", "modality", "lifecycle"):
        if values := getattr(selection, name):
            stored = ["" if word == "unknown" else word for word in values]
            found = found.filter(**{f"{_COLUMN_FACETS[name][0]}__in": stored})
    for name in _LIST_FACETS:
        for value in getattr(selection, name):
            found = found.filter(
                Exists(FacetValue.objects.filter(variant=OuterRef("pk"), facet=name, value=value))
            )
    if selection.status:
        found = found.filter(severity__in=[SEVERITY_ORDER.get(word, -1) for word in selection.status])
    if selection.min_context is not None:
        found = found.filter(context_window__gte=selection.min_context)
    if selection.released_after is not None:
        found = found.filter(released_on__gt=selection.released_after)
    if selection.priced:
        found = found.filter(Exists(Price.objects.at(at).filter(variant=OuterRef("pk"), kind="sell")))
    for name, meter in _PRICE_METERS.items():
        limit = getattr(selection, f"max_{name}")
        if limit is not None:
            found = found.annotate(**{name: _price(meter, at)}).filter(**{f"{name}__lte": limit})
    return found.filter(_matches(selection.q))


def facet_counts(selection: Selection, at: datetime) -> dict[str, list[FacetCount]]:
    """Count the values of every facet: one query per facet."""
    return {name: count_facet(selection, name, at) for name in FACETS}


def count_facet(selection: Selection, name: str, at: datetime) -> list[FacetCount]:
    """Count how many models each value of a facet would leave, were it chosen now.

    Alternatives are counted under all other filters, values that are wanted together under this one too.
    """
    is_together = name in _LIST_FACETS
    chosen = select(selection if is_together else without(selection, name), at).order_by()
    if is_together:
        rows = FacetValue.objects.filter(variant__in=chosen.values("pk"), facet=name)
        counts = rows.values_list("value").annotate(count=Count("pk")).order_by("-count", "value")
        return [FacetCount(word, word, count) for word, count in counts]
    value, label = _COLUMN_FACETS[name]
    counted = chosen.values_list(value, label).annotate(count=Count("pk")).order_by("-count", label, value)
    if name == "status":
        words = {rank: word for word, rank in SEVERITY_ORDER.items()}
        return [FacetCount(words[rank], words[rank], count) for rank, _label, count in counted]
    return [FacetCount(word or "unknown", label or "unknown", count) for word, label, count in counted]


def without(selection: Selection, name: str, value: str | None = None) -> Selection:
    """Drop one value of a filter, or the whole filter."""
    current = getattr(selection, name)
    rest: Any = Selection.__dataclass_fields__[name].default
    if value is not None and isinstance(current, tuple):
        rest = tuple(item for item in current if item != value)
    changed: dict[str, Any] = {name: rest}
    return replace(selection, **changed)


def _matches(q: str) -> Q:
    """Match every word of the query somewhere in a model's names, aliases, family or provider."""
    matched = Q()
    for term in q.replace("\0", " ")[:LONGEST_QUERY].split()[:MOST_TERMS]:
        matched &= (
            Q(model_id__icontains=term)
            | Q(name__icontains=term)
            | Q(family__name__icontains=term)
            | Q(family__provider__name__icontains=term)
            | Q(pk__in=Variant.objects.filter(aliases__alias_id__icontains=term).values("pk"))
        )
    return matched


def _severity(at: datetime) -> Coalesce:
    """Rank the worst trouble open at the instant; 0 is operational."""
    rank = Case(
        *(When(severity=word, then=Value(number)) for word, number in SEVERITY_ORDER.items()),
        default=Value(0),
        output_field=IntegerField(),
    )
    worst = (
        StatusEvent.objects.at(at)
        .filter(variant=OuterRef("pk"))
        .annotate(rank=rank)
        .order_by("-rank")
        .values("rank")[:1]
    )
    return Coalesce(Subquery(worst), Value(0))


def _price(meter: str, at: datetime) -> Subquery:
    """Give the amount per million that filters and order compare. It is never shown."""
    rows = Price.objects.at(at).filter(variant=OuterRef("pk"), meter=meter, conditions_key="{}")
    # Multiplied, not divided: an amount per million stays the very number that a limit is written as.
    each = Cast(F("amount"), FloatField()) * (Value(1e6) / Cast(F("per"), FloatField()))
    # The sell price first, also where it has no amount: what is shown is then "Dynamic", not a list price.
    shown = rows.order_by(F("kind").desc()).annotate(each=each).values("each")[:1]
    return Subquery(shown, output_field=FloatField())


def _ordered(chosen: VariantQuerySet, sort: str, at: datetime) -> QuerySet[Variant]:
    name = sort.removeprefix("-")
    if name in _PRICE_METERS:
        chosen = chosen.annotate(order_key=_price(_PRICE_METERS[name], at))
    elif name == "name":
        chosen = chosen.annotate(order_key=Lower(Coalesce(NullIf(F("name"), Value("")), F("model_id"))))
    else:
        chosen = chosen.annotate(order_key=F(name))
    key = (
        F("order_key").desc(nulls_last=True) if sort.startswith("-") else F("order_key").asc(nulls_last=True)
    )
    return chosen.order_by(key, "model_id")
