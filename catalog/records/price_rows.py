"""The price rows of a stored record: as quotes take them, and what they depend on."""

from catalog.pricing.quote import PriceRow
from catalog.records.record import Record

CLOCK = frozenset({"utc_window", "weekdays"})


def price_rows(record: Record) -> list[PriceRow]:
    """Read a model's price rows, past, current and announced."""
    return [PriceRow.from_record(row) for row in record["prices"]]


def looks_at_clock(record: Record) -> bool:
    """Say whether a price of a model depends on the hour or the weekday of the call."""
    return any(CLOCK & row["conditions"].keys() for row in record["prices"])
