"""Says which instant a page is for: the one place of this room that looks at a clock."""

from datetime import UTC, date, datetime

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils import timezone

from catalog.documents import rfc3339
from catalog.language import say

ASKED = "as_of"
YEARS = range(1970, 9999)


def instant(request: HttpRequest) -> datetime:
    """Give the instant that a page shows: `?at=` as an instant or a date in UTC, else now.

    What is asked for is kept on the request, so that the page says so. BadRequest where it is no instant.
    """
    text = request.GET.get("at", "").strip()
    if not text:
        return timezone.now()
    at = read_instant(text)
    setattr(request, ASKED, at)
    return at


def as_of(request: HttpRequest) -> datetime | None:
    """Give the instant that this page was asked to show, where it heeds one."""
    return getattr(request, ASKED, None)


def read_instant(text: str) -> datetime:
    """Read `2026-11-01` or `2026-11-01T00:00:00Z`; a date is its first instant."""
    try:
        if len(text) == len("2026-11-01"):
            day = date.fromisoformat(text)
            found = datetime(day.year, day.month, day.day, tzinfo=UTC)
        else:
            # A plus sign that was not encoded arrives as a space.
            found = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as error:
        raise BadRequest(_right(text)) from error
    if found.tzinfo is None or found.year not in YEARS:
        raise BadRequest(_right(text))
    return found.astimezone(UTC)


def stamp(instant: datetime | str) -> str:
    """Write an instant for the `datetime` of HTML, which knows no millionths of a second."""
    if isinstance(instant, str):
        instant = datetime.fromisoformat(instant)
    return rfc3339(instant.replace(microsecond=0))


def _right(text: str) -> str:
    return say("at={text} is not an instant: write 2026-11-01 or 2026-11-01T00:00:00Z.", text=repr(text[:40]))
