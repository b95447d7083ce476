"""Writes what a model's requests may hold as JSON Schema 2020-12, one definition for each call."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from catalog.record import ParameterRecord, Record, RuleRecord
from catalog.snippets.constraints import item_of, properties_of, same
from catalog.snippets.dialects import DIALECTS, parameters_of, rules_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]


def parameter_schema(record: Record, address: str) -> Schema | None:
    """Give the schema that is served at `address`, or None where nothing is recorded of any request.

    `$defs` has one schema for each call, named as in `call_name`; the document takes a body that fits one.
    """
    calls = {name: _call(record, protocol, action) for name, protocol, action in _calls(record)}
    if not calls:
        return None
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": record["model_id"],
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in calls],
        "$defs": calls,
    }


def call_name(protocol: str, action: str | None) -> str:
    """Name a call by its action, as in `text_to_image` or `message`, else by its protocol."""
    dialect = DIALECTS.get(protocol)
    return (dialect and dialect.action) or action or protocol


def _calls(record: Record) -> Iterator[tuple[str, str, str | None]]:
    """Go through the calls of which parameters are known, each once: those with an address come first."""
    seen = set()
    addressed = [(row["protocol"], row["action"]) for row in record["endpoints"] if row["method"] == "POST"]
    for protocol, action in [*addressed, *(("", action) for action in record["parameters"])]:
        name = call_name(protocol, action)
        if name not in seen and parameters_of(record, protocol, action):
            seen.add(name)
            yield name, protocol, action


def _call(record: Record, protocol: str, action: str | None) -> Schema:
    parameters = parameters_of(record, protocol, action)
    rules = [_rule(rule, parameters, record) for rule in rules_of(record, protocol, action)]
    dialect = DIALECTS.get(protocol)
    schema = _object(parameters)
    if dialect and dialect.fields:  # of a protocol's many fields only those that samples need are on record
        del schema["additionalProperties"]
    _bind(schema["properties"], record)
    return schema | ({"allOf": found} if (found := [rule for rule in rules if rule]) else {})


def _bind(properties: dict[str, Schema], record: Record) -> None:
    """Add what the model itself says of its ID and of the longest output."""
    if "model" in properties:
        ids = dict.fromkeys([record["model_id"], *record["aliases"]])
        properties["model"] = {**properties["model"], "enum": list(ids)}
    limit = record["max_output_tokens"]
    if limit and "max_tokens" in properties:
        stated = properties["max_tokens"].get("maximum", limit)
        properties["max_tokens"]["maximum"] = min(stated, limit)


def _object(parameters: Sequence[ParameterRecord]) -> Schema:
    required = [spec["name"] for spec in parameters if spec["required"]]
    return {
        "type": "object",
        "properties": {spec["name"]: _parameter(spec) for spec in parameters},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _parameter(spec: ParameterRecord) -> Schema:
    """Write one parameter; what is not stated of it is left out."""
    kind = spec["type"]
    item = item_of(spec) if kind == "array" else None
    inside = properties_of(spec["items"]) if kind == "object" else []
    stated: Schema = {
        "type": kind,
        "description": spec["description"],
        "enum": None if spec["enum"] is None else _distinct(_typed(value, kind) for value in spec["enum"]),
        "default": _typed(spec["default"], kind),
        "minimum": _number(spec["minimum"]),
        "maximum": _number(spec["maximum"]),
        "minLength": spec["min_length"],
        "maxLength": spec["max_length"],
        "minItems": spec["min_items"],
        "maxItems": spec["max_items"],
        "pattern": spec["pattern"],
        "items": _parameter(item) if item else None,
    }
    known = {key: value for key, value in stated.items() if value not in (None, "")}
    return known | (_object(inside) if inside else {})


def _rule(rule: RuleRecord, parameters: Sequence[ParameterRecord], record: Record) -> Schema | None:
    """Write a rule as `if` and `then`, or None where it speaks of another model or asks for nothing."""
    specs = {spec["name"]: spec for spec in parameters}
    conditions = [
        _condition(name, value, specs.get(name), record["model_id"]) for name, value in rule["when"].items()
    ]
    then: Schema = {}
    if rule["required"]:
        then["required"] = list(rule["required"])
    if rule["forbidden"]:
        then["properties"] = dict.fromkeys(rule["forbidden"], False)
    if not then or False in conditions:
        return None
    return {"if": {"allOf": conditions}, "then": then} if conditions else then


def _condition(name: str, value: Any, spec: ParameterRecord | None, model_id: str) -> Schema | bool:
    """Write one condition; a parameter that is left out counts with its default, `model` with the ID."""
    if isinstance(value, dict) and "present" in value:
        given = {"required": [name]}
        return given if value["present"] else {"not": given}
    default = model_id if name == "model" else spec and spec["default"]
    if name == "model" and not same(value, model_id):
        return False
    equal: Schema = {"properties": {name: {"const": _typed(value, spec and spec["type"])}}}
    return equal if same(default, value) else {**equal, "required": [name]}


def _typed(value: Any, kind: str | None) -> Any:
    """Give a number that was recorded as text its type back."""
    return _number(value) if kind in {"integer", "number"} and not isinstance(value, bool) else value


def _number(value: Any) -> Any:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return value
    return int(number) if number == number.to_integral_value() else float(number)


def _distinct(values: Iterator[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if not any(same(value, other) and type(value) is type(other) for other in found):
            found.append(value)
    return found
