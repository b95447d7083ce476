"""Writes LiteLLM's map, as `litellm.register_model` reads it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalog.exchange.exports.base import CLOCK, Offered, Seller, meter_keys, note_common, stated
from catalog.exchange.exports.values import each, json_object, number
from catalog.exchange.litellm_keys import ABILITIES, BASES, RESOLUTIONS, TIERS
from catalog.pricing.price import PriceRecord
from catalog.records.record import capability_values
from catalog.snippets.protocols import DIALECTS

KEYS = {meter: key for key, meter in BASES.items()}
SUFFIXES = {tier: suffix for suffix, tier in TIERS.items()}
AGED = {"cache_write_1h_tokens": "_above_1hr", "cache_write_12h_tokens": "_above_12hr"}
WRITE = "cache_creation_input_token_cost"
BY_MODE = {
    ("images", "image_generation"): "output_cost_per_image",
    ("video_seconds", "video_generation"): "output_cost_per_video_per_second",
    ("characters", "audio_speech"): "input_cost_per_character",
}
ROUTES = {word: dialect.elsewhere.litellm for word, dialect in DIALECTS.items() if dialect.elsewhere.litellm}
MODES = {"image": "image_generation", "video": "video_generation"}
SIZES = ("low", "medium", "high")
KINDS = {"text", "image", "audio", "video"}


def write(offers: Iterable[Offered], _seller: Seller) -> Iterator[bytes]:
    """Write the map."""
    return json_object((offered.model_id, _entry(offered)) for offered in offers)


def _entry(offered: Offered) -> dict[str, Any]:
    record, mode = offered.record, _mode(offered)
    note_common(offered, aliases=False)
    if mode is None:
        offered.lose("mode", "what is on record does not decide between LiteLLM's words")
    entry = stated(
        {
            "litellm_provider": _provider(offered),
            "mode": mode,
            "max_input_tokens": record.get("max_input_tokens") or record["context_window"],
            "max_output_tokens": record["max_output_tokens"],
            "output_vector_size": record.get("vector_size"),
            "deprecation_date": record["retires_on"],
            "supported_modalities": [word for word in record["input_modalities"] if word in KINDS] or None,
            "supported_output_modalities": [word for word in record["output_modalities"] if word in KINDS]
            or None,
        }
    )
    known = capability_values(record)
    entry |= {flag: known[word] for flag, word in ABILITIES.items() if word in known}
    keys = meter_keys(offered, KEYS) | dict.fromkeys(AGED, WRITE)
    offered.take_prices(lambda price: _place(entry, price, keys, mode or ""))
    _close_off_peak(entry)
    return entry


def _provider(offered: Offered) -> str:
    own = offered.record["provider"]["slug"]
    routes = [ROUTES[word] for word in offered.speaks() if word in ROUTES]
    if own == "google" and "gemini" in routes:
        return "gemini"
    # The model's own provider only where it speaks that protocol: LiteLLM calls by this word.
    return own if own in routes or not routes else "openai" if "openai" in routes else routes[0]


def _mode(offered: Offered) -> str | None:
    modes = {DIALECTS[word].elsewhere.mode for word in offered.speaks() if word in DIALECTS}
    # Before the modality, whose words have none for vectors.
    if "embedding" in modes:
        return "embedding"
    if offered.record["modality"] == "text":
        return next((mode for mode in ("chat", "responses") if mode in modes), None)
    return MODES.get(offered.record["modality"] or "")


def _place(entry: dict[str, Any], price: PriceRecord, keys: Mapping[str, str], mode: str) -> str | None:
    if price["state"] == "dynamic":
        return "the map has no word for a dynamic price"
    conditions = dict(price["conditions"])
    window = {key: conditions.pop(key) for key in CLOCK if key in conditions}
    key, reason = _key(price["meter"], conditions, keys, mode)
    if key is None:
        return reason
    amount = number(each(price))
    if not window:
        if price["meter"] == "searches":
            entry[key] = {f"search_context_size_{size}": amount for size in SIZES}
        else:
            entry[key] = amount
        return None
    return _off_peak(entry, window, key, amount)


def _key(
    meter: str, conditions: dict[str, Any], keys: Mapping[str, str], mode: str
) -> tuple[str | None, str]:
    conditions = dict(conditions)
    size, tier = conditions.pop("prompt_tokens_over", None), conditions.pop("service_tier", None)
    base = keys.get(meter) or BY_MODE.get((meter, mode))
    if meter == "video_seconds" and conditions.get("output_resolution") in RESOLUTIONS and base:
        base = f"output_cost_per_second_{conditions.pop('output_resolution')}"
    if meter == "searches" and size is None and tier is None:
        base = "search_context_cost_per_query"
    if base is None:
        return None, f"the map has no key for {meter}{f' in the mode {mode}' if mode else ''}"
    if conditions:
        return None, "the map's keys do not know these conditions"
    if tier is not None and tier not in SUFFIXES:
        return None, "the map does not know this service tier"
    aged = AGED.get(meter, "")
    sized = (
        "" if size is None else f"_above_{size}_tokens" if size % 1000 else f"_above_{size // 1000}k_tokens"
    )
    return f"{base}{aged}{sized}{f'_{SUFFIXES[tier]}' if tier else ''}", ""


def _off_peak(entry: dict[str, Any], window: dict[str, Any], key: str, amount: Any) -> str | None:
    known = entry.setdefault("off_peak_pricing", {"when": window})
    if known["when"] != window:
        return "the map knows one set of off-peak hours"
    known[key] = amount
    return None


def _close_off_peak(entry: dict[str, Any]) -> None:
    cheap = entry.get("off_peak_pricing")
    if cheap is not None:
        window = cheap.pop("when")
        hours = "-".join(window.get("utc_window", ["00:00", "00:00"]))
        days = {"weekdays": window["weekdays"]} if "weekdays" in window else {}
        cheap["windows"] = [{"hours_utc": [hours], **days}]
