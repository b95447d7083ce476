"""The options of a call beside a plain answer: which models have them, and how each protocol writes them."""

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
    """One option: which models can, by their records; each protocol declares its own form of it.

    `asks` are names of fields that ask for this and nothing else, in whatever protocol: `stream_options`, or
    `text.format` and `system[].cache_control` where only that part of a field, or of its items, does.
    """

    label: str
    can: Callable[[Record], bool] | None = None
    asks: tuple[str, ...] = ()


def _capable(name: str) -> Callable[[Record], bool]:
    return lambda record: name in record["capabilities"]


def _sees(record: Record) -> bool:
    return "vision" in record["capabilities"] or "image" in (record["input_modalities"] or ())


def _caches(record: Record) -> bool:
    """Whether caching is a capability, or cache writes have a price."""
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
"""Option -> what it is, in the order in which a page offers them; what a task can is said by its request."""


def forms_of(record: Record, protocol: str) -> dict[str, Form]:
    """Return the options that a model understands in a protocol, with their forms there."""
    declared = DIALECTS[protocol].forms if protocol in DIALECTS else {}
    return {
        key: declared[key]
        for key, option in OPTIONS.items()
        if key in declared and option.can is not None and option.can(record) and _says(record, declared[key])
    }


def _says(record: Record, form: Form) -> bool:
    return not form.needs or form.needs in record["capabilities"]


def option_fields(record: Record, protocol: str) -> list[ParameterRecord]:
    """List the fields that a protocol's body may hold because this model can what they ask for."""
    return [form.asks for form in forms_of(record, protocol).values() if form.asks]


def unoffered(record: Record) -> Iterator[str]:
    """Return the fields, and parts of fields, that ask for what the model is not known to do."""
    for option in OPTIONS.values():
        if option.can is not None and not option.can(record):
            yield from option.asks
