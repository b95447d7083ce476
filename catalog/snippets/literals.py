"""Renders lists and objects as source code, wrapped if long."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from catalog.snippets.attached import Attached, attached_in
from catalog.snippets.scalars import (
    go_text,
    javascript_key,
    javascript_literal,
    php_literal,
    python_literal,
    ruby_key,
    ruby_literal,
)

WIDTH = 88


@dataclass(frozen=True, slots=True)
class Notation:
    """How a language writes scalars, keys and objects."""

    scalar: Callable[[Any], str]
    key: Callable[[str], str]
    indent: int
    # Inside the braces of an object on one line.
    padding: str
    arrow: str = ": "
    brackets: Callable[[dict[str, Any]], tuple[str, str]] = lambda _: ("{", "}")
    # A text that ends in a variable: its beginning, and the variable's name.
    joined: Callable[[str, str], str] = lambda before, name: before + name
    # Code that sets the variable of a file to its base64.
    attach: str = ""

    def attaching(self, body: Any) -> str:
        """Return the code that reads the files within a body."""
        return "".join(
            self.attach.replace("NAME", each.name).replace("FILE", each.file) + "\n"
            for each in attached_in(body)
        )


class Code(str):
    """A value that is code, not text."""

    __slots__ = ()


def go_json(value: Any) -> str:
    """Return JSON as a raw Go string."""
    # A raw string cannot hold a backtick.
    text = json.dumps(value, indent=2, allow_nan=False).replace("`", "\\u0060")
    for each in attached_in(value):
        text = text.replace(each.base64, f"` + encoded({go_text(each.file)}) + `")
    return f"`{text}`"


def _php_brackets(value: dict[str, Any]) -> tuple[str, str]:
    # json_encode writes a list for no keys, and for keys like "0", which PHP turns into numbers.
    is_list = not any(not key.isdecimal() for key in value)
    return ("(object) [" if is_list else "["), "]"


PYTHON = Notation(
    scalar=python_literal,
    key=python_literal,
    indent=4,
    padding="",
    joined=lambda before, name: f'f"{before}{{{name}}}"' if before else name,
    attach='NAME = base64.b64encode(Path("FILE").read_bytes()).decode()',
)
JAVASCRIPT = Notation(
    scalar=javascript_literal,
    key=javascript_key,
    indent=2,
    padding=" ",
    joined=lambda before, name: f"`{before}${{{name}}}`" if before else name,
    attach='const NAME = readFileSync("FILE", "base64");',
)
RUBY = Notation(
    scalar=ruby_literal,
    key=ruby_key,
    indent=2,
    padding=" ",
    joined=lambda before, name: f'"{before}#{{{name}}}"' if before else name,
    attach='NAME = [File.binread("FILE")].pack("m0")',
)
PHP = Notation(
    scalar=php_literal,
    key=php_literal,
    indent=4,
    padding="",
    arrow=" => ",
    brackets=_php_brackets,
    joined=lambda before, name: f'"{before}${name}"' if before else f"${name}",
    attach="$NAME = base64_encode(file_get_contents('FILE'));",
)


def layout(value: Any, notation: Notation, depth: int = 0, taken: int = 0) -> str:
    """Return a value's code; `taken` characters precede it on its line."""
    if not isinstance(value, dict | list) or not value:
        return _flat(value, notation)
    flat = _flat(value, notation)
    if len(flat) + depth * notation.indent + taken <= WIDTH:
        return flat
    margin = " " * (notation.indent * (depth + 1))
    lines = [f"{margin}{entry},\n" for entry in _entries(value, notation, depth + 1)]
    opening, closing = notation.brackets(value) if isinstance(value, dict) else ("[", "]")
    return f"{opening}\n{''.join(lines)}{margin[notation.indent :]}{closing}"


def _entries(value: dict[str, Any] | list[Any], notation: Notation, depth: int) -> list[str]:
    if isinstance(value, list):
        return [layout(entry, notation, depth, 1) for entry in value]
    keys = [notation.key(key) for key in value]
    return [
        f"{key}{notation.arrow}{layout(entry, notation, depth, len(key) + len(notation.arrow) + 1)}"
        for key, entry in zip(keys, value.values(), strict=True)
    ]


def _flat(value: Any, notation: Notation) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_flat(entry, notation) for entry in value)}]"
    if isinstance(value, dict):
        opening, closing = notation.brackets(value)
        entries = [
            f"{notation.key(key)}{notation.arrow}{_flat(entry, notation)}" for key, entry in value.items()
        ]
        padding = notation.padding if entries else ""
        return f"{opening}{padding}{', '.join(entries)}{padding}{closing}"
    if isinstance(value, Code):
        return str(value)
    if isinstance(value, Attached):
        return notation.joined(value.before, value.name)
    return notation.scalar(value)
