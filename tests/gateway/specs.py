"""Short ways to say what a value must look like, in the words of recorded parameters."""

from typing import Any

from catalog.snippets.constraints import parameter
from catalog.snippets.misfits import misfits

Spec = dict[str, Any]


def spec(name: str, **known: Any) -> Spec:
    """Describe a field that must be there."""
    return {"name": name, "required": True, **known}


def maybe(name: str, **known: Any) -> Spec:
    """Describe a field that may be there."""
    return {"name": name, **known}


def nested(name: str, *properties: Spec) -> Spec:
    """Describe a field that must hold an object of these fields."""
    return spec(name, type="object", properties=list(properties))


def kind(value: str) -> Spec:
    """Describe the field by which a protocol tells its objects apart."""
    return spec("type", type="string", enum=[value])


def unfit(name: str, value: Any, *properties: Spec) -> list[str]:
    """List what is wrong with an object of these fields."""
    return misfits(parameter(name, "object", items={"properties": list(properties)}), value)


def unfit_each(name: str, value: Any, *properties: Spec) -> list[str]:
    """List what is wrong with a list of such objects, of which there must be one."""
    items = {"type": "object", "properties": list(properties)}
    return misfits(parameter(name, "array", min_items=1, items=items), value)
