"""Writes what a model's requests may hold as JSON Schema 2020-12, one definition for each call."""

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
    """One call: its recorded `parameters`, and `others` that its protocol names.

    A page and the address of a schema use its `key`, the records and `$defs` its `name`.
    """

    key: str
    name: str
    protocol: str
    action: str | None
    parameters: list[ParameterRecord]
    others: list[ParameterRecord]
    rules: Sequence[RuleRecord]


def parameter_schema(record: Record, address: str) -> Schema | None:
    """Return the schema served at `address`, or None where no request is recorded.

    A protocol's field without a record may hold what the protocol allows. Unknown names are refused, and so
    is a field that asks for what the model is not known to do.

    `$defs` has one schema per call, named as in `call_name`; the document accepts a body that fits one.
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
    """Return the schema of one call, by its key or name, or None where there is no such call.

    Its address is the whole schema's with `?call=`: a body that fits another call only is refused.
    """
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
    """Return the query of one call: `call=text_to_image`."""
    return urlencode({"call": call.key})


def call_name(protocol: str, action: str | None) -> str:
    """Return a call's action, as in `text_to_image` or `message`, else its protocol."""
    dialect = DIALECTS.get(protocol)
    return (dialect and dialect.action) or action or protocol


def calls_of(record: Record) -> Iterator[Call]:
    """Go through the calls of which parameters are known, each once: those with an address come first."""
    seen = set()
    addressed = [(row["protocol"], row["action"]) for row in record["endpoints"] if row["method"] == "POST"]
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
    """Add what the model itself says of its ID and of the longest output."""
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
        held.setdefault("properties", {})[closed.part] = False
    return schema | ({"allOf": known_rules} if (known_rules := [rule for rule in rules if rule]) else {})
