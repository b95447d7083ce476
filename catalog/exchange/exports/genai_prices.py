"""Writes genai-prices, version 2, with this site as one provider: tiers, hours and service tiers included."""

from collections.abc import Iterable, Iterator
from re import escape
from typing import Any

import orjson

from catalog.exchange.exports.base import Offered, Seller, meter_keys, note_common, stated
from catalog.exchange.exports.values import json_list, number, per_million, per_thousand
from catalog.pricing.price import PriceRecord
from catalog.records.record import stated_name

KEYS = {
    "input_tokens": "input_mtok",
    "output_tokens": "output_mtok",
    "cache_read_tokens": "cache_read_mtok",
    "cache_write_5m_tokens": "cache_write_mtok",
    "cache_write_1h_tokens": "cache_write_1h_mtok",
    "input_audio_tokens": "input_audio_mtok",
    "output_audio_tokens": "output_audio_mtok",
    "input_image_tokens": "input_image_mtok",
    "output_image_tokens": "output_image_mtok",
    "cache_read_image_tokens": "cache_image_read_mtok",
    "reasoning_tokens": "output_reasoning_mtok",
    "requests": "requests_kcount",
    "searches": "web_searches_kcount",
}
COUNTED = {"requests", "searches"}
Level = dict[str, dict[int, Any]]
"""Key -> prompt size from which on -> amount."""


def write(offers: Iterable[Offered], seller: Seller) -> Iterator[bytes]:
    """Write a list of one provider."""
    head = {
        "id": seller.slug,
        "name": seller.name,
        "api_pattern": escape(seller.api_base_url).replace(r"\:", ":").replace(r"\/", "/"),
        "pricing_urls": [f"{seller.url}/pricing"],
    }
    yield b"[" + orjson.dumps(head)[:-1] + b',"models":'
    rows = (_model(offered) for offered in offers)
    yield from json_list(row for row in rows if row is not None)
    yield b"}]"


def _model(offered: Offered) -> dict[str, Any] | None:
    levels: dict[tuple[str, str], Level] = {}
    keys = meter_keys(offered, KEYS)
    offered.take_prices(lambda price: _place(levels, keys.get(price["meter"]), price))
    _drop_audio(offered, levels)
    plain = levels.pop(("", ""), {})
    base = _prices(offered, plain, {})
    if not base:
        offered.leave_out("no plain price that the shape has a key for is published")
        return None
    note_common(offered, aliases=True)
    record = offered.record
    names = [offered.model_id, *record["aliases"]]
    match = [{"equals": name} for name in names]
    hours, tiers = [], []
    for (kind, words), level in levels.items():
        prices = _prices(offered, level, plain)
        if kind == "service_tier":
            tiers.append({"when": {"service_tier": words}, "prices": prices})
        else:
            start, end = words.split("-")
            constraint = {"start_time": f"{start}:00Z", "end_time": f"{end}:00Z"}
            # Within hours the row replaces the plain one, so it repeats what stays.
            hours.append({"constraint": constraint, "prices": base | prices})
    return stated(
        {
            "id": offered.model_id,
            "match": match[0] if len(match) == 1 else {"or": match},
            "name": stated_name(record),
            "context_window": record["context_window"],
            "deprecated": True if offered.facts.lifecycle == "deprecated" else None,
            "prices": [{"prices": base}, *hours] if hours else base,
            "price_variants": tiers or None,
        }
    )


def _place(levels: dict[tuple[str, str], Level], key: str | None, price: PriceRecord) -> str | None:
    if key is None:
        return f"the shape has no key for {price['meter']}"
    if price["state"] == "dynamic":
        return "the shape has no word for a dynamic price"
    conditions = dict(price["conditions"])
    size = conditions.pop("prompt_tokens_over", 0)
    if size and price["meter"] in COUNTED:
        return "the shape has tiers for tokens only"
    slot = ("", "")
    if conditions.keys() == {"service_tier"}:
        slot = ("service_tier", conditions["service_tier"])
    elif conditions.keys() == {"utc_window"}:
        slot = ("utc_window", "-".join(conditions["utc_window"]))
    elif conditions:
        return "the shape knows as conditions the size of the prompt, a service tier or hours, not these"
    amount = number(per_thousand(price) if price["meter"] in COUNTED else per_million(price))
    levels.setdefault(slot, {}).setdefault(key, {})[size] = amount
    return None


def _drop_audio(offered: Offered, levels: dict[tuple[str, str], Level]) -> None:
    keys = {key for level in levels.values() for key in level}
    for audio, others, what in (
        ("input_audio_mtok", {"cache_read_mtok", "cache_write_mtok", "cache_write_1h_mtok"}, "cached audio"),
        ("output_audio_mtok", {"output_reasoning_mtok"}, "reasoning in audio"),
    ):
        # The format would then also require cached or reasoning audio: better without audio.
        if audio in keys and keys & others:
            offered.lose(
                f"price of {audio}", f"the shape then requires that of {what}, which nobody publishes"
            )
            for level in levels.values():
                level.pop(audio, None)


def _prices(offered: Offered, level: Level, below: Level) -> dict[str, Any]:
    prices = {}
    for key, sizes in level.items():
        base = sizes.get(0, below.get(key, {}).get(0))
        steps = [{"start": size, "price": sizes[size]} for size in sorted(sizes) if size]
        if base is None:
            offered.lose(f"price of {key}", "the shape requires a price below the first tier")
        else:
            prices[key] = {"base": base, "tiers": steps} if steps else base
    return prices
