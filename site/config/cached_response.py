"""Texts of the whole catalog, cached until it changes."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import quote_etag

from catalog.publishing.publish import current_revision

FRESH_SECONDS, KEPT_SECONDS = 60, 24 * 3600
PLAIN, XML = "text/plain; charset=utf-8", "application/xml; charset=utf-8"
# A text, and the instant from which it would read differently, if known.
Text = tuple[str, datetime | None]
Write = Callable[[datetime, tuple[int, datetime | None]], Text]


def answer(name: str, write: Write, content_type: str = PLAIN) -> HttpResponse:
    """Return a cached text; `write` is called with the instant and the last publish."""
    at, published = timezone.now(), current_revision()
    # A change of any of these makes another key: a cache may outlive the process.
    parts = (
        name,
        at.date(),  # a model retires as its day begins
        *published,
        settings.SITE_URL,
        settings.SITE_NAME,
        settings.API_BASE_URL,
        settings.API_KEY_ENV,
    )
    key = f"indexes.{hashlib.sha256(repr(parts).encode()).hexdigest()}"
    cached: Text | None = cache.get(key)
    if cached is None or (cached[1] and cached[1] <= at):
        cached = write(at, published)
        cache.set(key, cached, KEPT_SECONDS)
    text, boundary = cached
    response = HttpResponse(text, content_type=content_type)
    seconds = FRESH_SECONDS if boundary is None else min(FRESH_SECONDS, int((boundary - at).total_seconds()))
    response["Cache-Control"] = f"public, max-age={max(0, seconds)}"
    response["Access-Control-Allow-Origin"] = "*"
    response["ETag"] = quote_etag(hashlib.sha256(text.encode()).hexdigest()[:32])
    return response
