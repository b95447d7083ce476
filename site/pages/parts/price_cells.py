"""Amounts, conditions and days of price tables."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from catalog.pricing.conditions import describe
from catalog.pricing.price import PriceRecord
from catalog.records.phrases import amount, marked
from catalog.text.dates_and_ratios import spoken
from catalog.text.language import say


@dataclass(frozen=True, slots=True)
class PriceCell:
    """One amount in a table."""

    text: str
    value: str = ""  # the exact decimal
    known: bool = True
    price_id: int | None = None
    is_inferred: bool = False  # its unit

    @property
    def words(self) -> str:
        """Return the amount as text, marked where its unit is inferred."""
        return marked(self.text, is_inferred=self.is_inferred)


def price_cell(row: PriceRecord | None) -> PriceCell:
    """Build an amount's cell."""
    if row is None:
        return PriceCell(say("Not on record"), known=False)
    return PriceCell(
        amount(row), row["amount"] or "", price_id=row["id"], is_inferred=row["unit_is_inferred"]
    )


def condition_words(row: PriceRecord) -> list[str]:
    """List a price's conditions."""
    return describe(other_conditions(row)) if other_conditions(row) else []


def other_conditions(row: PriceRecord) -> dict[str, Any]:
    """Return a price's conditions without its action."""
    # The action has a column or heading of its own.
    return {key: value for key, value in row["conditions"].items() if key != "action"}


def day_words(instant: str) -> str:
    """Return an instant's day."""
    return spoken(datetime.fromisoformat(instant).astimezone(UTC).date().isoformat())
