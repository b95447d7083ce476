"""ETags and 304 for public pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import parse_http_date_safe

from config.addresses import ADMIN

PAGES = ("text/html", "text/markdown")


class ConditionalAnswers:
    """Add an ETag to `public` answers, and answer 304 to a match."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        response = self.get_response(request)
        # A view answers HEAD with the whole answer, which the server cuts: the ETag is that of GET.
        is_read = request.method in ("GET", "HEAD") and response.status_code == 200
        if not (is_read and isinstance(response, HttpResponse)):
            return response
        kind = response.headers.get("Content-Type", "")
        # Pages are public without saying so; any other answer has to.
        if kind.startswith(PAGES) and not request.path.startswith(ADMIN):
            response.headers.setdefault("Cache-Control", "public, no-cache")
        if not response.headers.get("Cache-Control", "").startswith("public"):
            return response
        if not response.has_header("ETag"):
            set_response_etag(response)
        return _conditional(request, response)


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    changed = response.headers.get("Last-Modified")
    answered = get_conditional_response(
        request,
        etag=response.headers["ETag"],
        last_modified=parse_http_date_safe(changed) if changed else None,
        response=response,
    )
    if answered is None or answered.status_code != 304:
        return answered or response
    # A 304 repeats what caches keep, but nothing about a body.
    for name, value in response.items():
        if not name.startswith("Content-"):
            answered.headers.setdefault(name, value)
    return answered
