"""All current prices as one list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, FloatField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Lower

from catalog.models import Price
from catalog.models.price import PriceQuerySet
from catalog.pricing.units import METERS

METER_RANK = Case(
    *(When(meter=name, then=Value(rank)) for rank, name in enumerate(METERS)), default=Value(99)
)
DOLLARS_FIRST = Case(When(currency="USD", then=Value(0)), default=Value(1))
SORTS = ("model", "provider", "component", "sell", "list", "since")


@dataclass(frozen=True, slots=True)
class ComponentPrice:
    """One component, with this site's and the provider's price."""

    shown: Price
    sell: Price | None
    listed: Price | None


@dataclass(frozen=True, slots=True)
class PricePage:
    """A page of the list; `count` is of all rows."""

    count: int
    rows: list[ComponentPrice]


def price_page(at: datetime, *, sort: str, filters: Q, limit: int, offset: int) -> PricePage:
    """Fetch one page of components in three queries."""
    chosen = components(at, Price.objects.quotable(at)).filter(filters)
    count = chosen.count()
    if offset >= count:
        return PricePage(count, [])
    shown = list(_ordered(chosen, sort)[offset : offset + limit])
    others = _others(at, shown)
    rows = []
    for price in shown:
        other = others.get(_key(price))
        is_sell = price.kind == "sell"
        rows.append(ComponentPrice(price, price if is_sell else None, other if is_sell else price))
    return PricePage(count, rows)


def components(at: datetime, rows: PriceQuerySet | None = None) -> QuerySet[Price]:
    """Return current sell prices, and list prices without one: of some rows, by default of all."""
    prices = Price.objects.all() if rows is None else rows
    same = prices.at(at).filter(
        variant=OuterRef("variant"),
        meter=OuterRef("meter"),
        conditions_key=OuterRef("conditions_key"),
        per=OuterRef("per"),
        currency=OuterRef("currency"),
        kind="sell",
    )
    in_force: QuerySet[Price] = prices.at(at).filter(Q(kind="sell") | ~Exists(same))
    return in_force.select_related("variant__family__provider")


def _others(at: datetime, shown: list[Price]) -> dict[tuple[int, str, str, int, str], Price]:
    variants = {price.variant_id for price in shown if price.kind == "sell"}
    listed = Price.objects.at(at).filter(kind="list", variant__in=variants)
    return {_key(price): price for price in listed}


def _key(price: Price) -> tuple[int, str, str, int, str]:
    return price.variant_id, price.meter, price.conditions_key, price.per, price.currency


def _ordered(chosen: QuerySet[Price], sort: str) -> QuerySet[Price]:
    name, is_down = sort.removeprefix("-"), sort.startswith("-")
    # Per single unit, since rows may be priced per 1K or per 1M.
    each = Cast(F("amount"), FloatField()) / Cast(F("per"), FloatField())
    keys: dict[str, list[Any]] = {
        "model": [Lower(F("variant__model_id"))],
        "provider": [Lower(F("variant__family__provider__name"))],
        "component": [METER_RANK],
        "sell": [METER_RANK, each],
        "list": [METER_RANK, each],
        "since": [F("effective_from")],
    }
    order = [key.desc(nulls_last=True) if is_down else key.asc(nulls_last=True) for key in keys[name]]
    if name in ("sell", "list"):
        # The wanted kind first, then meter and currency: an amount in another is no bigger or smaller.
        kind = F("kind").desc() if name == "sell" else F("kind").asc()
        order = [kind, METER_RANK.asc(), DOLLARS_FIRST.asc(), F("currency").asc(), order[1]]
    plain_first = Case(When(conditions_key="{}", then=Value(0)), default=Value(1))
    return chosen.order_by(*order, "variant__model_id", plain_first, METER_RANK, "conditions_key", "pk")
