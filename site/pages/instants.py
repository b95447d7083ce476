"""Says which instant a page is for: the one place of this room that looks at a clock."""

from datetime import datetime

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils import timezone

from catalog.text.instants import read_instant, rfc3339

ASKED = "as_of"


def instant(request: HttpRequest) -> datetime:
    """Give the instant that a page shows: `?at=` as an instant or a date in UTC, else now.

    What is asked for is kept on the request, so that the page says so. BadRequest where it is no instant.
    """
    text = request.GET.get("at", "").strip()
    if not text:
        return timezone.now()
    try:
        at = read_instant(text)
    except ValueError as error:
        raise BadRequest(f"at={error}") from error
    setattr(request, ASKED, at)
    return at


def as_of(request: HttpRequest) -> datetime | None:
    """Give the instant that this page was asked to show, where it heeds one."""
    return getattr(request, ASKED, None)


def stamp(instant: datetime | str) -> str:
    """Write an instant for the `datetime` of HTML, which knows no millionths of a second."""
    if isinstance(instant, str):
        instant = datetime.fromisoformat(instant)
    return rfc3339(instant.replace(microsecond=0))
