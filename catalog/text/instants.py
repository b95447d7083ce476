"""Instants as text, in and out."""

import re
from datetime import UTC, datetime

from catalog.text.language import say

YEARS = range(1970, 9999)
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?"
# Stricter than `fromisoformat`, which also reads weeks, and a number such as 20261101.
_FORMS = re.compile(rf"{_DATE}([Tt]{_TIME}([Zz]|[+-][0-9]{{2}}:[0-9]{{2}}))?")


def read_instant(text: str) -> datetime:
    """Parse `2026-11-01` or `2026-11-01T00:00:00Z` to UTC; raise ValueError.

    A date is its first instant. Years are 1970 to 9998.
    """
    # A plus sign that was not encoded in an address arrives as a space.
    written = re.sub(r" (?=[0-9]{2}:[0-9]{2}$)", "+", text)
    try:
        instant = datetime.fromisoformat(written) if _FORMS.fullmatch(written) else None
    except ValueError:
        instant = None
    if instant is None or instant.year not in YEARS:
        right = say(
            "{text} is not an instant: write 2026-11-01 or 2026-11-01T00:00:00Z.",
            text=repr(text[:40]),
        )
        raise ValueError(right)
    try:
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(say("{text} is out of range.", text=repr(text[:40]))) from error


def rfc3339(instant: datetime) -> str:
    """Return an aware instant as RFC 3339 in UTC."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
