"""The order of prices in lists."""

import re
from collections.abc import Mapping
from typing import Any

from catalog.pricing.units import METERS

_RANK = {name: place for place, name in enumerate(METERS)}
_LEADING_NUMBER = re.compile(r"(\d{1,12})(k?)", re.IGNORECASE)


def reading_order(meter: str, conditions: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return a sort key: by action, plain token prices first, fallbacks last."""
    others = {key: value for key, value in conditions.items() if key != "action"}
    is_token = METERS[meter].group == "tokens"
    return (
        str(conditions.get("action", "")),
        len(others) if is_token else 0,
        _RANK[meter],
        # A media price without conditions is read as "in all other cases", so it is last.
        0 if others or is_token else 1,
        [(key, magnitude(value)) for key, value in sorted(others.items())],
    )


def magnitude(value: Any) -> tuple[int, str]:
    """Sort `720p` before `1080p` before `4k`."""
    text = str(value[0] if isinstance(value, list) and value else value)
    match = _LEADING_NUMBER.match(text)
    # Python's bool is an int; its text is no number.
    if isinstance(value, bool) or match is None:
        return int(value) if isinstance(value, bool) else -1, text
    return int(match[1]) * (1000 if match[2] else 1), text
