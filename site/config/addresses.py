"""One address per page; 400 or 405 where no page can answer."""

from collections.abc import Callable
from urllib.parse import quote, unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseNotAllowed, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import is_valid_path

LONGEST_PATH = 2_000
LONGEST_QUERY = 8_000
SAFE = "/:@~!$&'()*+,;="
PROBES = ("/livez", "/readyz")
READING = ("GET", "HEAD", "OPTIONS")
# Rooms that answer their own methods and slashes.
ADMIN = "/admin/"
LOGIN = "/admin/login/"
API = "/api/"
TOOLS = "/mcp"


class OneAddress:
    """Refuse unreadable requests, and redirect trailing slashes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        refuse_unreadable(request)
        # `get_host` refuses names that are not ours; probes may call by any.
        if request.path not in PROBES:
            request.get_host()
        if request.path.startswith(ADMIN):
            return self.get_response(request)
        if request.method not in READING and not request.path.startswith((API, TOOLS)):
            return HttpResponseNotAllowed(READING[:2])
        target = canonical(request)
        return HttpResponsePermanentRedirect(target) if target else self.get_response(request)


def refuse_unreadable(request: HttpRequest) -> None:
    """Raise BadRequest for NUL, excessive length, or no UTF-8."""
    # Django has decoded the path; bytes that are not UTF-8 stay percent-encoded in it and lead nowhere.
    path = request.path.encode("utf-8", "replace")
    # WSGI hands the query over as Latin-1 characters, one for each byte.
    query = unquote_to_bytes(str(request.META.get("QUERY_STRING", "")).encode("latin-1", "replace"))
    if len(path) > LONGEST_PATH or len(query) > LONGEST_QUERY:
        raise BadRequest("The address is too long.")
    if b"\0" in path or b"\0" in query:
        raise BadRequest("The address holds a NUL byte.")
    try:
        query.decode()
    except UnicodeDecodeError as error:
        raise BadRequest("The query is not UTF-8.") from error


def canonical(request: HttpRequest) -> str | None:
    """Return the address to redirect to, as `/models?q=a` for `/models/?q=a`."""
    if request.path == "/admin":
        return ADMIN
    if request.path == "/" or not request.path.endswith("/"):
        return None
    # One leading slash: "//host" would be another site's address.
    path = "/" + request.path.strip("/")
    if not is_valid_path(path):
        return None
    # WSGI hands the query over as Latin-1 characters, one for each byte.
    query = str(request.META.get("QUERY_STRING", "")).encode("latin-1", "replace")
    return quote(path, safe=SAFE) + (f"?{quote(query, safe=f'%?{SAFE}')}" if query else "")
