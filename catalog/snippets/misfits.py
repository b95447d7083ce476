"""Compares values with recorded constraints."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from catalog.records.record import ParameterRecord
from catalog.snippets.constraints import item_of, properties_of, same

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float, Decimal),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


def misfits(spec: ParameterRecord, value: Any, where: str | None = None) -> list[str]:
    """List what is wrong with a value."""
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
    """Check an object against its stated properties."""
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
    # A bool is an int in Python.
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


def _matches(pattern: str, value: str) -> bool:
    try:
        # Unanchored, as in JSON Schema; patterns of other dialects may not compile, and pass.
        return re.search(pattern, value) is not None
    except re.error:
        return True
