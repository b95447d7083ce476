"""Pages as Markdown and JSON, by suffix or Accept header."""

from collections.abc import Callable
from urllib.parse import quote, urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.cache import patch_vary_headers

from api.middleware import problem
from catalog.presentation.wording.subject import read_site
from config.addresses import ADMIN, API, SAFE, refuse_unreadable
from config.query_parameters import refusal
from pages import json_pages, markdown_pages
from pages.views import errors

HTML, MARKDOWN = "text/html", "text/markdown"
INDEX = "/llms.txt"
FIRST_PAGE = "/index"


class Twins:
    """Serve a page's twins, and link them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        if request.path.startswith((ADMIN, API, settings.STATIC_URL)):
            return self.get_response(request)
        kind = next((kind for kind in markdown_pages.TYPES if request.path.endswith(f".{kind}")), "")
        if kind:
            # Here, too: the path is looked up before OneAddress reads it.
            refuse_unreadable(request)
            page = _page(request.path, kind)
            if page and kind in markdown_pages.TWINS[str(page[1].url_name)]:
                return self._json(request, *page) if kind == "json" else self._markdown(request, page[0])
            # No page: even the 404 is then in Markdown.
            if kind == markdown_pages.MARKDOWN and page is None and not _match(request.path):
                setattr(request, markdown_pages.ASKED, markdown_pages.MARKDOWN)
        if request.get_preferred_type([HTML, MARKDOWN]) == MARKDOWN:
            setattr(request, markdown_pages.ASKED, markdown_pages.MARKDOWN)
        return _linked(request, self.get_response(request))

    def _markdown(self, request: HttpRequest, path: str) -> HttpResponseBase:
        setattr(request, markdown_pages.ASKED, markdown_pages.MARKDOWN)
        request.path = request.path_info = path
        response = self.get_response(request)
        # A redirect must lead to the twin of its target.
        to = response.headers.get("Location", "")
        if to.startswith("/") and markdown_pages.is_markdown(request):
            parts = urlsplit(to)
            response.headers["Location"] = urlunsplit(
                parts._replace(path=f"{parts.path}.{markdown_pages.MARKDOWN}")
            )
        return _linked(request, response)

    def _json(self, request: HttpRequest, path: str, match: ResolverMatch) -> HttpResponseBase:
        name = str(match.url_name)
        # By what the page takes: the API's own query is made of it.
        refused = refusal(request, match.func, markdown_pages.NOT_IN_JSON.get(name, ()))
        if refused is not None:
            return refused
        target = json_pages.target(name, match.kwargs, request.GET)
        if target is None:
            return problem(404, f"There is no page {path} in this catalog.")
        if target.is_moved:
            # For a while: browsers keep a bare 301 for ever, and an alias may move again.
            moved = HttpResponsePermanentRedirect(
                f"{target.path}.json{'?' if target.query else ''}{target.query}",
                headers={"Cache-Control": "max-age=300"},
            )
            moved["Access-Control-Allow-Origin"] = "*"
            return moved
        # Read before the request becomes one of the API, whose own answer this is.
        query = markdown_pages.query(request)
        request.path = request.path_info = target.path
        request.META["QUERY_STRING"] = target.query
        request.__dict__.pop("GET", None)  # cached from the former query
        response = self.get_response(request)
        if response.status_code in (200, 304):
            page = f"{read_site().url}{quote(path, safe=SAFE)}"
            _add_link(response, f'<{page}{query}>; rel="alternate"; type="{HTML}"')
            _add_link(
                response, f'<{page}.{markdown_pages.MARKDOWN}{query}>; rel="alternate"; type="{MARKDOWN}"'
            )
        return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Refuse an unreadable request in its address's format."""
    if request.path.endswith(".json") and isinstance(exception, BadRequest):
        return problem(400, str(exception))
    if request.path.endswith(f".{markdown_pages.MARKDOWN}"):
        setattr(request, markdown_pages.ASKED, markdown_pages.MARKDOWN)
    return errors.bad_request(request, exception)


def _page(path: str, kind: str) -> tuple[str, ResolverMatch] | None:
    # A view at this very address goes before a page's twin.
    own = _match(path)
    if own and str(own.url_name) not in markdown_pages.TWINS:
        return None
    base = path.removesuffix(f".{kind}")
    match = _match("/" if base == FIRST_PAGE else base)
    if match is None or str(match.url_name) not in markdown_pages.TWINS or (base == "/"):
        return None
    return ("/" if base == FIRST_PAGE else base), match


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


def _linked(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Add `Vary`, and links to other formats and the index."""
    twins = markdown_pages.twins(request)
    form = response.headers.get("Content-Type", "").partition(";")[0]
    if twins or form in (HTML, MARKDOWN):
        patch_vary_headers(response, ["Accept"])
    if form == MARKDOWN:
        response.headers["Access-Control-Allow-Origin"] = "*"
    if not twins or response.status_code not in (200, 304):
        return response
    site = read_site().url
    page = f"{site}{quote(request.path, safe=SAFE)}"
    others = [(f"{site}{path}", markdown_pages.TYPES[kind]) for kind, path in twins.items()]
    if markdown_pages.is_markdown(request):
        others[0] = (f"{page}{markdown_pages.query(request)}", HTML)
        _add_link(response, f'<{page}>; rel="canonical"')
    for address, media_type in others:
        _add_link(response, f'<{address}>; rel="alternate"; type="{media_type}"')
    _add_link(response, f'<{site}{INDEX}>; rel="describedby"; type="text/plain"')
    return response


def _add_link(response: HttpResponseBase, link: str) -> None:
    known = response.headers.get("Link")
    response.headers["Link"] = f"{known}, {link}" if known else link
