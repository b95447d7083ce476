"""Writes models.dev's `api.json`, with this site as one provider."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from catalog.exchange.exports.base import Offered, Seller, meter_keys, note_common, stated
from catalog.exchange.exports.values import json_object, number, per_million
from catalog.exchange.models_dev_prices import METERS
from catalog.pricing.price import PriceRecord
from catalog.records.record import stated_name
from catalog.snippets.protocols import DIALECTS

KEYS = {meter: key for key, meter in METERS.items()}
NPM = "@ai-sdk/openai-compatible"
OWN_NPM = {word: dialect.elsewhere.npm for word, dialect in DIALECTS.items() if dialect.elsewhere.npm}
WORDS = {"file": "pdf"}
# Words of its closed list, as its published file had them in November 2026.
FAMILIES = frozenset(
    (  # noqa: SIM905
        "claude command deepseek devstral elevenlabs ernie flux gemini gemma glm gpt gpt-image "
        "gpt-oss granite grok hermes hunyuan ideogram imagen jamba kimi lyria mimo minimax "
        "ministral mistral nano-banana nemotron nova o phi qwen ray recraft runway seed sonar "
        "sora stable-diffusion step veo voxtral whisper yi "
    ).split()
)


def write(offers: Iterable[Offered], seller: Seller) -> Iterator[bytes]:
    """Write one provider."""
    head = {
        "id": seller.slug,
        "env": [seller.api_key_env],
        "npm": NPM,
        "api": f"{seller.api_base_url}/v1",
        "name": seller.name,
        "doc": f"{seller.url}/models",
    }
    yield b"{" + orjson.dumps(seller.slug) + b":" + orjson.dumps(head)[:-1] + b',"models":'
    rows = ((offered.model_id, _model(offered)) for offered in offers)
    yield from json_object((id_, row) for id_, row in rows if row is not None)
    yield b"}}"


def _model(offered: Offered) -> dict[str, Any] | None:
    record = offered.record
    if record["released_on"] is None:
        offered.leave_out("its release date is not stated, and the shape requires one")
        return None
    note_common(offered, aliases=False)
    reasoning = _yes_or_no(offered, "reasoning", offered.can("reasoning"))
    family = record["family"]["slug"]
    if family not in FAMILIES:
        offered.lose("family", "it is no word of the closed list of families")
    row = stated(
        {
            "id": offered.model_id,
            "name": stated_name(record) or record["model_id"],
            "family": family if family in FAMILIES else None,
            "attachment": _yes_or_no(offered, "attachment", _attaches(offered)),
            "reasoning": reasoning,
            "reasoning_options": [] if reasoning else None,
            "tool_call": _yes_or_no(offered, "tool_call", offered.can("tool_call")),
            "structured_output": True if offered.can("structured_output") else None,
            "temperature": True if offered.can("temperature") else None,
            "knowledge": record["knowledge_cutoff"],
            "release_date": record["released_on"],
            "last_updated": max(record["checked_on"] or "", record["released_on"]),
            "modalities": {
                "input": [WORDS.get(word, word) for word in record["input_modalities"]],
                "output": [WORDS.get(word, word) for word in record["output_modalities"]],
            },
            "open_weights": _yes_or_no(offered, "open_weights", record["open_weights"]),
            "limit": {
                "context": _limit(offered, "context", record["context_window"]),
                "output": _limit(offered, "output", record["max_output_tokens"]),
            }
            | stated({"input": record.get("max_input_tokens")}),
            "status": {"preview": "beta", "deprecated": "deprecated"}.get(offered.facts.lifecycle or ""),
            "provider": _provider(offered),
        }
    )
    cost = _cost(offered, reasoning=reasoning)
    return row | ({"cost": cost} if cost else {})


def _provider(offered: Offered) -> dict[str, str] | None:
    spoken = offered.speaks()
    if "openai-chat" in spoken:
        return None
    if "openai-responses" in spoken:
        return {"shape": "responses"}
    return next(({"npm": OWN_NPM[word]} for word in spoken if word in OWN_NPM), None)


def _attaches(offered: Offered) -> bool | None:
    inputs = offered.record["input_modalities"]
    return offered.can("attachment") or (any(word != "text" for word in inputs) if inputs else None)


def _yes_or_no(offered: Offered, key: str, value: bool | None) -> bool:  # noqa: FBT001
    if value is None:
        offered.lose(key, "it is not stated; the shape requires yes or no, and false is written")
    return bool(value)


def _limit(offered: Offered, key: str, value: int | None) -> int:
    if value is None:
        offered.lose(f"limit.{key}", "it is not stated; the shape requires a number, and 0 is written")
    return value or 0


def _cost(offered: Offered, *, reasoning: bool) -> dict[str, Any]:
    levels: dict[int, dict[str, Any]] = {}
    keys = meter_keys(offered, KEYS)

    def place(price: PriceRecord) -> str | None:
        conditions = dict(price["conditions"])
        key, size = keys.get(price["meter"]), conditions.pop("prompt_tokens_over", 0)
        if key is None:
            return f"the shape has no key for {price['meter']}"
        if price["state"] == "dynamic":
            return "the shape has no word for a dynamic price"
        if conditions:
            return "the shape knows one condition: the size of the prompt"
        if key == "reasoning" and not reasoning:
            return "the shape forbids it for a model that is not said to reason"
        levels.setdefault(size, {})[key] = number(per_million(price))
        return None

    offered.take_prices(place)
    base = levels.pop(0, {})
    if not {"input", "output"} <= base.keys():
        if base or levels:
            offered.lose("prices", "the shape requires the price of input and of output together")
        return {}
    tiers, level = [], base
    for size in sorted(levels):
        # A price that a tier does not name is that of the level below it; the shape wants it said.
        level = level | levels[size]
        tiers.append({**level, "tier": {"type": "context", "size": size}})
    # Its generator writes this copy beside a single tier of 200,000 or more.
    copy = {"context_over_200k": level} if len(tiers) == 1 and min(levels) >= 200_000 else {}
    return base | ({"tiers": tiers} if tiers else {}) | copy
