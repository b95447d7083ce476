"""The documentation pages, as HTML and Markdown."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from catalog.presentation.wording.markdown import tidy
from catalog.text.language import say
from catalog.text.query_names import takes
from docs import library


@takes()
def index(request: HttpRequest) -> HttpResponse:
    """List all pages by group."""
    return _answer(request, "docs/index.html", {"groups": library.groups(), "section": "docs"})


@takes()
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one page."""
    current = library.find(slug)
    if current is None:
        raise Http404(f"There is no documentation page {slug!r}.")
    context: dict[str, Any] = {"page": current, "groups": library.groups(), "section": "docs"}
    context["trail"] = [(say("Docs"), "/docs"), (current.title, "")]
    return _answer(request, "docs/page.html", context)


def _answer(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    if getattr(request, "twin", "") != "md":
        return render(request, template, context)
    name = f"text/{template.replace('/', '_').removesuffix('.html')}.md"
    text = tidy(render_to_string(name, dict(context), request))
    return HttpResponse(text, content_type="text/markdown; charset=utf-8")
