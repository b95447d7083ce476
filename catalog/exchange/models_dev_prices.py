"""Prices of models.dev, in dollars per million."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from catalog.exchange.document import PriceEntry
from catalog.exchange.file_table import FileTable
from catalog.exchange.offered_prices import OfferedPrices, number
from catalog.exchange.reader_base import count_unknown, named
from catalog.exchange.weekly_windows import (
    WEEK,
    WeeklyWindow,
    fixed_offset,
    read_clock,
    read_weekday,
    utc_conditions,
)

METERS = {
    "input": "input_tokens",
    "output": "output_tokens",
    "reasoning": "reasoning_tokens",
    "cache_read": "cache_read_tokens",
    "cache_write": "cache_write_5m_tokens",
    "input_audio": "input_audio_tokens",
    "output_audio": "output_audio_tokens",
}
MILLION = 1_000_000
OVER = 200_000


def read_cost(table: FileTable, offer: OfferedPrices, lost: Any, short_write: str) -> list[PriceEntry]:
    """Read a model's prices; `short_write` is the meter of its cache writes."""
    cost = table.table("cost")
    if cost is None:
        return []
    meters = METERS | {"cache_write": short_write}
    _level(cost, offer, meters, {})
    sizes: set[Any] = set()
    for tier in cost.tables("tiers") or []:
        for when in _conditions(tier, offer, lost, meters):
            sizes.add(when.get("prompt_tokens_over"))
            _level(tier, offer, meters, when)
        _count(tier, offer, lost, "cost.tiers.")
    over = cost.table("context_over_200k")
    # Its generator writes a copy of the one tier of context that has 200,000 or more.
    if over and not any(size is not None and size >= OVER for size in sizes):
        _level(over, offer, meters, {"prompt_tokens_over": OVER})
        _count(over, offer, lost, "cost.context_over_200k.")
    _count(cost, offer, lost, "cost.")
    return offer.entries()


def _level(table: FileTable, offer: OfferedPrices, meters: dict[str, str], when: dict[str, Any]) -> None:
    for key, meter in meters.items():
        if table.values.get(key) is not None:
            amount: Decimal = number(table, key, table.take(key))
            offer.add(key, meter, amount, when, per=MILLION)


def _count(table: FileTable, offer: OfferedPrices, lost: Any, prefix: str) -> None:
    """Count unknown keys, each of which may be a price."""
    for name in count_unknown(table, lost, prefix):
        offer.omit(name)


def _conditions(
    tier: FileTable, offer: OfferedPrices, lost: Any, meters: dict[str, str]
) -> list[dict[str, Any]]:
    """Return when a tier holds; of an unknown type never, which its prices' meters tell."""
    bound = tier.table("tier")
    if bound is None:
        raise tier.refuse("tier", "is missing: write { type = 'context', size = 200000 }")
    kind = bound.text("type", longest=60) or "context"
    if kind == "context":
        return [{"prompt_tokens_over": bound.whole("size", required=True)}]
    times = _times(bound, offer.origin.at.year) if kind == "time" else ""
    if isinstance(times, str):
        reason = f"cost.tiers of type {named(kind)}{times}"
        lost[reason] += 1
        offer.omit(reason, [meter for key, meter in meters.items() if key in tier.values])
        tier.taken |= tier.values.keys()
        return []
    count_unknown(bound, lost, "cost.tiers.tier.")
    return times


def _times(bound: FileTable, year: int) -> list[dict[str, Any]] | str:
    """Return the windows in UTC, or why they cannot be told exactly."""
    zone = bound.text("timezone", longest=60) or "UTC"
    offset = fixed_offset(zone, year)
    windows = list(_windows(bound))
    if isinstance(offset, str):
        return f" {offset}"
    # Whether the morning after belongs to the day is not stated.
    if any(window.days != WEEK and window.start >= window.end > 0 for window in windows):
        return " on certain days past midnight"
    times = utc_conditions(windows, hours_offset=offset, days_offset=offset)
    if {} in times:
        raise bound.refuse("windows", "is the whole week: that is no tier")
    return times


def _windows(bound: FileTable) -> Iterator[WeeklyWindow]:
    rows = bound.tables("windows")
    if not rows:
        raise bound.refuse("windows", "is missing: write [{ from = '01:00', to = '04:00' }]")
    for row in rows:
        days = row.texts("days")
        known = WEEK if days is None else frozenset(read_weekday(row, "days", word) for word in days)
        try:
            start, end = (read_clock(row.text(key, longest=10) or "00:00") for key in ("from", "to"))
        except ValueError as error:
            raise row.refuse(None, str(error)) from error
        yield WeeklyWindow(start, end, known)
        row.finish()
