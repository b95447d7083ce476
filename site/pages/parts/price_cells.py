"""An amount, a condition and a day as tables of prices show them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from catalog.pricing.conditions import describe
from catalog.pricing.price import PriceRecord
from catalog.records.phrases import amount
from catalog.text.dates_and_ratios import spoken
from catalog.text.language import say


@dataclass(frozen=True, slots=True)
class PriceCell:
    """One amount in a table; `value` is the exact decimal, empty where there is none."""

    text: str
    value: str = ""
    known: bool = True
    price_id: int | None = None


def price_cell(row: PriceRecord | None) -> PriceCell:
    """Build the cell of an amount."""
    if row is None:
        return PriceCell(say("Not published"), known=False)
    return PriceCell(amount(row), row["amount"] or "", price_id=row["id"])


def condition_words(row: PriceRecord) -> list[str]:
    """List the conditions of a price."""
    return describe(other_conditions(row)) if other_conditions(row) else []


def other_conditions(row: PriceRecord) -> dict[str, Any]:
    """List them without what the table says already."""
    return {key: value for key, value in row["conditions"].items() if key != "action"}


def day_words(instant: str) -> str:
    """Write a day."""
    return spoken(datetime.fromisoformat(instant).astimezone(UTC).date().isoformat())
