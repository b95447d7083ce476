"""The price rows of a stored record: as quotes take them, and what they depend on."""

from catalog.pricing.conditions import CLOCK
from catalog.pricing.quote import PriceRow
from catalog.records.record import Record


def price_rows(record: Record) -> list[PriceRow]:
    """Read a model's price rows, past, current and announced."""
    return [PriceRow.from_record(row) for row in record["prices"]]


def looks_at_clock(record: Record) -> bool:
    """Whether a price of a model depends on the hour or weekday."""
    return any(CLOCK & row["conditions"].keys() for row in record["prices"])
