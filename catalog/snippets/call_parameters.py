"""What a call's body may hold, from its protocol and the model's record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.records.record import ParameterRecord, Record, RuleRecord
from catalog.snippets.constraints import parameter
from catalog.snippets.options import option_fields, unoffered
from catalog.snippets.protocol import Field
from catalog.snippets.protocols import DIALECTS, PROTOCOL_FIELDS


def parameters_of(record: Record, protocol: str, action: str | None) -> list[ParameterRecord]:
    """List the protocol's fields and the recorded parameters."""
    dialect = DIALECTS.get(protocol)
    recorded = recorded_parameters(record, protocol, action)
    given = (*dialect.fields, *option_fields(record, protocol)) if dialect else ()
    fields = {spec["name"]: spec for spec in given}
    typed = {spec["name"]: _typed(spec, fields.get(spec["name"])) for spec in recorded}
    meanings = PROTOCOL_FIELDS.get(protocol, {})
    # What is recorded of the model wins.
    return [_described(spec, meanings.get(spec["name"])) for spec in (fields | typed).values()]


def open_fields(record: Record, protocol: str, action: str | None) -> list[ParameterRecord]:
    """List fields that only the protocol names; each may be null."""
    # Fields that ask for a missing capability are refused, not left open.
    known = {spec["name"] for spec in parameters_of(record, protocol, action)} | {*unoffered(record)}
    named = PROTOCOL_FIELDS.get(protocol, {})
    return [
        _described(parameter(name, named[name].kind), named[name])
        for name in sorted(named)
        if name not in known
    ]


@dataclass(frozen=True, slots=True)
class ClosedPart:
    """A part of a field, or of its items, that asks for a missing capability."""

    field: str
    part: str
    is_of_items: bool

    def is_in(self, body: Mapping[str, Any]) -> bool:
        """Whether a body has it."""
        inside = body.get(self.field)
        held = inside if self.is_of_items and isinstance(inside, list) else [inside]
        return any(isinstance(each, dict) and self.part in each for each in held)


def closed_parts(record: Record, protocol: str) -> list[ClosedPart]:
    """List parts of a protocol's fields that ask for missing capabilities."""
    named = PROTOCOL_FIELDS.get(protocol, {})
    parts = [path.split(".") for path in unoffered(record) if "." in path]
    parts_of_fields = [
        ClosedPart(field.removesuffix("[]"), part, field.endswith("[]")) for field, part in parts
    ]
    return [closed for closed in parts_of_fields if closed.field in named]


def recorded_parameters(record: Record, protocol: str, action: str | None) -> list[ParameterRecord]:
    """List the recorded parameters of a call."""
    dialect = DIALECTS.get(protocol)
    return record["parameters"].get((dialect and dialect.action) or action or "", [])


def takes_no_others(record: Record, action: str) -> bool:
    """Whether a call takes only what is recorded; a protocol names more than a source states of a model."""
    protocols = [row["protocol"] for row in record["endpoints"]]
    return not any(
        PROTOCOL_FIELDS.get(protocol) and (DIALECTS[protocol].action or "") == action
        for protocol in protocols
    )


def rules_of(record: Record, protocol: str, action: str | None) -> Sequence[RuleRecord]:
    """List the rules for a body; those of a call without an action stand under its protocol."""
    dialect = DIALECTS.get(protocol)
    key = (dialect and dialect.action) or action or ""
    return [*record["rules"].get(key, ()), *record["rules"].get(protocol, ())]


def uncounted(protocol: str, path: str) -> tuple[str, ...]:
    """Return the fields that an address does not take, if it only counts tokens."""
    dialect = DIALECTS.get(protocol)
    is_counting = dialect and dialect.counting and path.endswith(dialect.counting)
    return dialect.uncounted if dialect and is_counting else ()


def _described(spec: ParameterRecord, field: Field | None) -> ParameterRecord:
    return spec if spec["description"] or field is None else spec | {"description": field.meaning}


def _typed(recorded: ParameterRecord, field: ParameterRecord | None) -> ParameterRecord:
    # A record may lack the type that the protocol states.
    if field is None or recorded["type"]:
        return recorded
    return recorded | {"type": field["type"], "minimum": recorded["minimum"] or field["minimum"]}
