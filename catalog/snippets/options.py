"""What a call can be asked for beside a plain answer: which models can, and how each protocol says it."""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.records.record import ParameterRecord, Record
from catalog.snippets import option_bodies as bodies
from catalog.snippets.constraints import parameter
from catalog.text.language import mark

BASIC = "basic"
STREAMING = "streaming"
TOOLS = "tools"
IMAGE = "image"
STRUCTURED = "structured"
CACHING = "caching"
THINKING = "thinking"
WEBHOOK = "webhook"
RETRY = "retry"


@dataclass(frozen=True, slots=True)
class Form:
    """How one protocol says an option: what its body gets, and the field that it has for this, if any.

    Where the model's own recorded parameters hold all of `recorded`, those say it instead. `needs` is a
    capability without which this protocol cannot say it.
    """

    added: Mapping[str, Any]
    asks: ParameterRecord | None = None
    needs: str = ""
    recorded: Mapping[str, Any] = field(default_factory=dict)

    def said(self, body: Mapping[str, Any], names: Container[str]) -> dict[str, Any]:
        """Give a plain body with this option in it; `names` are the model's recorded parameters."""
        is_recorded = self.recorded and all(name in names for name in self.recorded)
        return {**body, **(self.recorded if is_recorded else self.added)}


@dataclass(frozen=True, slots=True)
class Option:
    """One option: which models can, by their records, and its form in each protocol that knows it.

    `asks` are names of fields that ask for this and nothing else, in whatever protocol: `stream_options`, or
    `text.format` and `system[].cache_control` where only that part of a field, or of its items, does.
    """

    label: str
    can: Callable[[Record], bool] | None = None
    forms: Mapping[str, Form] = field(default_factory=dict)
    asks: tuple[str, ...] = ()

    def form(self, record: Record, protocol: str) -> Form | None:
        """Give the form in which a model understands this option, or None."""
        form = self.forms.get(protocol)
        if form is None or self.can is None or not self.can(record):
            return None
        return form if not form.needs or form.needs in record["capabilities"] else None


def _capable(name: str) -> Callable[[Record], bool]:
    return lambda record: name in record["capabilities"]


def _sees(record: Record) -> bool:
    return "vision" in record["capabilities"] or "image" in (record["input_modalities"] or ())


def _caches(record: Record) -> bool:
    """Say whether caching is a capability, or what is written to the cache has a price."""
    priced = any(row["meter"].startswith("cache_write") for row in record["prices"])
    return priced or "prompt_caching" in record["capabilities"]


def _forms(said: Mapping[str, Mapping[str, Any]], **fields: ParameterRecord) -> dict[str, Form]:
    """Give each protocol its form; the keywords are the fields for this by the first word of a protocol."""
    return {
        protocol: Form(added, next((fields[name] for name in fields if protocol.endswith(name)), None))
        for protocol, added in said.items()
    }


_STREAM = Form({"stream": True}, parameter("stream", "boolean"))
# A stream of openai-chat says what was used where it is asked to: without, nobody knows what the call cost.
_TOLD_STREAM = Form({**_STREAM.added, "stream_options": {"include_usage": True}}, _STREAM.asks)
_TOOLS = parameter("tools", "array", min_items=1)
_GENERATION = parameter("generationConfig", "object")

OPTIONS: dict[str, Option] = {
    BASIC: Option(mark("Basic")),
    STREAMING: Option(
        mark("Streaming"),
        _capable("streaming"),
        dict.fromkeys(("anthropic-messages", "openai-responses"), _STREAM) | {"openai-chat": _TOLD_STREAM},
        asks=("stream", "stream_options"),
    ),
    TOOLS: Option(
        mark("Tool use"),
        _capable("tool_call"),
        {protocol: Form(added, _TOOLS) for protocol, added in bodies.TOOLS.items()},
        asks=(
            *("tools", "tool_choice", "parallel_tool_calls", "max_tool_calls", "toolConfig"),
            *("functions", "function_call"),
        ),
    ),
    IMAGE: Option(
        mark("Image input"), _sees, {protocol: Form(added) for protocol, added in bodies.IMAGE.items()}
    ),
    STRUCTURED: Option(
        mark("Structured output"),
        _capable("structured_output"),
        _forms(
            bodies.STRUCTURED,
            messages=parameter("output_config", "object"),
            chat=parameter("response_format", "object"),
            responses=parameter("text", "object"),
            content=_GENERATION,
        ),
        asks=(
            *("response_format", "text.format", "output_config.format"),
            *("generationConfig.responseSchema", "generationConfig.responseJsonSchema"),
        ),
    ),
    CACHING: Option(
        mark("Prompt caching"),
        _caches,
        {
            # A text, or blocks of which one is marked: no single type.
            "anthropic-messages": Form(bodies.CACHING["anthropic-messages"], parameter("system", None)),
            "openai-chat": Form(bodies.CACHING["openai-chat"], needs="prompt_cache_breakpoint"),
            "openai-responses": Form(bodies.CACHING["openai-responses"], needs="prompt_cache_breakpoint"),
        },
        asks=("cache_control", "system[].cache_control"),
    ),
    THINKING: Option(
        mark("Thinking"),
        _capable("reasoning"),
        _forms(
            {name: added for name, added in bodies.THINKING.items() if name != "anthropic-messages"},
            chat=parameter("reasoning_effort", "string"),
            responses=parameter("reasoning", "object"),
            content=_GENERATION,
        )
        | {
            "anthropic-messages": Form(
                bodies.THINKING["anthropic-messages"],
                parameter("thinking", "object"),
                recorded=bodies.EFFORT,
            )
        },
        asks=("thinking", "reasoning", "reasoning_effort", "generationConfig.thinkingConfig"),
    ),
    WEBHOOK: Option(mark("Webhook")),
    RETRY: Option(mark("Safe retry")),
}
"""Option -> what it is, in the order in which a page offers them; what a task can is said by its request."""


def forms_of(record: Record, protocol: str) -> dict[str, Form]:
    """Give the options that a model understands in a protocol, with their forms there."""
    found = {key: option.form(record, protocol) for key, option in OPTIONS.items()}
    return {key: form for key, form in found.items() if form}


def option_fields(record: Record, protocol: str) -> list[ParameterRecord]:
    """List the fields that a protocol's body may hold because this model can what they ask for."""
    return [form.asks for form in forms_of(record, protocol).values() if form.asks]


def unoffered(record: Record) -> Iterator[str]:
    """Name the fields, and parts of fields, that ask for what the model is not known to do."""
    for option in OPTIONS.values():
        if option.can is not None and not option.can(record):
            yield from option.asks
