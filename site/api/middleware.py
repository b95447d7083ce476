"""CORS, HEAD and problem+json for all of `/api/v1/`."""

from collections.abc import Callable
from http import HTTPStatus

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

PREFIX = "/api/v1/"
PROBLEM = "application/problem+json"
METHODS = "GET, HEAD, OPTIONS"
# Computes from what is sent, and writes nothing: a usage object is too long for an address.
SENT = frozenset({f"{PREFIX}usage"})
SENT_METHODS = "POST, OPTIONS"
# Headers that a browser hides from scripts unless they are named.
READABLE = "ETag, X-Catalog-Revision, X-Export-Loss, Deprecation, Sunset, Link, Retry-After"


class ApiEnvelope:
    """Wrap the API's answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        response = self._answer(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = READABLE
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        is_sent = request.path in SENT
        methods = SENT_METHODS if is_sent else METHODS
        if request.method == "OPTIONS":
            return _preflight(methods)
        if request.method not in (("POST",) if is_sent else ("GET", "HEAD")):
            detail = "Send the object with POST." if is_sent else "This API is read-only."
            response = problem(405, detail)
            response["Allow"] = methods
            return response
        # Ninja routes GET only: HEAD is answered as GET, and its body cut below.
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        answered = self.get_response(request)
        # Errors from outside its views, as of an unknown address, are pages for people.
        if answered.status_code >= 400 and not answered.get("Content-Type", "").startswith(PROBLEM):
            answered = problem(answered.status_code, _DETAILS.get(answered.status_code, ""))
        if is_head and isinstance(answered, HttpResponse):
            # HEAD states the length that GET would have.
            length = str(len(answered.content))
            answered.content = b""
            answered["Content-Length"] = length
        elif is_head:
            answered = _without_body(answered)
        return answered


def _preflight(methods: str) -> HttpResponse:
    preflight = HttpResponse(status=204)
    del preflight["Content-Type"]
    preflight["Access-Control-Allow-Methods"] = methods
    preflight["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
    preflight["Access-Control-Max-Age"] = "86400"
    return preflight


def _without_body(answered: HttpResponseBase) -> HttpResponse:
    """Keep a streamed answer's headers, and close its file."""
    empty = HttpResponse(status=answered.status_code, headers=dict(answered.items()))
    answered.close()
    return empty


_DETAILS = {
    400: "The request could not be read.",
    404: "There is no such address in this API. See /api/v1/docs.",
    500: "Something failed on our side. It has been logged.",
}


def problem(
    status: int,
    detail: str,
    *,
    errors: list[dict[str, str]] | None = None,
    members: dict[str, object] | None = None,
) -> HttpResponse:
    """Return an RFC 9457 answer; `errors` lists bad parameters as {loc, msg}."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **(members or {}),
    }
    if errors is not None:
        body["errors"] = errors
    response = HttpResponse(orjson.dumps(body), status=status, content_type=PROBLEM)
    response["Cache-Control"] = "no-store"
    return response
