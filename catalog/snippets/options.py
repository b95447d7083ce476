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
    # None: not a matter of the model; its request tells.
    can: Callable[[Record], bool] | None = None
    # Fields, or parts such as `text.format` and `system[].cache_control`, that ask for this and nothing else.
    asks: tuple[str, ...] = ()


def _capable(name: str) -> Callable[[Record], bool]:
    return lambda record: name in record["capabilities"]


def _sees(record: Record) -> bool:
    return "vision" in record["capabilities"] or "image" in (record["input_modalities"] or ())


def _caches(record: Record) -> bool:
    # A price of cache writes shows it, even where the capability is not recorded.
    priced = any(row["meter"].startswith("cache_write") for row in record["prices"])
    return priced or "prompt_caching" in record["capabilities"]


OPTIONS: dict[str, Option] = {
    BASIC: Option(mark("Basic")),
    STREAMING: Option(mark("Streaming"), _capable("streaming"), asks=("stream", "stream_options")),
    TOOLS: Option(
        mark("Tool use"),
        _capable("tool_call"),
        asks=(
            *("tools", "tool_choice", "parallel_tool_calls", "max_tool_calls", "toolConfig"),
            *("functions", "function_call"),
        ),
    ),
    IMAGE: Option(mark("Image input"), _sees),
    STRUCTURED: Option(
        mark("Structured output"),
        _capable("structured_output"),
        asks=(
            *("response_format", "text.format", "output_config.format"),
            *("generationConfig.responseSchema", "generationConfig.responseJsonSchema"),
        ),
    ),
    CACHING: Option(mark("Prompt caching"), _caches, asks=("cache_control", "system[].cache_control")),
    THINKING: Option(
        mark("Thinking"),
        _capable("reasoning"),
        asks=("thinking", "reasoning", "reasoning_effort", "generationConfig.thinkingConfig"),
    ),
    WEBHOOK: Option(mark("Webhook")),
    RETRY: Option(mark("Safe retry")),
}
"""Options in the order of the page."""


def forms_of(record: Record, protocol: str) -> dict[str, Form]:
    """Return a model's options in a protocol."""
    declared = DIALECTS[protocol].forms if protocol in DIALECTS else {}
    return {
        key: declared[key]
        for key, option in OPTIONS.items()
        if key in declared and option.can is not None and option.can(record) and _says(record, declared[key])
    }


def _says(record: Record, form: Form) -> bool:
    return not form.needs or form.needs in record["capabilities"]


def option_fields(record: Record, protocol: str) -> list[ParameterRecord]:
    """List fields that a model's options add to bodies."""
    return [form.asks for form in forms_of(record, protocol).values() if form.asks]


def unoffered(record: Record) -> Iterator[str]:
    """List fields and parts that ask for missing capabilities."""
    for option in OPTIONS.values():
        if option.can is not None and not option.can(record):
            yield from option.asks
