"""How each protocol is called: its fields, its plain body, and what a model's body may hold in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.records.record import ParameterRecord, Record, RuleRecord
from catalog.snippets import sample_values as known
from catalog.snippets.constraints import parameter
from catalog.snippets.options import option_fields, unoffered
from catalog.snippets.protocol_fields import PROTOCOL_FIELDS


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one protocol is called: `calls` are endings of its main call's path, the preferred first."""

    calls: tuple[str, ...]
    fields: tuple[ParameterRecord, ...] = ()
    given: Callable[[], dict[str, Any]] = dict
    action: str | None = None
    is_asynchronous: bool = False


def _messages() -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": known.CHAT_PROMPT}]}


def _contents() -> dict[str, Any]:
    return {"contents": [{"role": "user", "parts": [{"text": known.CHAT_PROMPT}]}]}


_MODEL = parameter("model", "string", required=True)

DIALECTS: dict[str, Dialect | None] = {
    "anthropic-messages": Dialect(
        calls=("/messages",),
        fields=(
            _MODEL,
            parameter("max_tokens", "integer", required=True, minimum="1"),
            parameter("messages", "array", required=True, min_items=1),
        ),
        given=_messages,
        action="message",
    ),
    "openai-chat": Dialect(
        calls=("/chat/completions",),
        fields=(_MODEL, parameter("messages", "array", required=True, min_items=1)),
        given=_messages,
    ),
    "openai-responses": Dialect(
        calls=("/responses",),
        fields=(_MODEL, parameter("input", None, required=True)),
        given=lambda: {"input": known.CHAT_PROMPT},
    ),
    "openai-embeddings": Dialect(
        calls=("/embeddings",),
        fields=(
            _MODEL,
            # One text, several, or tokens: no single type.
            parameter("input", None, required=True),
            parameter("encoding_format", "string", enum=["float", "base64"]),
        ),
        # The SDKs ask for base64 on their own; said here, every language sends the same body.
        given=lambda: {"input": known.EMBEDDING_INPUT, "encoding_format": "float"},
    ),
    "gemini-generate-content": Dialect(
        calls=(":generateContent", ":streamGenerateContent"),
        fields=(parameter("contents", "array", required=True, min_items=1),),
        given=_contents,
    ),
    "task": Dialect(calls=("",), is_asynchronous=True),
    "task-sync": Dialect(calls=("",)),
    "realtime": None,
}
"""Protocol -> how it is called; None where nothing that runs by itself is known."""


def parameters_of(record: Record, protocol: str, action: str | None) -> list[ParameterRecord]:
    """List what a body may hold: the protocol's fields and the model's recorded parameters, which win."""
    dialect = DIALECTS.get(protocol)
    recorded = recorded_parameters(record, protocol, action)
    given = (*dialect.fields, *option_fields(record, protocol)) if dialect else ()
    fields = {spec["name"]: spec for spec in given}
    typed = {spec["name"]: _typed(spec, fields.get(spec["name"])) for spec in recorded}
    return list((fields | typed).values())


def open_fields(record: Record, protocol: str, action: str | None) -> list[ParameterRecord]:
    """List the fields that a protocol names beside these, of which nothing is on record: each may be null.

    A field that asks for what the model is not known to do is none of them.
    """
    known = {spec["name"] for spec in parameters_of(record, protocol, action)} | {*unoffered(record)}
    named = PROTOCOL_FIELDS.get(protocol, {})
    return [parameter(name, named[name].kind) for name in sorted(named) if name not in known]


@dataclass(frozen=True, slots=True)
class ClosedPart:
    """A part of a field, or of each of its items, that asks for what the model is not known to do."""

    field: str
    part: str
    is_of_items: bool

    def is_in(self, body: Mapping[str, Any]) -> bool:
        """Say whether a body has it."""
        inside = body.get(self.field)
        held = inside if self.is_of_items and isinstance(inside, list) else [inside]
        return any(isinstance(each, dict) and self.part in each for each in held)


def closed_parts(record: Record, protocol: str) -> list[ClosedPart]:
    """List the parts of a protocol's fields that ask for what the model is not known to do."""
    named = PROTOCOL_FIELDS.get(protocol, {})
    parts = [asked.split(".") for asked in unoffered(record) if "." in asked]
    found = [ClosedPart(field.removesuffix("[]"), part, field.endswith("[]")) for field, part in parts]
    return [closed for closed in found if closed.field in named]


def recorded_parameters(record: Record, protocol: str, action: str | None) -> list[ParameterRecord]:
    """List the parameters that the catalog records of a call."""
    dialect = DIALECTS.get(protocol)
    return record["parameters"].get((dialect and dialect.action) or action or "", [])


def rules_of(record: Record, protocol: str, action: str | None) -> Sequence[RuleRecord]:
    """List the rules that hold for a body."""
    dialect = DIALECTS.get(protocol)
    return record["rules"].get((dialect and dialect.action) or action or "", [])


def _typed(recorded: ParameterRecord, field: ParameterRecord | None) -> ParameterRecord:
    if field is None or recorded["type"]:
        return recorded
    return recorded | {"type": field["type"], "minimum": recorded["minimum"] or field["minimum"]}
