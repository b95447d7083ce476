"""Prices that fit in one chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.comparison.prices import exact, like, whole
from catalog.pricing.conditions import describe
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import METERS, price_suffix
from catalog.records.facts import Facts
from catalog.records.phrases import amount, component, marked
from catalog.text.language import mark, say

UNPRICED = mark("Not on record")


@dataclass(frozen=True, slots=True)
class Plotted:
    """One model's amount, or why there is none."""

    member: Facts
    amount: Decimal | None
    text: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Comparable amounts; `title` says of what."""

    meter: str
    kind: str
    title: str
    unit: str
    currency: str
    rows: tuple[Plotted, ...]


def plots(members: Sequence[Facts]) -> list[Plot]:
    """Choose charts: input and output of token prices, else what most models price alike."""
    tokens = [price for member in members for price in member.prices if _is_plain_token(price)]
    if not tokens:
        every = [price for member in members for price in whole(member.prices)]
        chosen = [_commonest(every)] if every else []
    else:
        # Sell and list prices do not mix: the kind that more models publish.
        kind = _kind(members)
        candidates = [[p for p in tokens if p["meter"] == meter and p["kind"] == kind] for meter in METERS]
        # METERS begins with input and output.
        chosen = [_commonest(prices) for prices in candidates[:2] if prices]
    return [_plot(members, price) for price in chosen if price is not None]


def _is_plain_token(price: PriceRecord) -> bool:
    return price["meter"] in ("input_tokens", "output_tokens") and not price["conditions"]


def _kind(members: Sequence[Facts]) -> str:
    counts = {
        kind: sum(member.base(kind, "input_tokens") is not None for member in members)
        for kind in ("sell", "list")
    }
    return "list" if counts["list"] > counts["sell"] else "sell"


def _commonest(prices: Sequence[PriceRecord]) -> PriceRecord | None:
    counted: dict[object, list[PriceRecord]] = {}
    for price in prices:
        if exact(price) is not None:
            counted.setdefault(like(price), []).append(price)
    most = max(counted.values(), key=lambda rows: (len(rows), rows[0]["kind"] == "sell"), default=[])
    # One model alone is no chart.
    return most[0] if len(most) > 1 else None


def _plot(members: Sequence[Facts], chosen: PriceRecord) -> Plot:
    rows = []
    for member in members:
        price = next((one for one in member.prices if like(one) == like(chosen)), None)
        if price is None:
            rows.append(Plotted(member, None, _instead(member, chosen)))
        else:
            text = marked(amount(price), is_inferred=price["unit_is_inferred"])
            rows.append(Plotted(member, exact(price), text))
    others = {key: value for key, value in chosen["conditions"].items() if key != "action"}
    words = [component(chosen), *(describe(others) if others else [])]
    unit = price_suffix(chosen["meter"], chosen["per"])
    title = say(
        "{component}: list price {unit}" if chosen["kind"] == "list" else "{component}: price {unit}",
        component=", ".join(words),
        unit=unit,
    )
    return Plot(chosen["meter"], chosen["kind"], title, unit, chosen["currency"], tuple(rows))


def _instead(member: Facts, chosen: PriceRecord) -> str:
    same = [price for price in member.prices if price["meter"] == chosen["meter"]]
    if any(price["kind"] == chosen["kind"] for price in same):
        return say("Priced otherwise")
    if same:
        return say("List price only") if chosen["kind"] == "sell" else say("No list price")
    return say("Priced by another unit") if member.prices else say(UNPRICED)
