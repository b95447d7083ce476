"""Values of conditions on the wire: numbers and texts with one spelling, and error messages."""

import json
from decimal import Decimal

from catalog.pricing.money import plain
from catalog.text.refusal import shown

LONGEST_TEXT = 200
MOST_DIGITS = 15
"""What a JSON reader that knows only binary floats still reads unchanged."""


def number_or_none(value: object) -> Decimal | None:
    """Parse a number, or return None; databases return JSON numbers as floats, whose repr is the original."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, int) and abs(value) >= 10**MOST_DIGITS:
        return None
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not number.is_finite() or not -MOST_DIGITS <= number.adjusted() < MOST_DIGITS:
        return None
    written = plain(number)
    return None if len(written.strip("-").replace(".", "").strip("0")) > MOST_DIGITS else Decimal(written)


def text_as_json(key: str, value: str) -> str:
    """Return a text as JSON if people can read and retype it."""
    if not value or len(value) > LONGEST_TEXT or value != value.strip() or not value.isprintable():
        raise refusal(key, value, f"use 1 to {LONGEST_TEXT} printable characters without space around them")
    return json.dumps(value)


def refusal(key: str, value: object, right: str) -> ValueError:
    """Return the error for a wrong value of a condition, with what would be right."""
    return ValueError(f"condition {key}: {shown(value)} is not right: {right}")
