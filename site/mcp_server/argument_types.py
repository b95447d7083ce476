"""Types of the tools' arguments, each bounded."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from catalog.text.instants import read_instant

LONGEST_TEXT = 200
LARGEST = 1_000_000
_QUANTITY = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?")
# The largest number that the column holds.
HIGHEST_REVISION = 2_147_483_647


class Arguments(BaseModel):
    """The arguments of one tool; unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _no_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("may not hold a NUL character")
    return text


def _instant(value: Any) -> datetime:
    return read_instant(value if isinstance(value, str) else repr(value))


def _quantity(value: Any) -> str:
    # Fractions only as strings: JSON numbers with a point would become floats.
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) and value < 10**15 else value
    if not isinstance(text, str) or not _QUANTITY.fullmatch(text):
        raise ValueError('give a whole number, or a decimal as a string, as in 10000 or "2.5"')
    return text


def _plain(value: Any) -> str:
    """Return a parameter's value as in a query string."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) < 10**15:
        return str(value)
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError(f"give a string of {LONGEST_TEXT} characters at most, a whole number, true or false")
    return _no_nul(value)


Text = Annotated[str, AfterValidator(_no_nul), Field(max_length=LONGEST_TEXT)]
Decimals = Annotated[str, Field(pattern=r"^[0-9]{1,15}(\.[0-9]{1,9})?$", max_length=25)]
Quantity = Annotated[
    str,
    BeforeValidator(_quantity),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": 10**15 - 1},
                {"type": "string", "pattern": rf"^{_QUANTITY.pattern}$"},
            ]
        }
    ),
]
Plain = Annotated[
    str,
    BeforeValidator(_plain),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "maxLength": LONGEST_TEXT}, {"type": ["integer", "boolean"]}]}
    ),
]
At = Annotated[
    datetime | None,
    BeforeValidator(lambda value: None if value is None else _instant(value)),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string", "maxLength": 40}, {"type": "null"}],
            "description": "An instant (2026-11-01T00:00:00Z) or a date to answer for; without it, now.",
        }
    ),
]
Offset = Annotated[int, Field(ge=0, le=LARGEST, description="How many to leave out at the beginning.")]
ModelName = Annotated[
    Text, Field(min_length=1, description="A model ID or an alias of one, as in claude-sonnet-5.")
]
