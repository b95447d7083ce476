"""The instant a page shows: this room's only clock."""

from datetime import datetime

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils import timezone

from catalog.text.instants import read_instant, rfc3339

ASKED = "as_of"


def instant(request: HttpRequest) -> datetime:
    """Return `?at=`, an instant or a date in UTC, else now; raise BadRequest."""
    text = request.GET.get("at", "").strip()
    if not text:
        return timezone.now()
    try:
        at = read_instant(text)
    except ValueError as error:
        raise BadRequest(f"at={error}") from error
    # Kept, so that the frame of the page can say so.
    setattr(request, ASKED, at)
    return at


def as_of(request: HttpRequest) -> datetime | None:
    """Return the instant that was asked for, if any."""
    return getattr(request, ASKED, None)


def stamp(instant: datetime | str) -> str:
    """Return an instant for HTML's `datetime`, without microseconds."""
    if isinstance(instant, str):
        instant = datetime.fromisoformat(instant)
    return rfc3339(instant.replace(microsecond=0))
