"""What every template may use."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from urllib.parse import quote

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi

from catalog.presentation.wording.subject import Site, read_site
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


@dataclass(frozen=True, slots=True)
class TwinLink:
    """One twin of a page: its kind, path, absolute address and media type."""

    kind: str
    path: str
    url: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What header, footer and head need; each field is a variable of every template."""

    site: Site
    language: str | None
    english: SafeString
    is_rtl: bool
    script_words: dict[str, str]
    brand: str
    canonical_url: str
    site_card_url: str
    as_of: datetime | None
    twins: list[TwinLink]
    markdown_path: str
    openers: list[tuple[str, str]]
    published: Callable[[], tuple[int, datetime | None]]
    navigation: list[Link]


def frame(request: HttpRequest) -> dict[str, object]:
    """Return the frame by name, without a query."""
    built = _frame(request)
    return {field.name: getattr(built, field.name) for field in fields(built)}


def _frame(request: HttpRequest) -> Frame:
    site, twins = read_site(), markdown_pages.twins(request)
    markdown = twins.get("md", "")
    return Frame(
        site=site,
        language=get_language(),
        # What is English on a page of another language says so.
        english=mark_safe("" if get_language() == SOURCE else ' lang="en"'),  # noqa: S308 - no value in it
        is_rtl=get_language_bidi(),
        script_words=script_words(),
        # The admin's login page has a `site` of its own.
        brand=site.name,
        canonical_url=site.url + quote(request.path, safe="/:@~"),
        site_card_url=f"{site.url}/card.png",
        as_of=as_of(request),
        twins=[
            TwinLink(kind, path, site.url + path, markdown_pages.TYPES[kind]) for kind, path in twins.items()
        ],
        markdown_path=markdown,
        openers=markdown_pages.openers(site.url + markdown) if markdown else [],
        # To be called: only pages that show it ask the database.
        published=current_revision,
        navigation=[Link(say(label), href, _current(request.path, href)) for label, href in LINKS],
    )


def _current(path: str, href: str) -> str:
    if path == href:
        return "page"
    return "true" if path.startswith(f"{href}/") else ""
