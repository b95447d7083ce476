"""Prints plain values as source code that means exactly those values, over several lines where long."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

WIDTH = 88
_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_MARKUP = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@dataclass(frozen=True, slots=True)
class Notation:
    """How one language writes scalars, keys and the inside of a one-line object."""

    scalar: Callable[[Any], str]
    key: Callable[[str], str]
    indent: int
    padding: str


def python_literal(value: Any) -> str:
    """Write a scalar as Python: `ascii()`, in double quotes where that changes no other character."""
    text = ascii(value)
    if isinstance(value, str) and text.startswith("'") and '"' not in value:
        return f'"{text[1:-1]}"'
    return text


def javascript_literal(value: Any) -> str:
    """Write a scalar as JavaScript that is safe inside a script element too."""
    return json.dumps(value, allow_nan=False).translate(_MARKUP)


def _javascript_key(key: str) -> str:
    if key == "__proto__":  # as a plain key it would set the prototype, not a property
        return '["__proto__"]'
    return key if _NAME.fullmatch(key) else javascript_literal(key)


PYTHON = Notation(scalar=python_literal, key=python_literal, indent=4, padding="")
JAVASCRIPT = Notation(scalar=javascript_literal, key=_javascript_key, indent=2, padding=" ")


def layout(value: Any, notation: Notation, depth: int = 0, taken: int = 0) -> str:
    """Print a value at a depth of nesting; `taken` is what stands before it on its line."""
    if not isinstance(value, dict | list) or not value:
        return _flat(value, notation)
    flat = _flat(value, notation)
    if len(flat) + depth * notation.indent + taken <= WIDTH:
        return flat
    margin = " " * (notation.indent * (depth + 1))
    lines = [f"{margin}{entry},\n" for entry in _entries(value, notation, depth + 1)]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n{''.join(lines)}{margin[notation.indent :]}{closing}"


def _entries(value: dict[str, Any] | list[Any], notation: Notation, depth: int) -> list[str]:
    if isinstance(value, list):
        return [layout(entry, notation, depth, 1) for entry in value]
    keys = [notation.key(key) for key in value]
    return [
        f"{key}: {layout(entry, notation, depth, len(key) + 3)}"
        for key, entry in zip(keys, value.values(), strict=True)
    ]


def _flat(value: Any, notation: Notation) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_flat(entry, notation) for entry in value)}]"
    if isinstance(value, dict):
        inside = ", ".join(f"{notation.key(key)}: {_flat(entry, notation)}" for key, entry in value.items())
        return f"{{{notation.padding}{inside}{notation.padding}}}" if inside else "{}"
    return notation.scalar(value)
