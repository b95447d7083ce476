"""Renders plain values as source code, wrapped if long."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

WIDTH = 88
_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PLAIN = re.compile(r"[ -~]*")
_GO = re.compile(r'[\\"]|[^ -~]')
# `#` begins an interpolation in front of these.
_RUBY = re.compile(r'[\\"]|#(?=[{$@])|[^ -~]')
_PHP = re.compile(r'[\\"$]|[^ -~]')
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Safe inside a script element, too.
_MARKUP = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


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


def python_literal(value: Any) -> str:
    """Return a scalar as Python, in double quotes if possible."""
    text = ascii(value)
    if isinstance(value, str) and text.startswith("'") and '"' not in value:
        return f'"{text[1:-1]}"'
    return text


def javascript_literal(value: Any) -> str:
    """Return a scalar as JavaScript."""
    return json.dumps(value, allow_nan=False).translate(_MARKUP)


def _javascript_key(key: str) -> str:
    if key == "__proto__":  # as a plain key it would set the prototype, not a property
        return '["__proto__"]'
    return key if _NAME.fullmatch(key) else javascript_literal(key)


def go_text(value: str) -> str:
    """Return a Go string in double quotes."""
    return _quoted(value, _GO, lambda code: f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")


def go_json(value: Any) -> str:
    """Return JSON as a raw Go string."""
    # A raw string cannot hold a backtick.
    return "`" + json.dumps(value, indent=2, allow_nan=False).replace("`", "\\u0060") + "`"


def ruby_literal(value: Any) -> str:
    """Return a scalar as Ruby."""
    if isinstance(value, str):
        return _quoted(value, _RUBY, lambda code: f"\\u{code:04x}" if code < 0x10000 else f"\\u{{{code:x}}}")
    return "nil" if value is None else json.dumps(value, allow_nan=False)


def php_literal(value: Any) -> str:
    """Return a scalar as PHP."""
    if not isinstance(value, str):
        return json.dumps(value, allow_nan=False)
    if _PLAIN.fullmatch(value):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return _quoted(value, _PHP, lambda code: f"\\u{{{code:x}}}")


def _quoted(value: str, special: re.Pattern[str], wide: Callable[[int], str]) -> str:

    def escape(match: re.Match[str]) -> str:
        letter = match[0]
        if letter in _SHORT:
            return _SHORT[letter]
        if " " <= letter <= "~":
            return "\\" + letter
        # Half a surrogate pair is no character: it is written as bytes.
        if "\ud800" <= letter <= "\udfff":
            return "".join(f"\\x{byte:02x}" for byte in letter.encode(errors="surrogatepass"))
        return wide(ord(letter))

    return f'"{special.sub(escape, value)}"'


def _ruby_key(key: str) -> str:
    return key if _WORD.fullmatch(key) else ruby_literal(key)


def _php_brackets(value: dict[str, Any]) -> tuple[str, str]:
    # json_encode writes a list for no keys, and for keys like "0", which PHP turns into numbers.
    is_list = not any(not key.isdecimal() for key in value)
    return ("(object) [" if is_list else "["), "]"


PYTHON = Notation(scalar=python_literal, key=python_literal, indent=4, padding="")
JAVASCRIPT = Notation(scalar=javascript_literal, key=_javascript_key, indent=2, padding=" ")
RUBY = Notation(scalar=ruby_literal, key=_ruby_key, indent=2, padding=" ")
PHP = Notation(
    scalar=php_literal, key=php_literal, indent=4, padding="", arrow=" => ", brackets=_php_brackets
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
    return notation.scalar(value)
