"""A record's price rows as quotes take them."""

from catalog.pricing.conditions import CLOCK
from catalog.pricing.quote import PriceRow
from catalog.records.record import Record


def price_rows(record: Record) -> list[PriceRow]:
    """Read past, current and announced price rows."""
    return [PriceRow.from_record(row) for row in record["prices"]]


def looks_at_clock(record: Record) -> bool:
    """Whether a price depends on hour or weekday."""
    return any(CLOCK & row["conditions"].keys() for row in record["prices"])
