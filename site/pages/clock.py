"""Says which instant a page is for: the one place of this room that looks at a clock."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone


def instant(request: HttpRequest) -> datetime:  # noqa: ARG001 - a page may come to name its own instant
    """Give the instant that a page shows."""
    return timezone.now()
