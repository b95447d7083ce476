"""Limits of a JSON text, checked before it is parsed."""

import re

DEEPEST = 32
MOST_VALUES = 5_000
# Possessive, and one that does not end goes to the end: no text has it look twice at a byte.
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_BRACKET = re.compile(rb"[][{}]")


def too_much(body: bytes) -> str | None:
    """Return what exceeds the limits, if anything.

    >>> too_much(b'{"a": [1, 2, "[[[["]}'), too_much(b"[" * 40)
    (None, 'The JSON is nested more than 32 levels deep: send at most 32.')
    """
    # Brackets and commas within strings are no structure.
    outside = _STRING.sub(b"0", body)
    # Each value but the first of its list or object comes after a comma.
    if outside.count(b",") + outside.count(b"[") + outside.count(b"{") > MOST_VALUES:
        return f"The JSON holds more than {MOST_VALUES} values: send at most {MOST_VALUES}."
    depth = 0
    for bracket in _BRACKET.findall(outside):
        depth += 1 if bracket in b"[{" else -1
        if depth > DEEPEST:
            return f"The JSON is nested more than {DEEPEST} levels deep: send at most {DEEPEST}."
    return None
