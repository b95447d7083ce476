"""Prices of OpenRouter, in dollars per unit."""

from dataclasses import dataclass
from typing import Any

from catalog.exchange.document import PriceEntry
from catalog.exchange.file_table import FileTable
from catalog.exchange.offered_prices import OfferedPrices, digits
from catalog.exchange.reader_base import is_empty, named
from catalog.exchange.weekly_windows import read_weekday

METERS = {
    "prompt": "input_tokens",
    "completion": "output_tokens",
    "input_cache_read": "cache_read_tokens",
    "input_cache_write": "cache_write_5m_tokens",
    "input_cache_write_1h": "cache_write_1h_tokens",
    "internal_reasoning": "reasoning_tokens",
    "audio": "input_audio_tokens",
    "audio_output": "output_audio_tokens",
    "image_token": "input_image_tokens",
    "image_output": "output_image_tokens",
    "web_search": "searches",
    "request": "requests",
}
TOKENS = ("prompt", "completion")
# What has no meter, and the meters whose prices it is beside.
BESIDE = {"input_audio_cache": ("cache_read_tokens",), "image": ("input_tokens",)}
DYNAMIC = "-1"
WHEN = frozenset({"min_prompt_tokens", "utc_start", "utc_end", "utc_days"})


@dataclass(frozen=True, slots=True)
class _Level:
    """How a row's prices are read: meters by key, whether tokens cost anything, what is lost."""

    offer: OfferedPrices
    lost: Any
    meters: dict[str, str]
    is_charged: bool


def read_pricing(table: FileTable, offer: OfferedPrices, lost: Any, short_write: str) -> list[PriceEntry]:
    """Read a model's prices; `short_write` is the meter of its cache writes."""
    pricing = table.table("pricing")
    if pricing is None:
        raise table.refuse(None, "'pricing' is missing")
    is_charged = any(
        value != DYNAMIC and value is not None and digits(pricing, key, value) > 0
        for key in TOKENS
        for value in [pricing.values.get(key)]
    )
    level = _Level(offer, lost, METERS | {"input_cache_write": short_write}, is_charged)
    _read(pricing, level, {})
    for override in pricing.tables("overrides") or []:
        stranger = next((key for key, value in override.values.items() if _is_condition(key, value)), None)
        if stranger is None:
            _read(override, level, _when(override))
            continue
        name = f"pricing.overrides with {named(stranger)}"
        lost[name] += 1
        offer.omit(name, [meter for key, meter in level.meters.items() if key in override.values])
    return offer.entries()


def _read(table: FileTable, level: _Level, when: dict[str, Any]) -> None:
    for key, value in table.values.items():
        says_nothing = value is None or (is_empty(value) and key not in level.meters)
        if says_nothing or key in WHEN or key == "overrides" or (key == "discount" and value == 0):
            continue
        name = f"pricing.{named(key)}"
        if key not in level.meters:
            level.lost[name] += 1
            if not _costs_nothing(table, key, value):
                level.offer.omit(name, BESIDE.get(key, ()))
            continue
        table.take(key)
        amount = None if value == DYNAMIC else digits(table, key, value)
        if amount == 0 and key not in TOKENS and level.is_charged:
            # Lists of 2025 write 0 for what does not apply: reasoning is then output, not free.
            level.lost[f"{name} of 0 beside charged tokens"] += 1
            continue
        level.offer.add(key, level.meters[key], amount, when)


def _costs_nothing(table: FileTable, key: str, value: Any) -> bool:
    # An image in the prompt is counted in tokens of text where both have one price.
    return value in ("0", 0) or (key == "image" and value == table.values.get("prompt"))


def _is_condition(key: str, value: Any) -> bool:
    # Prices are decimal texts; a key of another kind says when they hold.
    is_price = isinstance(value, str) and value.replace(".", "", 1).removeprefix("-").isdigit()
    return key not in METERS and key not in WHEN and key != "discount" and not is_price


def _when(table: FileTable) -> dict[str, Any]:
    conditions: dict[str, Any] = {}
    is_always = False
    size = table.whole("min_prompt_tokens")
    if size is not None:
        conditions["prompt_tokens_over"] = size
    if "utc_start" in table.values or "utc_end" in table.values:
        window = [_clock(table, "utc_start"), _clock(table, "utc_end")]
        # A whole day is no window.
        is_always = window == ["00:00", "24:00"]
        if not is_always:
            conditions["utc_window"] = window
    days = table.take("utc_days")
    if days is not None:
        listed = days if isinstance(days, list) else [days]
        conditions["weekdays"] = [read_weekday(table, "utc_days", day) for day in listed]
    if not conditions and not is_always:
        raise table.refuse(None, "is an override without a condition")
    return conditions


def _clock(table: FileTable, key: str) -> str:
    value = table.whole(key, required=True) or 0
    if value > 2400 or value % 100 > 59:
        raise table.refuse(key, f"{value} is not a time of day: write 1630 for 16:30")
    # 1630 is 16:30; 2400 is midnight at the end of a day.
    return f"{value // 100:02}:{value % 100:02}"
