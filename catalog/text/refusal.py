"""How error messages show a refused value."""

from decimal import Decimal

LONGEST = 60


def shown(value: object) -> str:
    """Return a value, cut to 60 characters."""
    try:
        text = str(value) if isinstance(value, Decimal) else repr(value)
    except (ValueError, RecursionError):  # an integer of thousands of digits, a list nested as deeply
        return f"this {type(value).__name__}"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
