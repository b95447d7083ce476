"""Renders texts, numbers and keys as source code."""

import json
import re
from collections.abc import Callable
from typing import Any

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


def python_literal(value: Any) -> str:
    """Return a scalar as Python, in double quotes if possible."""
    text = ascii(value)
    if isinstance(value, str) and text.startswith("'") and '"' not in value:
        return f'"{text[1:-1]}"'
    return text


def javascript_literal(value: Any) -> str:
    """Return a scalar as JavaScript."""
    return json.dumps(value, allow_nan=False).translate(_MARKUP)


def javascript_key(key: str) -> str:
    """Return the key of an object in JavaScript."""
    if key == "__proto__":  # as a plain key it would set the prototype, not a property
        return '["__proto__"]'
    return key if _NAME.fullmatch(key) else javascript_literal(key)


def go_text(value: str) -> str:
    """Return a Go string in double quotes."""
    return _quoted(value, _GO, lambda code: f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")


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


def ruby_key(key: str) -> str:
    """Return the key of a hash in Ruby, without its colon."""
    return key if _WORD.fullmatch(key) else ruby_literal(key)
