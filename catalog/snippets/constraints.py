"""What a parameter and its rules require of a value, with exact error messages."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from catalog.records.record import ParameterRecord, RuleRecord

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float, Decimal),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


def parameter(name: str, kind: str | None, *, required: bool = False, **known: Any) -> ParameterRecord:
    """Return a parameter record with only the given bounds."""
    blank: ParameterRecord = {
        "name": name,
        "type": kind,
        "required": required,
        "enum": None,
        "default": None,
        "minimum": None,
        "maximum": None,
        "min_length": None,
        "max_length": None,
        "min_items": None,
        "max_items": None,
        "pattern": None,
        "items": None,
        "description": "",
    }
    return blank | known  # type: ignore[return-value]


def item_of(array: ParameterRecord) -> ParameterRecord | None:
    """Return the parameter of one array item, under the array's name; None where not stated."""
    return _nested(array["name"], array["items"]) if array["items"] else None


def properties_of(schema: Mapping[str, Any] | None) -> list[ParameterRecord]:
    """List the properties of an `items` object, given as a list or as a JSON Schema map."""
    stated = (schema or {}).get("properties") or []
    if isinstance(stated, Mapping):
        named = (schema or {}).get("required")
        required = named if isinstance(named, list) else []
        return [_nested(name, {"required": name in required, **spec}) for name, spec in stated.items()]
    return [_nested(spec["name"], spec) for spec in stated]


def _nested(name: str, spec: Mapping[str, Any]) -> ParameterRecord:
    lengths = spec.get("bounds_are") == "string_length" or spec.get("type") == "string"
    low, high = spec.get("minimum", spec.get("min")), spec.get("maximum", spec.get("max"))
    shape = {key: spec[key] for key in ("properties", "required") if key in spec}
    properties = shape if "properties" in spec else None
    return parameter(
        name,
        spec.get("type"),
        required=spec.get("required") is True,
        enum=spec.get("enum"),
        default=spec.get("default"),
        minimum=None if lengths or low is None else str(low),
        maximum=None if lengths or high is None else str(high),
        min_length=spec.get("min_length", low if lengths else None),
        max_length=spec.get("max_length", high if lengths else None),
        min_items=spec.get("min_items"),
        max_items=spec.get("max_items"),
        pattern=spec.get("pattern"),
        items=spec.get("items") or properties,
    )


def holds(
    rule: RuleRecord, body: Mapping[str, Any], specs: Mapping[str, ParameterRecord], model_id: str
) -> bool:
    """Whether a rule's `when` is met: by equal values (a default counts) or by `{"present": …}`."""
    return all(
        (name in body) is condition["present"]
        if isinstance(condition, dict) and "present" in condition
        else same(_value(name, body, specs, model_id), condition)
        for name, condition in rule["when"].items()
    )


def _value(name: str, body: Mapping[str, Any], specs: Mapping[str, ParameterRecord], model_id: str) -> Any:
    if name in body:
        return body[name]
    if name == "model":
        return model_id
    return specs[name]["default"] if name in specs else None


def misfits(spec: ParameterRecord, value: Any, where: str | None = None) -> list[str]:
    """List what is wrong with a value for this parameter; empty if nothing is."""
    where = where or spec["name"]
    kind = spec["type"]
    if kind in _TYPES and not _is(kind, value):
        return [f"{where}: must be {kind}, is {value!r}"]
    problems = []
    if spec["enum"] is not None and not any(same(value, allowed) for allowed in spec["enum"]):
        problems.append(f"{where}: {value!r} is not one of {spec['enum']!r}")
    if isinstance(value, str):
        problems += _length_misfits(spec, value, where)
    elif isinstance(value, list):
        problems += _list_misfits(spec, value, where)
    elif isinstance(value, dict):
        problems += object_misfits(properties_of(spec["items"]), value, where)
    elif not isinstance(value, bool) and value is not None:
        problems += _bound_misfits(spec, value, where)
    return problems


def object_misfits(properties: Sequence[ParameterRecord], value: Mapping[str, Any], where: str) -> list[str]:
    """Check an object inside an array; one without stated properties passes."""
    if not properties:
        return []
    known = {spec["name"]: spec for spec in properties}
    problems = [f"{where}.{name}: unknown" for name in value if name not in known]
    problems += [
        f"{where}.{name}: missing" for name, spec in known.items() if spec["required"] and name not in value
    ]
    for name in known.keys() & value.keys():
        problems += misfits(known[name], value[name], f"{where}.{name}")
    return problems


def _is(kind: str, value: Any) -> bool:
    return isinstance(value, _TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _length_misfits(spec: ParameterRecord, value: str, where: str) -> Iterable[str]:
    if spec["min_length"] is not None and len(value) < spec["min_length"]:
        yield f"{where}: shorter than {spec['min_length']} characters"
    if spec["max_length"] is not None and len(value) > spec["max_length"]:
        yield f"{where}: longer than {spec['max_length']} characters"
    if spec["pattern"] and not _matches(spec["pattern"], value):
        yield f"{where}: {value!r} does not match {spec['pattern']}"


def _list_misfits(spec: ParameterRecord, value: list[Any], where: str) -> Iterable[str]:
    if spec["min_items"] is not None and len(value) < spec["min_items"]:
        yield f"{where}: fewer than {spec['min_items']} items"
    if spec["max_items"] is not None and len(value) > spec["max_items"]:
        yield f"{where}: more than {spec['max_items']} items"
    item = item_of(spec)
    for position, entry in enumerate(value if item else []):
        yield from misfits(item, entry, f"{where}[{position}]") if item else ()


def _bound_misfits(spec: ParameterRecord, value: Any, where: str) -> Iterable[str]:
    if spec["minimum"] is not None and Decimal(str(value)) < Decimal(spec["minimum"]):
        yield f"{where}: {value} is below {spec['minimum']}"
    if spec["maximum"] is not None and Decimal(str(value)) > Decimal(spec["maximum"]):
        yield f"{where}: {value} is above {spec['maximum']}"


def same(left: Any, right: Any) -> bool:
    """Whether a value equals a recorded one, where a number may be recorded as text."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if left == right:
        return True
    if isinstance(left, str) and isinstance(right, str):
        return False
    try:
        return Decimal(str(left)) == Decimal(str(right))
    except InvalidOperation:
        return False


def _matches(pattern: str, value: str) -> bool:
    """Match as JSON Schema does (anywhere); a pattern that Python cannot compile matches all."""
    try:
        return re.search(pattern, value) is not None
    except re.error:
        return True
