"""A model's requests as JSON Schema 2020-12."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from catalog.records.record import ParameterRecord, Record, RuleRecord
from catalog.snippets.call_parameters import closed_parts, open_fields, parameters_of, rules_of
from catalog.snippets.protocols import DIALECTS, LENGTHS
from catalog.snippets.value_schemas import Schema, object_schema, open_object, rule_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Call:
    """One call, with its parameters and rules."""

    # In addresses and on pages; `name` is the key in records and in `$defs`.
    key: str
    name: str
    protocol: str
    action: str | None
    parameters: list[ParameterRecord]
    # Fields that only the protocol names.
    others: list[ParameterRecord]
    rules: Sequence[RuleRecord]


def parameter_schema(record: Record, address: str) -> Schema | None:
    """Return the schema served at `address`, if any request is recorded.

    `$defs` has one schema per call; a body must fit any of them.
    """
    calls = {call.name: _call(record, call) for call in calls_of(record)}
    if not calls:
        return None
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": record["model_id"],
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in calls],
        "$defs": calls,
    }


def call_schema(record: Record, address: str, key: str) -> Schema | None:
    """Return the schema of one call, by key or name."""
    call = next((call for call in calls_of(record) if key in {call.key, call.name}), None)
    if call is None:
        return None
    return {
        "$schema": DIALECT,
        "$id": f"{address}?{call_query(call)}",
        "title": f"{record['model_id']} {call.name}",
        **_call(record, call),
    }


def call_query(call: Call) -> str:
    """Return `call=text_to_image`."""
    return urlencode({"call": call.key})


def call_name(protocol: str, action: str | None) -> str:
    """Return a call's action, else its protocol."""
    dialect = DIALECTS.get(protocol)
    return (dialect and dialect.action) or action or protocol


def calls_of(record: Record) -> Iterator[Call]:
    """List the calls with known parameters, once each."""
    seen = set()
    addressed = [(row["protocol"], row["action"]) for row in record["endpoints"] if row["method"] == "POST"]
    # Calls with an address come first; they know their protocol.
    for protocol, action in [*addressed, *(("", action) for action in record["parameters"])]:
        name = call_name(protocol, action)
        specs = parameters_of(record, protocol, action)
        if name not in seen and specs:
            seen.add(name)
            bound = [_bound(spec, record) for spec in specs]
            others = [_bound(spec, record) for spec in open_fields(record, protocol, action)]
            rules = rules_of(record, protocol, action)
            yield Call(action or protocol, name, protocol, action, bound, others, rules)


def _bound(spec: ParameterRecord, record: Record) -> ParameterRecord:
    """Add the model's ID and longest output."""
    limit = record["max_output_tokens"]
    if spec["name"] == "model":
        return {**spec, "type": "string", "enum": [record["model_id"], *record["aliases"]]}
    if spec["name"] in LENGTHS and limit:
        stated = Decimal(spec["maximum"]) if spec["maximum"] else Decimal(limit)
        return {**spec, "maximum": str(min(stated, Decimal(limit)))}
    return spec


def _call(record: Record, call: Call) -> Schema:
    rules = [rule_schema(rule, call.parameters, record) for rule in call.rules]
    schema = object_schema(call.parameters)
    properties = schema["properties"]
    properties |= {spec["name"]: open_object(spec) for spec in call.others}
    for closed in closed_parts(record, call.protocol):
        inside = properties[closed.field]
        held = inside.setdefault("items", {}) if closed.is_of_items else inside
        # The schema `false` refuses any value.
        held.setdefault("properties", {})[closed.part] = False
    return schema | ({"allOf": known_rules} if (known_rules := [rule for rule in rules if rule]) else {})
