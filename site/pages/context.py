"""What every template may use."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi

from catalog.presentation.wording.subject import read_site
from catalog.publishing.publish import current_revision
from catalog.text.language import mark, say
from pages import markdown_pages
from pages.instants import as_of
from pages.script_words import SOURCE, script_words

LINKS = (
    (mark("Models"), "/models"),
    (mark("Providers"), "/providers"),
    (mark("Compare"), "/compare"),
    (mark("Pricing"), "/pricing"),
    (mark("Docs"), "/docs"),
    (mark("API"), "/api/v1/docs"),
    (mark("Changes"), "/changes"),
    (mark("Status"), "/status"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the header; `current` is its `aria-current`."""

    label: str
    href: str
    current: str


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what header, footer and head need, without a query."""
    site = read_site()
    return {
        "site": site,
        "language": get_language(),
        # What is English on a page of another language says so.
        "english": mark_safe("" if get_language() == SOURCE else ' lang="en"'),  # noqa: S308 - no value in it
        "is_rtl": get_language_bidi(),
        "script_words": script_words(),
        # The admin's login page has a `site` of its own.
        "brand": site.name,
        "canonical_url": site.url + quote(request.path, safe="/:@~"),
        "site_card_url": f"{site.url}/card.png",
        "as_of": as_of(request),
        **_twins(request, site.url),
        # To be called: only pages that show it ask the database.
        "published": current_revision,
        "navigation": [Link(say(label), href, _current(request.path, href)) for label, href in LINKS],
    }


def _twins(request: HttpRequest, site_url: str) -> dict[str, Any]:
    paths = markdown_pages.twins(request)
    markdown = paths.get("md", "")
    return {
        "twins": [(kind, path, site_url + path, markdown_pages.TYPES[kind]) for kind, path in paths.items()],
        "markdown_path": markdown,
        "openers": markdown_pages.openers(site_url + markdown) if markdown else [],
    }


def _current(path: str, href: str) -> str:
    if path == href:
        return "page"
    return "true" if path.startswith(f"{href}/") else ""
