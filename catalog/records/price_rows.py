"""Prices of a stored record as rows that quotes take."""

from catalog.pricing.quote import PriceRow
from catalog.records.record import Record


def price_rows(record: Record) -> list[PriceRow]:
    """Read a model's price rows, past, current and announced."""
    return [PriceRow.from_record(row) for row in record["prices"]]
