"""LiteLLM's price keys: base, cache lifetime, prompt size, service tier."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

ABILITIES = {
    "supports_function_calling": "tool_call",
    "supports_parallel_function_calling": "parallel_tool_calls",
    "supports_tool_choice": "tool_choice",
    "supports_response_schema": "structured_output",
    "supports_reasoning": "reasoning",
    "supports_legacy_thinking": "thinking_budget",
    "supports_adaptive_thinking": "adaptive_thinking",
    "supports_sampling_params": "temperature",
    "supports_vision": "vision",
    "supports_pdf_input": "pdf_input",
    "supports_audio_input": "audio_input",
    "supports_audio_output": "audio_output",
    "supports_video_input": "video_input",
    "supports_prompt_caching": "prompt_caching",
    "supports_prompt_cache_breakpoint": "prompt_cache_breakpoint",
    "supports_system_messages": "system_messages",
    "supports_web_search": "web_search",
    "supports_url_context": "url_context",
    "supports_computer_use": "computer_use",
    "supports_tool_search": "tool_search",
    "supports_native_streaming": "streaming",
    "supports_none_reasoning_effort": "none_reasoning_effort",
    "supports_xhigh_reasoning_effort": "xhigh_reasoning_effort",
    "supports_max_reasoning_effort": "max_reasoning_effort",
}
# Remarks, settings of LiteLLM itself, and prices in a vendor's own unit beside those in dollars.
NOT_FACTS = frozenset({"comment", "metadata", "token_count_model"})
SAME_PRICE = frozenset({"input_dbu_cost_per_token", "output_dbu_cost_per_token"})

TIERS = {
    "batches": "batch",
    "flex": "flex",
    "priority": "priority",
    "balanced": "balanced",
    "ultrafast": "ultrafast",
    "decisions": "decisions",
}
BASES = {
    "input_cost_per_token": "input_tokens",
    "output_cost_per_token": "output_tokens",
    "output_cost_per_reasoning_token": "reasoning_tokens",
    "cache_read_input_token_cost": "cache_read_tokens",
    "cache_creation_input_token_cost": "cache_write_5m_tokens",
    "input_cost_per_audio_token": "input_audio_tokens",
    "output_cost_per_audio_token": "output_audio_tokens",
    "input_cost_per_image_token": "input_image_tokens",
    "output_cost_per_image_token": "output_image_tokens",
    "cache_read_input_image_token_cost": "cache_read_image_tokens",
    "input_cost_per_request": "requests",
    "ocr_cost_per_page": "pages",
}
BY_MODE = {
    ("input_cost_per_character", "audio_speech"): "characters",
    ("output_cost_per_image", "image_generation"): "images",
    ("output_cost_per_image", "image_edit"): "images",
    ("output_cost_per_second", "video_generation"): "video_seconds",
    ("output_cost_per_video_per_second", "video_generation"): "video_seconds",
    ("output_cost_per_second", "audio_speech"): "audio_seconds",
    ("input_cost_per_second", "audio_transcription"): "audio_seconds",
    ("input_cost_per_query", "rerank"): "requests",
    ("input_cost_per_query", "search"): "searches",
}
"""Key and mode -> meter, where a key's unit depends on what the model does."""

RESOLUTIONS = ("480p", "720p", "768p", "1080p", "2k", "4k")
_KEY = re.compile(
    r"(?P<base>.+?)(?P<age>_above_1hr|_above_12hr)?(?:_above_(?P<size>\d{1,9})(?P<thousands>k?)_tokens)?"
    rf"(?:_(?P<tier>{'|'.join(TIERS)}))?"
)
_PRICE = re.compile(r"(?:.*_)?cost(?:_.*)?|cost_per_.*")
_RESOLUTION = re.compile(rf"(output_cost_per_second)_({'|'.join(RESOLUTIONS)})")


@dataclass(frozen=True, slots=True)
class PriceKey:
    """A key's meter and conditions."""

    meter: str
    conditions: dict[str, Any]


@lru_cache(maxsize=1_024)
def is_price(key: str) -> bool:
    """Whether a key holds a price."""
    return bool(_PRICE.fullmatch(key)) and key != "search_context_cost_per_query"


WRITES = (
    "cache_write_5m_tokens",
    "cache_write_30m_tokens",
    "cache_write_1h_tokens",
    "cache_write_12h_tokens",
)
AGES = {"_above_1hr": "cache_write_1h_tokens", "_above_12hr": "cache_write_12h_tokens"}


@lru_cache(maxsize=4_096)
def meters_beside(key: str) -> tuple[str, ...]:
    """Return the meters whose price is less than the whole where a price key has no place; none is any."""
    if "cache_read" in key or "cache_hit" in key:
        return ("cache_read_tokens",)
    if "cache_creation" in key:
        return WRITES
    for way in ("input", "output"):
        if key.startswith(f"{way}_"):
            return (f"{way}_tokens",)
    return ()


@lru_cache(maxsize=4_096)
def read_key(key: str, mode: str, short_write: str = "cache_write_5m_tokens") -> PriceKey | None:
    """Parse a key, None if it has no meter here; `short_write` is the meter of the shortest cache.

    `cache_creation_input_token_cost_above_1hr_above_200k_tokens_batches` is an hour's cache write, over
    200,000 tokens, in the batch tier.
    """
    match = _KEY.fullmatch(key)
    if match is None:
        return None
    base, conditions = match["base"], dict[str, Any]()
    sized = _RESOLUTION.fullmatch(base)
    if sized:
        base, conditions["output_resolution"] = sized[1], sized[2]
    meter = BASES.get(base) or BY_MODE.get((base, mode))
    if base == "cache_creation_input_token_cost":
        meter = AGES.get(match["age"], short_write)
    elif match["age"]:
        meter = None
    if meter is None:
        return None
    if match["size"]:
        conditions["prompt_tokens_over"] = int(match["size"]) * (1_000 if match["thousands"] else 1)
    if match["tier"]:
        conditions["service_tier"] = TIERS[match["tier"]]
    return PriceKey(meter, conditions)
