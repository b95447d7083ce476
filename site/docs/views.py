"""The pages of the documentation."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from docs import library


def index(request: HttpRequest) -> HttpResponse:
    """List all pages by group."""
    return render(request, "docs/index.html", {"groups": library.groups(), "section": "docs"})


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one page."""
    found = library.find(slug)
    if found is None:
        raise Http404(f"There is no documentation page {slug!r}.")
    context = {"page": found, "groups": library.groups(), "section": "docs"}
    return render(request, "docs/page.html", context)
