"""Error pages, none of which can fail."""

import logging
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from catalog.publishing.database_errors import trouble
from catalog.search.lookup import Suggestion, suggestions
from catalog.text.query_names import UnknownName
from pages import markdown_pages

LONGEST_SHOWN = 200
_log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 with the reason."""
    # Other exceptions are written for developers.
    reason = str(exception)[:LONGEST_SHOWN] if isinstance(exception, BadRequest) else ""
    return _uncached(markdown_pages.answer(request, "400.html", {"reason": reason}, status=400))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 403."""
    return _refused(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 404 with near models."""
    path = unquote(request.path).strip("/")
    return missing(request, path, _near(path))


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 500 with a static file."""
    # Whatever failed may fail again: no context, no database, no template engine.
    page = Path(settings.REPOSITORY) / "templates" / "500.html"
    return _uncached(HttpResponse(page.read_bytes(), status=500))


def missing(request: HttpRequest, path: str, near: list[Suggestion]) -> HttpResponse:
    """Answer 404 with what was requested and what is near."""
    context = {"asked": path[:LONGEST_SHOWN], "suggestions": near}
    return _uncached(markdown_pages.answer(request, "404.html", context, status=404))


def gone(request: HttpRequest, path: str, near: list[Suggestion]) -> HttpResponse:
    """Answer 410: the address was withdrawn."""
    context = {"asked": path[:LONGEST_SHOWN], "suggestions": near}
    return _uncached(markdown_pages.answer(request, "410.html", context, status=410))


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """Answer 429."""
    return _uncached(markdown_pages.answer(request, "429.html", {"seconds": seconds}, status=429))


def unknown_parameters(
    request: HttpRequest, unknown: Sequence[UnknownName], names: Sequence[str], without: str
) -> HttpResponse:
    """Answer 422 with the unknown parameters, the known ones, and the address without the former."""
    context = {"unknown": unknown, "names": names, "without": without}
    return _uncached(markdown_pages.answer(request, "422.html", context, status=422))


def _near(path: str) -> list[Suggestion]:
    word = path.removeprefix("models/")
    if not word:
        return []
    try:
        return suggestions(word) or suggestions(word.rpartition("/")[2])
    except DatabaseError as error:  # must not make a 404 a 500
        # A database that is away is logged once, not for each missing page.
        if trouble(error) is None:
            _log.exception("No suggestions for a missing page")
        return []


def _refused(request: HttpRequest, status: int) -> HttpResponse:
    return _uncached(markdown_pages.answer(request, f"{status}.html", status=status))


def _uncached(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, no_cache=True)
    return response
