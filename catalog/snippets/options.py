"""Options of a call, and which models have them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from catalog.records.record import ParameterRecord, Record
from catalog.snippets.protocol import (
    BASIC,
    CACHING,
    IMAGE,
    RETRY,
    STREAMING,
    STRUCTURED,
    THINKING,
    TOOLS,
    WEBHOOK,
    Form,
)
from catalog.snippets.protocols import DIALECTS
from catalog.text.language import mark


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a call, such as streaming."""

    label: str
    # Empty: not a matter of the model; its request tells.
    capability: str = ""
    # Where having the capability is not enough to show it.
    can: Callable[[Record], bool] = lambda _record: True
    # Fields, or parts such as `text.format` and `system[].cache_control`, that ask for this and nothing else.
    asks: tuple[str, ...] = ()


def _marks(record: Record) -> bool:
    # Where reads alone have a price, the vendor caches by itself: a request marks nothing.
    meters = {row["meter"] for row in record["prices"]}
    is_marked = "prompt_cache_breakpoint" in record["capabilities"]
    return is_marked or "cache_read_tokens" not in meters or any("cache_write" in meter for meter in meters)


OPTIONS: dict[str, Option] = {
    BASIC: Option(mark("Basic")),
    STREAMING: Option(mark("Streaming"), "streaming", asks=("stream", "stream_options")),
    TOOLS: Option(
        mark("Tool use"),
        "tool_call",
        asks=(
            *("tools", "tool_choice", "parallel_tool_calls", "max_tool_calls", "toolConfig"),
            *("functions", "function_call"),
        ),
    ),
    IMAGE: Option(mark("Image input"), "vision"),
    STRUCTURED: Option(
        mark("Structured output"),
        "structured_output",
        asks=(
            *("response_format", "text.format", "output_config.format"),
            *("generationConfig.responseSchema", "generationConfig.responseJsonSchema"),
        ),
    ),
    CACHING: Option(
        mark("Prompt caching"), "prompt_caching", _marks, asks=("cache_control", "system[].cache_control")
    ),
    THINKING: Option(
        mark("Thinking"),
        "reasoning",
        asks=("thinking", "reasoning", "reasoning_effort", "generationConfig.thinkingConfig"),
    ),
    WEBHOOK: Option(mark("Webhook")),
    RETRY: Option(mark("Safe retry")),
}
"""Options in the order of the page."""


def forms_of(record: Record, protocol: str) -> dict[str, Form]:
    """Return a model's options in a protocol."""
    declared = DIALECTS[protocol].forms if protocol in DIALECTS else {}
    offered = {}
    for key, option in OPTIONS.items():
        form = declared.get(key)
        # Where the vendor refuses one form, another may stand for it.
        if form and _is_denied(record, form.without):
            form = form.instead
        if (
            form
            and option.capability in record["capabilities"]
            and option.can(record)
            and _says(record, form)
        ):
            offered[key] = form
    return offered


def _is_denied(record: Record, word: str) -> bool:
    # Where sources disagree, one of them denies it: a sample asks for what none does.
    return word in record["lacks"] or word in record["disputed"]


def _says(record: Record, form: Form) -> bool:
    return not form.needs or form.needs in record["capabilities"]


def option_fields(record: Record, protocol: str) -> list[ParameterRecord]:
    """List fields that a model's options add to bodies."""
    return [form.asks for form in forms_of(record, protocol).values() if form.asks]


def unoffered(record: Record) -> Iterator[str]:
    """List fields and parts that ask for what a source denies of the model."""
    for option in OPTIONS.values():
        if option.capability in record["lacks"]:
            yield from option.asks
    if _is_denied(record, "thinking_budget"):
        yield "thinking.budget_tokens"
