"""Prices side by side, never across kinds, units, currencies or conditions."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from catalog.comparison.table import NOT_PUBLISHED, ComparedCell, ComparedRow, unknown
from catalog.pricing.conditions import canonical, describe, reading_order
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import METERS, price_suffix
from catalog.records.facts import Facts, gives_way
from catalog.records.phrases import amount, component, unit_note
from catalog.text.language import say

Key = tuple[str, str, int, str, str]
GROUP = {"sell": "price", "list": "list_price"}


def rows(members: Sequence[Facts]) -> Iterable[ComparedRow]:
    """Return a row per comparable price, plain ones first."""
    by_key: dict[Key, dict[int, PriceRecord]] = {}
    for place, member in enumerate(members):
        for price in member.prices:
            by_key.setdefault(like(price), {})[place] = price
    firsts = {key: next(iter(held.values())) for key, held in by_key.items()}
    for key in sorted(by_key, key=lambda key: _order(firsts[key])):
        held, first = by_key[key], firsts[key]
        cells = (
            _cell(held[place]) if place in held else unknown(say(NOT_PUBLISHED))
            for place in range(len(members))
        )
        yield ComparedRow(
            group=GROUP[first["kind"]],
            key=f"price:{':'.join(map(str, key))}",
            label=component(first),
            cells=tuple(cells),
            better="lower",
            unit=price_suffix(first["meter"], first["per"]) + _currency(first),
            condition=_condition(first, firsts.values()),
        )


def like(price: PriceRecord) -> Key:
    """Return what comparable prices share."""
    return price["kind"], price["meter"], price["per"], price["currency"], canonical(price["conditions"])


def whole(prices: Sequence[PriceRecord]) -> list[PriceRecord]:
    """Drop prices that another overrides under further conditions."""
    return [
        price
        for price in prices
        if not any(_is_same_component(price, other) and gives_way(price, other) for other in prices)
    ]


def exact(price: PriceRecord) -> Decimal | None:
    """Return the amount, 0 if free, None if dynamic."""
    if price["state"] == "free":
        return Decimal(0)
    return Decimal(price["amount"]) if price["state"] == "known" and price["amount"] is not None else None


def _cell(price: PriceRecord) -> ComparedCell:
    number = exact(price)
    if number is None:
        return ComparedCell(None, amount(price), unit_note(price))
    value = "0" if price["state"] == "free" else price["amount"]
    return ComparedCell(value, amount(price), unit_note(price), same=number, rank=number)


def _order(price: PriceRecord) -> tuple[Any, ...]:
    return price["kind"] != "sell", reading_order(price["meter"], price["conditions"]), like(price)


def _others(price: PriceRecord) -> dict[str, Any]:
    return {key: value for key, value in price["conditions"].items() if key != "action"}


def _condition(price: PriceRecord, every: Iterable[PriceRecord]) -> str:
    if _others(price):
        return ", ".join(describe(_others(price)))
    # A plain price beside conditional ones is the rest, not the whole.
    is_last = any(_is_same_component(price, other) and _others(other) for other in every)
    return say("In all other cases") if is_last and METERS[price["meter"]].group != "tokens" else ""


def _is_same_component(price: PriceRecord, other: PriceRecord) -> bool:
    one, two = price["conditions"].get("action"), other["conditions"].get("action")
    return (price["kind"], price["meter"], one) == (other["kind"], other["meter"], two)


def _currency(price: PriceRecord) -> str:
    return "" if price["currency"] == "USD" else f", {price['currency']}"
