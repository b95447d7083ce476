"""Which field of a vendor's usage object is counted by which meter: one row each.

The docs, the API and the script of Try it all read these rows. The fields are those of the SDKs openai 3.54.0
(CompletionUsage, ResponseUsage, ImagesResponse.Usage), anthropic 2.12.0 (BetaUsage) and google-genai 3.4.0
(GenerateContentResponseUsageMetadata), read on 29 November 2026. DeepSeek's, xAI's and OpenRouter's fields
beyond those of OpenAI are in no SDK: they are those of real answers in public reports.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class UsageRow:
    """One count of a usage object.

    `paths` are ways to state the same count, which must agree; a path may add up fields with " + ", and picks
    rows of a list with `[key=WORD]`. The count is added to `meter` and taken from `within`. Without a meter,
    it is known and adds nothing.
    """

    paths: tuple[str, ...]
    meter: str = ""
    within: str = ""
    is_required: bool = False
    # Counts only where the object's own total shows that it is not part of the output.
    is_beside: bool = False
    refusal: str = ""


IMAGES = frozenset({"input_image_tokens", "cache_read_image_tokens"})
FOLDED = IMAGES | {"reasoning_tokens"}
"""Meters that are counted apart only where a model has a price for them."""

BESIDE = frozenset({"xai"})
"""Providers whose reasoning is not part of `completion_tokens`, where no total says either."""

_LIFETIMES = {"openai": "cache_write_30m_tokens"}
_OTHER_LIFETIME = "cache_write_5m_tokens"


def usage_rows(protocol: str, provider: str | None = None) -> tuple[UsageRow, ...]:
    """List a protocol's rows; ValueError names the protocols there are."""
    rows = USAGE_TABLES.get(protocol)
    if rows is None:
        raise ValueError(f"protocol {protocol!r} has no usage object: use one of {', '.join(USAGE_TABLES)}")
    written = _LIFETIMES.get(provider or "openai", _OTHER_LIFETIME)
    return tuple(_with_lifetime(row, written) for row in rows)


def _with_lifetime(row: UsageRow, written: str) -> UsageRow:
    # Only OpenAI keeps writes for 30 minutes; gateways give other models' writes the same key.
    thirty = "cache_write_30m_tokens"
    if row.meter == thirty:
        return replace(row, meter=written)
    return replace(row, within=written) if row.within == thirty else row


def _row(meter: str, *paths: str, within: str = "", is_required: bool = False) -> UsageRow:
    return UsageRow(paths, meter, within, is_required)


def _known(*paths: str) -> Iterable[UsageRow]:
    return (UsageRow((path,)) for path in paths)


def _openai(prompt: str, answer: str, *hits: str) -> tuple[UsageRow, ...]:
    into, out = f"{prompt}_details", f"{answer}_details"
    lifetimes = f"{into}.cache_write_tokens_details"
    half, long = f"{lifetimes}.ttl_30m_tokens", f"{lifetimes}.ttl_12h_tokens"
    reasoning = (f"{out}.reasoning_tokens",)
    return (
        _row("cache_read_tokens", f"{into}.cached_tokens", *hits, within="input_tokens"),
        _row(
            "cache_write_30m_tokens", f"{into}.cache_write_tokens", f"{half} + {long}", within="input_tokens"
        ),
        _row("cache_write_12h_tokens", long, within="cache_write_30m_tokens"),
        _row("input_audio_tokens", f"{into}.audio_tokens", within="input_tokens"),
        _row("input_image_tokens", f"{into}.image_tokens", within="input_tokens"),
        _row("output_audio_tokens", f"{out}.audio_tokens", within="output_tokens"),
        _row("output_image_tokens", f"{out}.image_tokens", within="output_tokens"),
        UsageRow(reasoning, "output_tokens", is_beside=True),
        _row("reasoning_tokens", *reasoning, within="output_tokens"),
        _row("searches", "server_tool_use.web_search_requests"),
        *_known("total_tokens", "service_tier", f"{into}.text_tokens", f"{out}.text_tokens"),
        *_known(f"{out}.accepted_prediction_tokens", f"{out}.rejected_prediction_tokens"),
        # Amounts of OpenRouter, which this catalog computes from prices of its own.
        *_known("cost", "cost_details.upstream_inference_cost", "is_byok"),
    )


