"""Handles /mcp in the pages' process, and passes calls on.

`config.request_limits` has checked rate, size and depth before.
"""

import hashlib
from http import HTTPStatus
from threading import BoundedSemaphore
from urllib.parse import urlsplit

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import quote_etag
from django.views.decorators.csrf import csrf_exempt

from mcp_server.card import card
from mcp_server.socket_client import AT_ONCE, UnreachableError, post

PASSED = ("Content-Type", "Accept")
GIVEN = ("content-type", "allow")
_places = BoundedSemaphore(AT_ONCE)


@csrf_exempt
def tools(request: HttpRequest) -> HttpResponse:
    """Pass a call on to the tools' process."""
    if not settings.MCP:
        return _problem(404, "This site does not offer MCP: its setting MCP is off.")
    if request.method != "POST":
        refused = _problem(405, "MCP is answered to POST. There are no sessions and no streams.")
        refused["Allow"] = "POST"
        return refused
    if not _is_own(request, request.headers.get("Origin")):
        return _problem(403, "Pages of other sites may not call this server: their Origin is refused.")
    length = request.headers.get("Content-Length", "")
    if not length.isdigit():
        return _problem(411, "Send the call with its Content-Length.")
    # Refuse at once rather than queue: waiting calls would take the threads of pages.
    if not _places.acquire(blocking=False):
        return _later("Too many calls are under way.", 1)
    try:
        return _hand_on(request)
    finally:
        _places.release()


def server_card(request: HttpRequest) -> HttpResponseBase:
    """Return the server card."""
    if not settings.MCP:
        return _problem(404, "This site does not offer MCP: its setting MCP is off.")
    if request.method not in {"GET", "HEAD"}:
        refused = _problem(405, "The server card is read with GET.")
        refused["Allow"] = "GET, HEAD"
        return refused
    body = orjson.dumps(card())
    response = HttpResponse(body, content_type="application/mcp-server-card+json")
    response["ETag"] = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response["Cache-Control"] = "public, max-age=3600"
    # Clients in browsers may read it; it holds nothing private.
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag"
    return response


def _hand_on(request: HttpRequest) -> HttpResponse:
    headers = {name: request.headers[name] for name in PASSED if name in request.headers}
    headers |= {name: value for name, value in request.headers.items() if name.lower().startswith("mcp-")}
    try:
        reply = post(settings.MCP_SOCKET, request.body, headers)
    except UnreachableError:
        return _later("The process of the tools does not answer. It is started again by itself.", 2)
    response = HttpResponse(reply.body, status=reply.status)
    # Set below if the process has one: an accepted notification has no body.
    del response["Content-Type"]
    for name in GIVEN:
        if name in reply.headers:
            response[name] = reply.headers[name]
    response["Cache-Control"] = "no-store"
    return response


def _is_own(request: HttpRequest, origin: str | None) -> bool:
    # Browsers send an Origin with every POST: without one no page is behind the call.
    if origin is None:
        return True
    own = urlsplit(settings.SITE_URL)
    return origin in {f"{own.scheme}://{own.netloc}", f"{request.scheme}://{request.get_host()}"}


def _later(message: str, seconds: int) -> HttpResponse:
    response = _problem(503, message)
    response["Retry-After"] = str(seconds)
    return response


def _problem(status: int, detail: str) -> HttpResponse:
    """Return problem+json (RFC 9457)."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    response = HttpResponse(orjson.dumps(body), status=status, content_type="application/problem+json")
    response["Cache-Control"] = "no-store"
    return response
