"""Unknown query parameters are answered 422; what trackers add is dropped first."""

from collections.abc import Callable, Iterable
from urllib.parse import unquote_plus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from api.problems import unknown_parameters
from catalog.text.query_names import declared, is_taken, reason, unknown_names
from config.addresses import ADMIN, API, TOOLS
from config.unavailable import PLAIN
from config.well_known import REFERENCE
from pages import markdown_pages
from pages.views import errors

# Added by newsletters, advertisements and link lists; no page reads one of them.
TRACKERS = ("utm_*", "mc_*", "gclid", "fbclid", "msclkid", "ref")
LEFT_ALONE = (ADMIN, API, TOOLS, settings.STATIC_URL)
READING = ("GET", "HEAD")
FILES = (*PLAIN, ".zip", ".gz")
JSON = (".json", "/.well-known/api-catalog")


class KnownParameters:
    """Drop trackers before anything reads the query, and refuse what the view has not declared."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        # The reference is a page, though its address is among those of the API.
        if request.META.get("QUERY_STRING") and (
            not request.path.startswith(LEFT_ALONE) or request.path == REFERENCE
        ):
            request.META["QUERY_STRING"] = _sent_without(request, lambda name: is_taken(name, TRACKERS))
            request.__dict__.pop("GET", None)  # cached from the former query
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Answer in the view's place where a parameter is unknown."""
        return refusal(request, view)


def refusal(
    request: HttpRequest, view: Callable[..., object], left_out: Iterable[str] = ()
) -> HttpResponse | None:
    """Return 422 where the query has a name that the view does not take, else None."""
    names = declared(view)
    # Undeclared are the admin, the tools, and the operations of the API, which have their schemas.
    if names is None or request.method not in READING or not request.META.get("QUERY_STRING"):
        return None
    names = tuple(name for name in names if name not in left_out)
    unknown = unknown_names(request.GET, names)
    if not unknown:
        return None
    if request.path.startswith(API) or request.path.endswith(JSON):
        response = unknown_parameters(unknown, names)
        response["Access-Control-Allow-Origin"] = "*"
        return response
    if request.path.endswith(FILES):
        lines = "".join(f"{row.name!r} {reason(row, names)}\n" for row in unknown)
        response = HttpResponse(lines, status=422, content_type="text/plain; charset=utf-8")
        response["Cache-Control"] = "no-store"
        return response
    # The answer is not that page: no twin of it is linked, whose address would repeat the query.
    request.resolver_match = None
    if request.path.endswith(f".{markdown_pages.MARKDOWN}"):
        setattr(request, markdown_pages.ASKED, markdown_pages.MARKDOWN)
    rest = markdown_pages.in_address(_sent_without(request, lambda name: not is_taken(name, names)))
    return errors.unknown_parameters(request, unknown, names, markdown_pages.quoted(request.path) + rest)


def _sent_without(request: HttpRequest, is_left_out: Callable[[str], bool]) -> str:
    """Return the query string without some names, all else as it was sent."""
    pairs = str(request.META.get("QUERY_STRING", "")).split("&")
    return "&".join(pair for pair in pairs if not is_left_out(_name(pair)))


def _name(pair: str) -> str:
    # WSGI hands the query over as Latin-1 characters, one for each byte.
    sent = pair.partition("=")[0].encode("latin-1", "replace").decode(errors="replace")
    return unquote_plus(sent, errors="replace")