def _anthropic(of: str = "") -> tuple[UsageRow, ...]:
    made = f"{of}cache_creation"
    five, hour = f"{made}.ephemeral_5m_input_tokens", f"{made}.ephemeral_1h_input_tokens"
    thinking = f"{of}output_tokens_details.thinking_tokens"
    # Without lifetimes, a write is of the default: 5 minutes.
    return (
        _row("input_tokens", f"{of}input_tokens", is_required=not of),
        _row("output_tokens", f"{of}output_tokens", is_required=not of),
        _row("cache_read_tokens", f"{of}cache_read_input_tokens"),
        _row("cache_write_5m_tokens", f"{of}cache_creation_input_tokens", f"{five} + {hour}"),
        _row("cache_write_1h_tokens", hour, within="cache_write_5m_tokens"),
        _row("reasoning_tokens", thinking, within="output_tokens"),
    )


def _modalities(details: str, whole: str, **meters: str) -> Iterable[UsageRow]:
    path = f"{details}[modality=%s].tokenCount"
    yield from (_row(meter, path % word, within=whole) for word, meter in meters.items())
    yield from _known(*(path % word for word in ("TEXT", "VIDEO", "DOCUMENT", "MODALITY_UNSPECIFIED")))


_COMPACTED = "iterations[type=compaction]."
_SPOKEN, _SEEN = "cacheTokensDetails[modality=AUDIO]", "cacheTokensDetails[modality=IMAGE]"

USAGE_TABLES: Mapping[str, tuple[UsageRow, ...]] = MappingProxyType(
    {
        "anthropic-messages": (
            *_anthropic(),
            _row("searches", "server_tool_use.web_search_requests"),
            # Compactions are not in the object's own counts, all turns of the answer are.
            *_anthropic(_COMPACTED),
            *(
                replace(row, meter="", within="", is_required=False)
                for row in _anthropic("iterations[type=message].")
            ),
            *_known("iterations[type=message].model", "service_tier", "server_tool_use.web_fetch_requests"),
        ),
        "openai-chat": (
            _row(
                "input_tokens",
                "prompt_tokens",
                "prompt_cache_hit_tokens + prompt_cache_miss_tokens",
                is_required=True,
            ),
            _row("output_tokens", "completion_tokens"),
            *_openai("prompt_tokens", "completion_tokens", "prompt_cache_hit_tokens", "cached_tokens"),
        ),
        "openai-responses": (
            _row("input_tokens", "input_tokens", is_required=True),
            _row("output_tokens", "output_tokens"),
            *_openai("input_tokens", "output_tokens"),
        ),
        "openai-embeddings": (
            _row("input_tokens", "prompt_tokens", is_required=True),
            *_known("total_tokens", "cost"),
        ),
        "gemini-generate-content": (
            _row("input_tokens", "promptTokenCount", is_required=True),
            _row("output_tokens", "candidatesTokenCount"),
            _row("input_tokens", "toolUsePromptTokenCount"),
            _row("output_tokens", "thoughtsTokenCount"),
            _row("reasoning_tokens", "thoughtsTokenCount", within="output_tokens"),
            _row("cache_read_tokens", "cachedContentTokenCount", within="input_tokens"),
            *_modalities(
                "promptTokensDetails", "input_tokens", AUDIO="input_audio_tokens", IMAGE="input_image_tokens"
            ),
            *_modalities(
                "toolUsePromptTokensDetails",
                "input_tokens",
                AUDIO="input_audio_tokens",
                IMAGE="input_image_tokens",
            ),
            *_modalities(
                "candidatesTokensDetails",
                "output_tokens",
                AUDIO="output_audio_tokens",
                IMAGE="output_image_tokens",
            ),
            *_modalities("cacheTokensDetails", "cache_read_tokens", IMAGE="cache_read_image_tokens"),
            # The prompt's images hold those that were read from the cache.
            _row("input_tokens", f"{_SEEN}.tokenCount", within="input_image_tokens"),
            UsageRow((f"{_SPOKEN}.tokenCount",), refusal="no meter counts audio read from a cache"),
            *_known("totalTokenCount", "trafficType"),
        ),
    }
)
"""Protocol -> rows. A field of a vendor is one row here."""
