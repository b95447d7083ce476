"""Prices in LiteLLM's map."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from catalog.exchange.document import PriceEntry
from catalog.exchange.file_table import LARGEST_WHOLE, FileTable
from catalog.exchange.litellm_keys import PriceKey, is_price, read_key
from catalog.exchange.reader_base import (
    OfferedPrices,
    named,
    number,
)
from catalog.text.refusal import shown

SIZES = ("low", "medium", "high")


def read_prices(table: FileTable, offer: OfferedPrices, mode: str, lost: Any) -> list[PriceEntry]:
    """Read prices, in dollars per unit."""
    # Tiers first: a price that also stands on its own says the same more plainly, and holds.
    for tier in table.tables("tiered_pricing") or []:
        _tier(tier, offer, mode, lost)
    for key, value in table.values.items():
        if is_price(key) and value is not None:
            _price(table, offer, key, read_key(key, mode), lost)
    _searches(table, offer)
    _off_peak(table, offer, mode, lost)
    return list(offer.found.values())


def _price(
    table: FileTable,
    offer: OfferedPrices,
    key: str,
    meant: PriceKey | None,
    lost: Any,
    when: dict[str, Any] | None = None,
) -> None:
    value = table.take(key)
    if meant is None:
        lost[named(key)] += 1
        return
    offer.add(key, meant.meter, number(table, key, value), meant.conditions | (when or {}))


def _tier(tier: FileTable, offer: OfferedPrices, mode: str, lost: Any) -> None:
    bounds = tier.take("range")
    if bounds is None:
        lost["tiered_pricing without range"] += 1
        return
    low = bounds[0] if isinstance(bounds, list) and len(bounds) == 2 else None
    if (
        isinstance(low, bool)
        or not isinstance(low, int | Decimal)
        or not 0 <= low <= LARGEST_WHOLE
        or low != int(low)
    ):
        raise tier.refuse("range", f"{shown(bounds)} is not a range of tokens: write [32000, 128000]")
    when = {"prompt_tokens_over": int(low)} if low else {}
    for key, value in tier.values.items():
        if is_price(key) and value is not None:
            _price(tier, offer, key, read_key(key, mode), lost, when)


def _searches(table: FileTable, offer: OfferedPrices) -> None:
    sizes = table.table("search_context_cost_per_query")
    if sizes is None:
        return
    amounts = {
        size: number(sizes, key, sizes.take(key))
        for size in SIZES
        if sizes.values.get(key := f"search_context_size_{size}") is not None
    }
    if len(amounts) == len(SIZES) and len(set(amounts.values())) == 1:
        offer.add("search_context_cost_per_query", "searches", amounts["low"])
        return
    for size, amount in amounts.items():
        offer.add(f"search_context_size_{size}", "searches", amount, {"search_context_size": size})


def _off_peak(table: FileTable, offer: OfferedPrices, mode: str, lost: Any) -> None:
    cheap = table.table("off_peak_pricing")
    if cheap is None:
        return
    # Conditions are in UTC, from which a zone may shift with the season.
    if cheap.take("weekday_timezone") not in (None, "UTC"):
        lost["off_peak_pricing in a zone of its own"] += 1
        return
    windows = cheap.tables("windows") or [cheap]
    times = [when for window in windows for when in _times(window)]
    for key, value in cheap.values.items():
        if is_price(key) and value is not None:
            for when in times:
                _price(cheap, offer, key, read_key(key, mode), lost, when)


def _times(window: FileTable) -> Iterator[dict[str, Any]]:
    hours, days = window.take("hours_utc"), window.take("weekdays")
    spans = [hours] if isinstance(hours, str) else hours
    if not isinstance(spans, list) or not all(isinstance(span, str) for span in spans):
        raise window.refuse("hours_utc", f'{shown(hours)} is not a list of hours: write ["16:30-00:30"]')
    for span in spans:
        start, _, end = span.partition("-")
        when: dict[str, Any] = {} if start == end and start else {"utc_window": [start, end]}
        if days is not None and days != list(range(1, 8)):
            when["weekdays"] = days
        if not when:
            raise window.refuse("hours_utc", "is the whole week: that is no window")
        yield when
