"""Constraints of a parameter's values, and of parameters on each other."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from catalog.records.record import ParameterRecord, RuleRecord


def parameter(name: str, kind: str | None, *, required: bool = False, **known: Any) -> ParameterRecord:
    """Return a parameter record with only these bounds."""
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
    """Return the parameter of an array's items, if stated."""
    return _nested(array["name"], array["items"]) if array["items"] else None


def properties_of(schema: Mapping[str, Any] | None) -> list[ParameterRecord]:
    """List an object's properties, given as a list or as JSON Schema."""
    stated = (schema or {}).get("properties") or []
    if isinstance(stated, Mapping):
        named = (schema or {}).get("required")
        required = named if isinstance(named, list) else []
        return [_nested(name, {"required": name in required, **spec}) for name, spec in stated.items()]
    return [_nested(spec["name"], spec) for spec in stated]


def _nested(name: str, spec: Mapping[str, Any]) -> ParameterRecord:
    # Records state lengths of texts as plain bounds, too.
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
    """Whether a rule's `when` is met; defaults count."""
    named = {"model": model_id, **body}
    return all(
        _meets(condition, _values(name, named, specs), is_given=_is_given(name, body))
        for name, condition in rule["when"].items()
    )


def broken_by(
    rule: RuleRecord, body: Mapping[str, Any], specs: Mapping[str, ParameterRecord], model_id: str
) -> Iterator[str]:
    """List what a rule finds wrong with a body."""
    if not holds(rule, body, specs, model_id):
        return
    for name in rule["required"]:
        if name not in body:
            yield f"{name}: required when {rule['when']!r}"
    for name in rule["forbidden"]:
        if name in body:
            yield f"{name}: forbidden when {rule['when']!r}"


def _meets(condition: Any, values: list[Any], *, is_given: bool) -> bool:
    if isinstance(condition, dict) and "present" in condition:
        return is_given is condition["present"]
    if isinstance(condition, dict) and "not" in condition:
        return not any(same(value, condition["not"]) for value in values)
    return any(same(value, condition) for value in values)


def _path(name: str, body: Mapping[str, Any]) -> list[str]:
    """Split a path such as `messages[].tool_calls`; a field of just this name is no path."""
    return [name] if name in body else name.split(".")


def _at(path: Sequence[str], held: Any) -> Iterator[Any]:
    """List what is at a path; `[]` leads into each item of a list."""
    if not path:
        yield held
        return
    part = path[0].removesuffix("[]")
    if not isinstance(held, Mapping) or part not in held:
        return
    inside = held[part]
    if path[0] == part:
        yield from _at(path[1:], inside)
    elif isinstance(inside, list):
        for entry in inside:
            yield from _at(path[1:], entry)


def _is_given(name: str, body: Mapping[str, Any]) -> bool:
    return any(True for _ in _at(_path(name, body), body))


def _values(name: str, body: Mapping[str, Any], specs: Mapping[str, ParameterRecord]) -> list[Any]:
    """List the values of a field or at a path; what is not given has its default."""
    return [*_at(_path(name, body), body)] or [specs[name]["default"] if name in specs else None]


def same(left: Any, right: Any) -> bool:
    """Whether a value equals a recorded one."""
    # In Python True == 1.
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if left == right:
        return True
    # A number may be recorded as text, but "1" and "1.0" are different texts.
    if isinstance(left, str) and isinstance(right, str):
        return False
    try:
        return Decimal(str(left)) == Decimal(str(right))
    except InvalidOperation:
        return False
