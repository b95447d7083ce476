"""The twins of pages: which page has which, where they are, and how the Markdown of a page is rendered."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from catalog.wording.markdown import tidy
from catalog.wording.subject import read_site

MARKDOWN = "md"
TYPES = {"md": "text/markdown", "json": "application/json"}
"""Suffix of a twin -> its media type."""
BOTH = ("md", "json")
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
    "docs": ("md",),
    "docs-page": ("md",),
}
"""Name of an address -> the twins of its page: a new page is one row here and one template under `text/`."""
ASKED, SUFFIX = "twin", "twin_suffix"


def is_markdown(request: HttpRequest) -> bool:
    """Say whether this request is answered in Markdown, by its suffix or by what it accepts."""
    return getattr(request, ASKED, "") == MARKDOWN


def answer(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render a page, or its Markdown from the same context: `pages/model.html` or `text/model.md`."""
    if not is_markdown(request):
        return render(request, template, context, status=status)
    name = f"text/{template.rpartition('/')[2].removesuffix('.html')}.md"
    text = tidy(render_to_string(name, dict(context or {}), request))
    return HttpResponse(text, content_type="text/markdown; charset=utf-8", status=status)


def names(request: HttpRequest, name: str) -> list[str]:
    """List the names that an address may mean: one that itself ends as a twin does comes first."""
    suffix = getattr(request, SUFFIX, "")
    return [f"{name}{suffix}", name] if suffix else [name]


def settle(request: HttpRequest, asked: str, found: str) -> None:
    """Answer with the page itself where its own name ends as a twin does."""
    if found != asked:
        request.path = request.path_info = f"{request.path}{getattr(request, SUFFIX, '')}"
        setattr(request, ASKED, "")
        setattr(request, SUFFIX, "")


def address(path: str, kind: str, query: str = "") -> str:
    """Give the path of a page's twin: `/models.md?q=a`, and `/index.md` for the first page."""
    suffixed = f"/index.{kind}" if path == "/" else f"{quote(path, safe='/:@~')}.{kind}"
    return f"{suffixed}?{query}" if query else suffixed


def twins(request: HttpRequest) -> dict[str, str]:
    """Give the absolute address of each twin of the page that is asked for."""
    match = request.resolver_match
    kinds = TWINS.get(str(match.url_name), ()) if match else ()
    query = quote(
        str(request.META.get("QUERY_STRING", "")).encode("latin-1", "replace"), safe="%=&+,/:@~;!$*'()-._"
    )
    site = read_site().url
    return {kind: f"{site}{address(request.path, kind, query)}" for kind in kinds}
