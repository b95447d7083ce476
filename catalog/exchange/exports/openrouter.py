"""Writes OpenRouter's list, in dollars per token."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from catalog.exchange.exports.base import Offered, Seller, meter_keys, note_common, stated
from catalog.exchange.exports.values import each, json_list
from catalog.exchange.openrouter import ABILITIES
from catalog.exchange.openrouter_prices import DYNAMIC, METERS
from catalog.exchange.weekly_windows import DAYS
from catalog.pricing.money import plain
from catalog.pricing.price import PriceRecord
from catalog.records.record import stated_name

KEYS = {meter: key for key, meter in METERS.items()}
REQUIRED = ("prompt", "completion")


def write(offers: Iterable[Offered], seller: Seller) -> Iterator[bytes]:
    """Write the list, then its length."""
    count = 0

    def rows() -> Iterator[dict[str, Any]]:
        nonlocal count
        for offered in offers:
            row = model(offered, seller)
            if row is not None:
                count += 1
                yield row

    yield b'{"data":'
    yield from json_list(rows())
    yield f',"total_count":{count},"links":{{"next":null}}}}'.encode()


def model(offered: Offered, seller: Seller) -> dict[str, Any] | None:
    """Return a model, None if left out."""
    record = offered.record
    pricing = _pricing(offered)
    if pricing is None:
        return None
    note_common(offered, aliases=False)
    if record["released_on"] is None:
        offered.lose("created", "the release date is not stated; the shape requires one, and 0 is written")
    cutoff = record["knowledge_cutoff"]
    if cutoff and len(cutoff) != 10:
        offered.lose("knowledge_cutoff", "the shape wants a day, and a month is stated")
    inputs, outputs = record["input_modalities"], record["output_modalities"]
    return stated(
        {
            "id": offered.model_id,
            "canonical_slug": offered.model_id,
            "name": stated_name(record) or record["model_id"],
            "created": epoch(record["released_on"]),
            "knowledge_cutoff": cutoff if cutoff and len(cutoff) == 10 else None,
            "expiration_date": record["retires_on"],
        }
    ) | {
        "context_length": record["context_window"],
        "architecture": {
            "modality": f"{'+'.join(inputs)}->{'+'.join(outputs)}" if inputs and outputs else None,
            "input_modalities": inputs,
            "output_modalities": outputs,
            "instruct_type": None,
        },
        "pricing": pricing,
        "top_provider": {
            "context_length": record["context_window"],
            "max_completion_tokens": record["max_output_tokens"],
            "is_moderated": False,
        },
        "per_request_limits": None,
        "supported_parameters": [word for word, ours in ABILITIES.items() if ours in record["capabilities"]],
        "default_parameters": None,
        "supported_voices": None,
        "links": {"details": f"{seller.url}/api/v1/models/{offered.model_id}"},
    }


def epoch(day: str | None) -> int:
    """Return a day's first second, or 0."""
    return int(datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).timestamp()) if day else 0


def _pricing(offered: Offered) -> dict[str, Any] | None:
    base: dict[str, Any] = {}
    keys = meter_keys(offered, KEYS)
    overrides: list[tuple[dict[str, Any], dict[str, Any]]] = []

    def place(price: PriceRecord) -> str | None:
        key = keys.get(price["meter"])
        if key is None:
            return f"the shape has no key for {price['meter']}"
        when = _when(price["conditions"])
        if when is None:
            # No region or tier: writing such a price without them would be wrong.
            return "the shape knows as conditions the size of the prompt, hours and weekdays"
        amount = DYNAMIC if price["state"] == "dynamic" else plain(each(price))
        if not when:
            base[key] = amount
            return None
        same = next((prices for known, prices in overrides if known == when), None)
        if same is None:
            overrides.append((when, {key: amount}))
        else:
            same[key] = amount
        return None

    offered.take_prices(place)
    missing = [key for key in REQUIRED if key not in base]
    if missing:
        reason = f"no price of {' and '.join(missing)} is published"
        offered.leave_out(f"{reason}; the shape requires it, and unknown is not free")
        return None
    # Later entries win: more conditions after fewer, and of two sizes the larger.
    ordered = sorted(overrides, key=lambda row: (len(row[0]), row[0].get("min_prompt_tokens", 0)))
    return base | ({"overrides": [when | prices for when, prices in ordered]} if ordered else {})


def _when(conditions: dict[str, Any]) -> dict[str, Any] | None:
    override: dict[str, Any] = {}
    for key, value in conditions.items():
        if key == "prompt_tokens_over":
            override["min_prompt_tokens"] = value
        elif key == "utc_window":
            override["utc_start"], override["utc_end"] = (int(clock.replace(":", "")) for clock in value)
        elif key == "weekdays":
            override["utc_days"] = [DAYS[day - 1] for day in value]
        else:
            return None
    return override
