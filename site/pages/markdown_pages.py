"""Markdown twins: their addresses and rendering."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from catalog.presentation.wording.markdown import tidy
from catalog.text.language import say
from pages.instants import as_of

MARKDOWN = "md"
TYPES = {"md": "text/markdown", "json": "application/json"}  # by suffix
BOTH = ("md", "json")
# URL name -> twins: a new page is a row here and a template under `text/`.
TWINS: Mapping[str, tuple[str, ...]] = {
    "home": ("md",),
    "models": ("md",),
    "family": BOTH,
    "model": BOTH,
    "compare": BOTH,
    "comparison": BOTH,
    "providers": ("md",),
    "provider": BOTH,
    "pricing": BOTH,
    "price": ("md",),
    "changes": BOTH,
    "search": ("md",),
    "status": BOTH,
    "styleguide": ("md",),
    "skills": ("md",),
    "skill": ("md",),
    "docs": ("md",),
    "docs-page": ("md",),
}
# What the API does not know: a page with one of them has no JSON.
NOT_IN_JSON: Mapping[str, tuple[str, ...]] = {
    "pricing": ("kind",),
    "compare": ("add",),
    "comparison": ("add",),
}
IN_QUERY = "%=&+,/:@~;!$*'()-._"
ASKED = "twin"


def is_markdown(request: HttpRequest) -> bool:
    """Whether this request is answered in Markdown."""
    return getattr(request, ASKED, "") == MARKDOWN


def answer(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render a page, `pages/model.html`, or its Markdown, `text/model.md`, from the same context."""
    if is_markdown(request):
        name = f"text/{template.rpartition('/')[2].removesuffix('.html')}.md"
        text = tidy(render_to_string(name, dict(context or {}), request))
        response = HttpResponse(text, content_type="text/markdown; charset=utf-8", status=status)
    else:
        response = render(request, template, context, status=status)
    if as_of(request) or _is_narrowed(str((context or {}).get("canonical", ""))):
        # A robot may read it and follow its links, but a search leads to the whole and to today.
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _is_narrowed(canonical: str) -> bool:
    # A further page of the whole list is not narrowed.
    return not {name for name, _ in parse_qsl(urlsplit(canonical).query)} <= {"page"}


def quoted(path: str) -> str:
    """Encode a path as addresses of this site are."""
    return quote(path, safe="/:@~")


def suffixed(path: str, kind: str) -> str:
    """Return the path of a page's twin."""
    return f"/index.{kind}" if path == "/" else f"{path}.{kind}"


def leading(href: str) -> str:
    """Return the Markdown twin of a page of this site, else the address.

    >>> leading("/docs/errors#401"), leading("/changes.atom")
    ('/docs/errors.md#401', '/changes.atom')
    """
    parts = urlsplit(href)
    if parts.netloc or not parts.path.startswith("/"):
        return href
    try:
        name = str(resolve(unquote(parts.path)).url_name)
    except Resolver404:
        return href
    if MARKDOWN not in TWINS.get(name, ()):
        return href
    return urlunsplit(parts._replace(path=suffixed(parts.path, MARKDOWN)))


def twins(request: HttpRequest) -> dict[str, str]:
    """Return path and query of each twin of this page."""
    match = request.resolver_match
    name = str(match.url_name) if match else ""
    kinds = TWINS.get(name, ())
    if name == "compare" and "," not in ",".join(request.GET.getlist("models")):
        kinds = tuple(kind for kind in kinds if kind != "json")  # the API compares two and more
    if any(request.GET.get(key) for key in NOT_IN_JSON.get(name, ())):
        kinds = tuple(kind for kind in kinds if kind != "json")
    return {kind: f"{suffixed(quoted(request.path), kind)}{query(request)}" for kind in kinds}


def query(request: HttpRequest) -> str:
    """Return the query string with its question mark, or ""."""
    return in_address(str(request.META.get("QUERY_STRING", "")))


def in_address(sent: str) -> str:
    """Return a query string as it was sent, with its question mark, or ""."""
    # WSGI hands it over as Latin-1 characters, one for each byte.
    return f"?{quote(sent.encode('latin-1', 'replace'), safe=IN_QUERY)}" if sent else ""


def openers(url: str) -> list[tuple[str, str]]:
    """Return name and address of assistants to open a page in."""
    prompt = quote(say("Read {url} and help me with it.", url=url), safe="")
    return [
        (say("Open in Claude"), f"https://claude.ai/new?q={prompt}"),
        (say("Open in ChatGPT"), f"https://chatgpt.com/?q={prompt}"),
    ]
