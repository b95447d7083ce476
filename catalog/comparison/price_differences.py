"""Differences in price."""

from collections.abc import Iterable
from decimal import Decimal

from catalog.comparison.difference import FieldDifference
from catalog.pricing.conditions import canonical, describe
from catalog.pricing.money import usd
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import METERS, price_suffix
from catalog.records.facts import Facts, gives_way
from catalog.records.phrases import marked
from catalog.text.dates_and_ratios import percent, rounded
from catalog.text.language import say

MOST_PRICES = 3


def price_differences(this: Facts, other: Facts) -> Iterable[FieldDifference]:
    """Compare prices of one kind, meter, unit and conditions."""
    for meter in METERS:
        for kind in ("sell", "list"):
            mine, theirs = _comparable(this, kind, meter), _comparable(other, kind, meter)
            pairs = [(mine[key], theirs[key]) for key in mine if key in theirs]
            for left, right in pairs[:MOST_PRICES]:
                if left["amount"] != right["amount"]:
                    yield _price_difference(meter, kind, left, right)
            # List prices count only where there are no sell prices to compare.
            if pairs:
                break


def _comparable(side: Facts, kind: str, meter: str) -> dict[tuple[str, int, str], PriceRecord]:
    rows = [
        row
        for row in side.prices
        if row["kind"] == kind and row["meter"] == meter and row["state"] == "known"
    ]
    # Only what a whole call costs is compared: a media price that others override under further conditions is
    # not.
    if METERS[meter].group == "tokens":
        rows = [row for row in rows if not row["conditions"]]
    else:
        rows = [row for row in rows if not any(gives_way(row, further) for further in rows)]
    return {(canonical(row["conditions"]), row["per"], row["currency"]): row for row in rows}


def _price_difference(meter: str, kind: str, mine: PriceRecord, theirs: PriceRecord) -> FieldDifference:
    this, other = Decimal(mine["amount"] or 0), Decimal(theirs["amount"] or 0)
    is_token = METERS[meter].group == "tokens"
    label = METERS[meter].label if is_token else say("Price")
    mine_said, theirs_said = _stated(mine), _stated(theirs)
    unit = price_suffix(meter, mine["per"])
    text = say(
        "{meter} costs {difference}: {this} against {other} {unit}."
        if is_token
        else "Costs {difference}: {this} against {other} {unit}.",
        meter=label,
        difference=_against(this, other),
        this=mine_said,
        other=theirs_said,
        unit=(say("{unit}, list price", unit=unit) if kind == "list" else unit)
        + (f" ({', '.join(describe(mine['conditions']))})" if mine["conditions"] else ""),
    )
    key = f"price:{meter}" if not mine["conditions"] else f"price:{meter}:{canonical(mine['conditions'])}"
    return FieldDifference(key, label, mine_said, theirs_said, text)


def _stated(price: PriceRecord) -> str:
    return marked(usd(price["amount"] or 0, price["currency"]), is_inferred=price["unit_is_inferred"])


def _against(this: Decimal, other: Decimal) -> str:
    if this > other:
        return say("{ratio} times as much", ratio=rounded(this / other))
    return say("{share}% less", share=rounded(-percent(other, this)))
