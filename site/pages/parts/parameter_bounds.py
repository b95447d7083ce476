"""Bounds of a request parameter in words."""

from collections.abc import Mapping

from catalog.records.phrases import code
from catalog.records.record import ParameterRecord
from catalog.text.language import mark, say

CHARACTERS, ITEMS = mark("characters"), mark("items")
AT_MOST_ONE = {CHARACTERS: mark("at most 1 character"), ITEMS: mark("at most 1 item")}
AT_LEAST_ONE = {CHARACTERS: mark("at least 1 character"), ITEMS: mark("at least 1 item")}


def type_words(row: ParameterRecord) -> str:
    """Return a parameter's type."""
    kind = row["type"] or ""
    items = row["items"] or {}
    inner = items.get("type") if isinstance(items, Mapping) else None
    return (
        say("{kind} of {inner}s", kind=kind, inner=inner)
        if kind == "array" and isinstance(inner, str)
        else kind
    )


def bounds_words(row: ParameterRecord) -> list[str]:
    """List a parameter's bounds."""
    bounds = [
        _range(row["minimum"], row["maximum"], ""),
        _range(row["min_length"], row["max_length"], CHARACTERS),
        _range(row["min_items"], row["max_items"], ITEMS),
    ]
    if row["pattern"]:
        bounds.append(say("matches {pattern}", pattern=code(row["pattern"])))
    return [bound for bound in bounds if bound]


def _range(low: str | int | None, high: str | int | None, noun: str) -> str:
    """Return a range in words: "3 to 5,000 characters", "at least 0"."""
    left, right = _number(low), _number(high)
    tail = f" {say(noun)}" if noun else ""
    if left and right:
        most = f"{right}{tail}"
        return (
            say("exactly {number}", number=most)
            if left == right
            else say("{low} to {high}", low=left, high=most)
        )
    if left and low == 1 and noun:
        return say(AT_LEAST_ONE[noun])
    if left:
        return say("at least {number}", number=f"{left}{tail}")
    if not right:
        return ""
    if high == 1 and noun:
        return say(AT_MOST_ONE[noun])
    return say("at most {number}", number=f"{right}{tail}")


def _number(value: str | int | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str) and value.lstrip("-").isdecimal():
        value = int(value)
    return f"{value:,}" if isinstance(value, int) else value
