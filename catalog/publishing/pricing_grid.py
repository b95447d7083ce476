"""The grid for editing prices, a row per component."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When

from catalog.models import Price
from catalog.pricing.conditions import describe
from catalog.pricing.money import plain, usd
from catalog.pricing.units import METERS, price_suffix
from catalog.publishing.preview import margin
from catalog.records.phrases import price_text
from catalog.search.price_list import components

STALE_DAYS = 30
PER_PAGE = 100
SHOWS = {
    "all": "All",
    "stale": f"Not checked for {STALE_DAYS} days",
    "missing": "Without a sell price",
    "cheaper": "Cheaper than list",
    "dearer": "Dearer than list",
    "announced": "With an announced change",
}


@dataclass(frozen=True, slots=True)
class GridFilters:
    """Filters of the grid."""

    q: str = ""
    provider: str = ""
    family: str = ""
    show: str = "all"


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One component: its current, next and list price."""

    key: str
    model_id: str
    variant_pk: int
    component: str
    conditions: str
    unit: str
    amount: str
    said: str
    announced: str
    announced_at: datetime | None
    listed: str
    margin: str
    days: int | None
    is_editable: bool


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page of the grid; `count` is of all rows."""

    count: int
    rows: list[DeskRow]


def desk_rows(filters: GridFilters, at: datetime) -> QuerySet[Any]:
    """Return sell prices, and list prices without one."""
    same = {
        "variant": OuterRef("variant"),
        "meter": OuterRef("meter"),
        "conditions_key": OuterRef("conditions_key"),
    }
    listed = Price.objects.at(at).filter(
        kind="list", per=OuterRef("per"), currency=OuterRef("currency"), **same
    )
    later = Price.objects.after(at).filter(kind="sell", **same).order_by("effective_from")
    rows = components(at).annotate(
        list_amount=Subquery(listed.values("amount")[:1]), next_pk=Subquery(later.values("pk")[:1])
    )
    plain_first = Case(When(conditions_key="{}", then=Value(0)), default=Value(1))
    fitting = rows.filter(_fits(filters, at.date()))
    return fitting.order_by("variant__model_id", plain_first, "meter", "conditions_key", "pk")


def editable_rows(filters: GridFilters, at: datetime) -> QuerySet[Any]:
    """Return rows that a rule may edit."""
    return desk_rows(filters, at).filter(Q(effective_until=None), Q(next_pk=None))


def desk_page(filters: GridFilters, at: datetime, page: int) -> DeskPage:
    """Fetch one page in three queries."""
    rows = desk_rows(filters, at)
    count = rows.count()
    start = (page - 1) * PER_PAGE
    shown: list[Any] = list(rows[start : start + PER_PAGE]) if start < count else []
    later = {
        row.pk: row for row in Price.objects.filter(pk__in=[row.next_pk for row in shown if row.next_pk])
    }
    return DeskPage(count, [_row(row, later.get(row.next_pk), at.date()) for row in shown])


def _fits(filters: GridFilters, today: date) -> Q:
    fits = Q()
    if filters.q:
        fits &= Q(variant__model_id__icontains=filters.q) | Q(variant__name__icontains=filters.q)
    if filters.provider:
        fits &= Q(variant__family__provider__slug=filters.provider)
    if filters.family:
        fits &= Q(variant__family__slug=filters.family)
    if filters.show == "stale":
        old = today - timedelta(days=STALE_DAYS)
        fits &= Q(checked_on__lt=old) | Q(checked_on__isnull=True)
    if filters.show == "missing":
        fits &= Q(kind="list")
    if filters.show == "cheaper":
        fits &= Q(kind="sell", amount__lt=F("list_amount"))
    if filters.show == "dearer":
        fits &= Q(kind="sell", amount__gt=F("list_amount"))
    if filters.show == "announced":
        fits &= Q(next_pk__isnull=False)
    return fits


def _row(price: Any, later: Price | None, today: date) -> DeskRow:
    is_sell = price.kind == "sell"
    listed: Decimal | None = price.list_amount if is_sell else price.amount
    words = describe(price.conditions) if price.conditions else []
    return DeskRow(
        key=f"{'sell' if is_sell else 'new'}-{price.pk}",
        model_id=price.variant.model_id,
        variant_pk=price.variant_id,
        component=METERS[price.meter].label,
        conditions=", ".join(words),
        unit=price_suffix(price.meter, price.per),
        amount=plain(price.amount) if is_sell and price.amount is not None else "",
        said=price_text(price.value) if is_sell else "Not on record",
        announced=price_text(later.value) if later else "",
        announced_at=later.effective_from if later else None,
        listed="" if listed is None else usd(listed, price.currency),
        margin=margin(price.amount, listed) if is_sell else "",
        days=(today - price.checked_on).days if price.checked_on else None,
        is_editable=later is None and price.effective_until is None,
    )
