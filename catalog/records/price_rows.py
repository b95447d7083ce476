"""A record's price rows as quotes take them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from catalog.pricing.conditions import CLOCK
from catalog.pricing.price import PriceRecord
from catalog.pricing.quote import PriceRow
from catalog.records.record import Record

Span = tuple[datetime, datetime | None]


def price_rows(record: Record) -> list[PriceRow]:
    """Read past, current and announced price rows, for as long as each prices something."""
    rows = []
    for row in record["prices"]:
        whole = PriceRow.from_record(row)
        for since, until in quoted_spans(row):
            if (since, until) == (whole.effective_from, whole.effective_until):
                rows.append(whole)
                continue
            # Only of its own beginning it is known whether it may have held before.
            is_read = whole.is_read and since == whole.effective_from
            rows.append(replace(whole, effective_from=since, effective_until=until, is_read=is_read))
    return rows


def quoted_spans(row: PriceRecord) -> Iterator[Span]:
    """Yield from when until when a price prices something: not held back, nor covered."""
    # A record stored by an earlier release lacks the keys.
    if row.get("is_held_back"):
        return
    start, end = datetime.fromisoformat(row["effective_from"]), _instant(row["effective_until"])
    covered_from, covered_until = _covered(row)
    if covered_from is None:
        yield start, end
        return
    if start < covered_from:
        yield start, covered_from
    if covered_until is not None and (end is None or covered_until < end):
        yield covered_until, end


def is_left_out(row: PriceRecord, at: datetime) -> bool:
    """Whether a price is held back, or a fallback that no request reaches at an instant."""
    return bool(row.get("is_held_back")) or is_covered(row, at)


def is_covered(row: PriceRecord, at: datetime) -> bool:
    """Whether a price is a fallback that no request reaches at an instant."""
    since, until = _covered(row)
    return since is not None and since <= at and (until is None or at < until)


def is_never_used(row: PriceRecord) -> bool:
    """Whether a price is a fallback that no request reaches as long as it holds."""
    return _covered(row)[0] is not None and not any(quoted_spans({**row, "is_held_back": False}))


def looks_at_clock(record: Record) -> bool:
    """Whether a price depends on hour or weekday."""
    return any(CLOCK & row["conditions"].keys() for row in record["prices"])


def _covered(row: PriceRecord) -> tuple[datetime | None, datetime | None]:
    return _instant(row.get("covered_from")), _instant(row.get("covered_until"))


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
