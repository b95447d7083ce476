"""The API's answers: exact bytes, a strong ETag, the revision, and a lifetime that ends at a boundary."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.http import quote_etag

from catalog.presentation.model_json import absolute

FRESH_SECONDS = 60
"""The longest an answer is served without asking again: a change made in the admin shows within a minute."""


def answer(body: Any, *, revision: int, at: datetime, boundary: datetime | None = None) -> HttpResponse:
    """Send a JSON body, with an ETag of these bytes.

    `boundary` is the next instant after `at`, which is then now, at which the body would read differently;
    nothing is kept beyond it. The body for an instant that was asked for has none.
    """
    content = orjson.dumps(body)
    response = HttpResponse(content, content_type="application/json")
    response["ETag"] = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    response["Cache-Control"] = f"public, max-age={lifetime(at, boundary)}"
    response["X-Catalog-Revision"] = str(revision)
    return response


def lifetime(at: datetime, boundary: datetime | None) -> int:
    """Return how many seconds an answer may be cached: never beyond the next boundary."""
    if boundary is None:
        return FRESH_SECONDS
    return max(0, min(FRESH_SECONDS, int((boundary - at).total_seconds())))


def next_page(request: HttpRequest, *, limit: int, offset: int, count: int) -> str | None:
    """Return the address of the next page, or null on the last."""
    if offset + limit >= count:
        return None
    query = request.GET.copy()
    query["limit"], query["offset"] = str(limit), str(offset + limit)
    return absolute(f"{request.path}?{query.urlencode()}")


def earliest(boundaries: Iterable[datetime | None]) -> datetime | None:
    """Return the earliest of several boundaries."""
    return min((boundary for boundary in boundaries if boundary), default=None)
