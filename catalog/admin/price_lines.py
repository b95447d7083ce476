"""Prices in the admin's tables."""

from dataclasses import dataclass
from datetime import datetime

from catalog.pricing.conditions import describe
from catalog.pricing.money import usd
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import METERS
from catalog.records.facts import Facts
from catalog.vocabulary import PriceState


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A price row; `is_open` if it can have a successor."""

    pk: int
    kind: str
    component: str
    conditions: str
    amount: str
    unit: str
    since: str
    source: str
    checked_on: str
    is_announced: bool
    is_open: bool


def price_lines(current: Facts) -> list[PriceLine]:
    """List current prices, then announced ones."""
    return [_line(row, is_announced=False) for row in current.prices] + [
        _line(row, is_announced=True) for row in current.announced
    ]


def _line(row: PriceRecord, *, is_announced: bool) -> PriceLine:
    state = PriceState(row["state"])
    amount = (
        usd(row["amount"], row["currency"]) if row["amount"] and state == PriceState.KNOWN else state.label
    )
    return PriceLine(
        pk=row["id"],
        kind=row["kind"],
        component=METERS[row["meter"]].label,
        conditions=", ".join(describe(row["conditions"])) or "None",
        amount=str(amount),
        unit=row["unit"],
        since=f"{datetime.fromisoformat(row['effective_from']):%Y-%m-%d %H:%M} UTC",
        source=row["source_label"],
        checked_on=row["checked_on"] or "Never",
        is_announced=is_announced,
        is_open=row["effective_until"] is None and not is_announced,
    )
