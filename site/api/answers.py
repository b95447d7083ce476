"""Answers of the API: exact bytes with an ETag and the revision."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.http import quote_etag

from catalog.presentation.model_json import absolute

FRESH_SECONDS = 60  # a change made in the admin shows within a minute


def answer(body: Any, *, revision: int, at: datetime, boundary: datetime | None = None) -> HttpResponse:
    """Send a JSON body that reads differently from `boundary` on, if ever.

    With a boundary `at` is now; the body for an instant that was asked for has none.
    """
    content = orjson.dumps(body)
    response = HttpResponse(content, content_type="application/json")
    # A strong tag, of these very bytes.
    response["ETag"] = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    response["Cache-Control"] = f"public, max-age={lifetime(at, boundary)}"
    response["X-Catalog-Revision"] = str(revision)
    return response


def lifetime(at: datetime, boundary: datetime | None) -> int:
    """Return for how many seconds to cache an answer."""
    if boundary is None:
        return FRESH_SECONDS
    # Never beyond the boundary: a price that ends then must not come from a cache any more.
    return max(0, min(FRESH_SECONDS, int((boundary - at).total_seconds())))


def next_page(request: HttpRequest, *, limit: int, offset: int, count: int) -> str | None:
    """Return the address of the next page, if any."""
    if offset + limit >= count:
        return None
    query = request.GET.copy()
    query["limit"], query["offset"] = str(limit), str(offset + limit)
    return absolute(f"{request.path}?{query.urlencode()}")


def earliest(boundaries: Iterable[datetime | None]) -> datetime | None:
    """Return the earliest boundary."""
    return min((boundary for boundary in boundaries if boundary), default=None)
