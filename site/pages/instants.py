"""The instant a page shows: the one place of this room that reads a clock."""

from datetime import datetime

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils import timezone

from catalog.text.instants import read_instant, rfc3339

ASKED = "as_of"


def instant(request: HttpRequest) -> datetime:
    """Return the page's instant: `?at=` as an instant or a date in UTC, else now.

    A given instant is kept on the request, so that the page says so. BadRequest where it cannot be parsed.
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
    """Return the instant this page was asked to show, where it supports one."""
    return getattr(request, ASKED, None)


def stamp(instant: datetime | str) -> str:
    """Return an instant for HTML's `datetime`, without microseconds."""
    if isinstance(instant, str):
        instant = datetime.fromisoformat(instant)
    return rfc3339(instant.replace(microsecond=0))
