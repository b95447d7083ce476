"""Options of a call, and which models have them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from catalog.records.record import ParameterRecord, Record
from catalog.snippets.protocol import (
    ASYNC,
    AUDIO,
    BASIC,
    BATCH,
    CACHING,
    CONVERSATION,
    COUNT,
    IMAGE,
    IMAGE_FILE,
    PDF,
    RETRY,
    STREAMING,
    STRUCTURED,
    THINKING,
    TIMEOUTS,
    TOOL_RESULT,
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
    # A capability that hides it where a source denies it; that nothing is known of it does not.
    unless: str = ""
    # Where having the capability is not enough to show it.
    can: Callable[[Record], bool] = lambda _record: True
    # Fields, or parts such as `text.format` and `system[].cache_control`, that ask for this and nothing else.
    asks: tuple[str, ...] = ()
    # The languages that have a form for it; empty: all.
    languages: tuple[str, ...] = ()


def _marks(record: Record) -> bool:
    # Where reads alone have a price, the vendor caches by itself: a request marks nothing.
    meters = {row["meter"] for row in record["prices"]}
    is_marked = "prompt_cache_breakpoint" in record["capabilities"]
    return is_marked or "cache_read_tokens" not in meters or any("cache_write" in meter for meter in meters)


OPTIONS: dict[str, Option] = {
    BASIC: Option(mark("Basic")),
    STREAMING: Option(mark("Streaming"), "streaming", asks=("stream", "stream_options")),
    CONVERSATION: Option(
        mark("Conversation"), unless="system_messages", asks=("system", "instructions", "systemInstruction")
    ),
    TOOLS: Option(
        mark("Tool use"),
        "tool_call",
        asks=(
            *("tools", "tool_choice", "parallel_tool_calls", "max_tool_calls", "toolConfig"),
            *("functions", "function_call"),
        ),
    ),
    TOOL_RESULT: Option(mark("Tool loop"), "tool_call"),
    IMAGE: Option(mark("Image input"), "vision"),
    IMAGE_FILE: Option(mark("Image as base64"), "vision"),
    PDF: Option(mark("PDF"), "pdf_input"),
    AUDIO: Option(mark("Audio input"), "audio_input"),
    STRUCTURED: Option(
        mark("Structured output"),
        "structured_output",
        asks=(
            *("response_format", "text.format", "output_config.format"),
            *("generationConfig.responseSchema", "generationConfig.responseJsonSchema"),
        ),
    ),
    CACHING: Option(
        mark("Prompt caching"), "prompt_caching", can=_marks, asks=("cache_control", "system[].cache_control")
    ),
    THINKING: Option(
        mark("Thinking"),
        "reasoning",
        asks=("thinking", "reasoning", "reasoning_effort", "generationConfig.thinkingConfig"),
    ),
    BATCH: Option(mark("Several texts")),
    COUNT: Option(mark("Count tokens")),
    ASYNC: Option(mark("Async"), languages=("python",)),
    TIMEOUTS: Option(
        mark("Timeouts"), languages=("curl", "python", "javascript", "typescript", "go", "ruby", "php")
    ),
    WEBHOOK: Option(mark("Webhook")),
    RETRY: Option(mark("Safe retry")),
}
"""Options in the order of the page."""


def forms_of(record: Record, protocol: str) -> dict[str, list[Form]]:
    """Return a model's options in a protocol, each with the forms it may have, the preferred first."""
    declared = DIALECTS[protocol].forms if protocol in DIALECTS else {}
    offered = {
        key: [form for form in _chain(declared.get(key)) if _takes(record, form)]
        for key, option in OPTIONS.items()
        if _has(record, option)
    }
    return {key: forms for key, forms in offered.items() if forms}


def _has(record: Record, option: Option) -> bool:
    is_stated = not option.capability or option.capability in record["capabilities"]
    return is_stated and not _is_denied(record, option.unless) and option.can(record)


def _chain(form: Form | None) -> Iterator[Form]:
    while form:
        yield form
        form = form.instead


def _takes(record: Record, form: Form) -> bool:
    is_stated = not form.needs or form.needs in record["capabilities"]
    return is_stated and not _is_denied(record, form.without)


def _is_denied(record: Record, word: str) -> bool:
    # Where sources disagree, one of them denies it: a sample asks for what none does.
    return word in record["lacks"] or word in record["disputed"]


def option_fields(record: Record, protocol: str) -> list[ParameterRecord]:
    """List fields that a model's options add to bodies."""
    return [form.asks for forms in forms_of(record, protocol).values() for form in forms[:1] if form.asks]


def unoffered(record: Record) -> Iterator[str]:
    """List fields and parts that ask for what a source denies of the model."""
    for option in OPTIONS.values():
        if {option.capability, option.unless} & {*record["lacks"]}:
            yield from option.asks
    if "temperature" in record["lacks"]:
        yield from ("temperature", "top_p", "top_k")
        yield from ("generationConfig.temperature", "generationConfig.topP", "generationConfig.topK")
    if _is_denied(record, "thinking_budget"):
        yield "thinking.budget_tokens"
