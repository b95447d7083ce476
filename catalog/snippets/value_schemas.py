"""Parameters and rules as JSON Schema."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from catalog.records.record import ParameterRecord, Record, RuleRecord
from catalog.snippets.constraints import item_of, properties_of, same

Schema = dict[str, Any]


def object_schema(parameters: Sequence[ParameterRecord]) -> Schema:
    """Build the schema of an object."""
    required = [spec["name"] for spec in parameters if spec["required"]]
    return {
        "type": "object",
        "properties": {spec["name"]: _parameter(spec) for spec in parameters},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _parameter(spec: ParameterRecord) -> Schema:
    """Build a parameter's schema, without unstated keywords."""
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
    return known | (object_schema(inside) if inside else {})


def open_object(spec: ParameterRecord) -> Schema:
    """Build the schema of a field that may be null."""
    schema = _parameter(spec)
    return schema | {"type": [spec["type"], "null"]} if spec["type"] else schema


def rule_schema(rule: RuleRecord, parameters: Sequence[ParameterRecord], record: Record) -> Schema | None:
    """Return a rule as `if` and `then`, if it has an effect."""
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
    path = [name] if spec else name.split(".")
    if isinstance(value, dict) and "present" in value:
        given = _inside(path, {})
        return given if value["present"] else {"not": given}
    if isinstance(value, dict) and "not" in value:
        other = _condition(name, value["not"], spec, model_id)
        return {"not": other} if isinstance(other, dict) else other
    # An absent parameter counts with its default.
    default = model_id if name == "model" else spec and spec["default"]
    # A rule about another model never holds here.
    if name == "model" and not same(value, model_id):
        return False
    equal = {"const": _typed(value, spec and spec["type"])}
    return {"properties": {name: equal}} if same(default, value) else _inside(path, equal)


def _inside(path: list[str], schema: Schema) -> Schema:
    """Return the schema of an object that has a field, however deep, of this schema."""
    part, *rest = path
    name = part.removesuffix("[]")
    held = {"type": "object", **_inside(rest, schema)} if rest else schema
    if part != name:
        held = {"type": "array", "contains": held}
    return {**({"properties": {name: held}} if held else {}), "required": [name]}


def _typed(value: Any, kind: str | None) -> Any:
    """Return a number recorded as text in its type."""
    return _number(value) if kind in {"integer", "number"} and not isinstance(value, bool) else value


def _number(value: Any) -> Any:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return value
    return int(number) if number == number.to_integral_value() else float(number)


def _distinct(values: Iterator[Any]) -> list[Any]:
    distinct: list[Any] = []
    for value in values:
        if not any(same(value, other) and type(value) is type(other) for other in distinct):
            distinct.append(value)
    return distinct
