"""How an error message shows the refused value: short, and without failing itself."""

from decimal import Decimal

LONGEST = 60


def shown(value: object) -> str:
    """Return a value cut to 60 characters: `'1,5'`, `-1`, `[1, 2]`."""
    try:
        text = str(value) if isinstance(value, Decimal) else repr(value)
    except (ValueError, RecursionError):  # an integer of thousands of digits, a list nested as deeply
        return f"this {type(value).__name__}"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
