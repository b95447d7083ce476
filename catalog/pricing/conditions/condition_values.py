"""Numbers and texts of conditions, each with one spelling."""

import json
from decimal import Decimal

from catalog.pricing.money import plain
from catalog.text.refusal import shown

LONGEST_TEXT = 200
# A JSON reader that knows only binary floats reads 15 digits back unchanged.
MOST_DIGITS = 15


def number_or_none(value: object) -> Decimal | None:
    """Parse a JSON number of at most 15 digits."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, int) and abs(value) >= 10**MOST_DIGITS:
        return None
    # Databases return JSON numbers as floats; the repr is what was written.
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not number.is_finite() or not -MOST_DIGITS <= number.adjusted() < MOST_DIGITS:
        return None
    written = plain(number)
    return None if len(written.strip("-").replace(".", "").strip("0")) > MOST_DIGITS else Decimal(written)


def text_as_json(key: str, value: str) -> str:
    """Return a text as JSON; ValueError unless people can retype it."""
    if not value or len(value) > LONGEST_TEXT or value != value.strip() or not value.isprintable():
        raise refusal(key, value, f"use 1 to {LONGEST_TEXT} printable characters without space around them")
    return json.dumps(value)


def refusal(key: str, value: object, right: str) -> ValueError:
    """Build the error for a wrong value."""
    return ValueError(f"condition {key}: {shown(value)} is not right: {right}")
