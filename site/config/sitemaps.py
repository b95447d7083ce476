"""`/sitemap.xml`, its files, and `/robots.txt`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage
from django.db.models import F, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string

from catalog.history.changes import last_changes
from catalog.models import Price, StatusEvent, Variant
from catalog.presentation.wording.subject import read_site
from catalog.text.query_names import takes
from config.cached_response import XML, answer
from config.sitemap_places import MODELS, SECTIONS, Place, models

PER_FILE = 10_000  # the protocol allows 50,000; this many are written in a moment
ROBOTS = """\
# An index for agents: {site}/llms.txt
User-agent: *
Disallow: /admin/
# A list narrowed four ways shows what wider ones hold, in too many ways to read.
Disallow: /models?*&*&*&

Sitemap: {site}/sitemap.xml
"""


class PlacesSitemap(Protocol):
    """Addresses to slice."""

    def __len__(self) -> int: ...
    def __getitem__(self, part: slice, /) -> list[Place]: ...


class SitemapSection(Sitemap):  # type: ignore[type-arg]
    """Pages of one kind, in files of `PER_FILE`."""

    def __init__(self, places: PlacesSitemap) -> None:
        self.places, self.limit = places, PER_FILE

    def items(self) -> PlacesSitemap:  # type: ignore[override]
        """Return all places."""
        # Not read here: the paginator asks for their number and for slices alone.
        return self.places

    def location(self, item: Place) -> str:
        """Return a page's path."""
        return item.path

    def lastmod(self, item: Place) -> datetime | None:
        """Return a page's last change, if known."""
        return item.at

    def get_protocol(self, protocol: str | None = None) -> str:
        """Return this site's scheme."""
        return protocol or read_site().url.partition("://")[0]

    def get_domain(self, site: object = None) -> str:  # noqa: ARG002 - asked for by Django
        """Return this site's host."""
        # Whichever host a request names.
        return read_site().url.partition("://")[2]


class Models:
    """Every model, oldest entry first, one query a slice."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __len__(self) -> int:
        # Retired ones too: people look there for what replaces them.
        return Variant.objects.count()

    def __getitem__(self, part: slice) -> list[Place]:
        return [*models(lambda: last_changes(self.at, part.start, part.stop))]


@takes()
def robots(_request: HttpRequest) -> HttpResponse:
    """Answer with rules for robots."""
    response = HttpResponse(ROBOTS.format(site=read_site().url), content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response


@takes()
def index(_request: HttpRequest) -> HttpResponse:
    """List the sitemap's files."""
    return answer("sitemaps", lambda at, _: (_index(at), _boundary(at)), XML)


@takes()
def section(_request: HttpRequest, name: str, number: int) -> HttpResponse:
    """List the addresses of one file."""
    if name not in SECTIONS:
        raise Http404(name)
    return answer(f"sitemap {name} {number}", lambda at, _: (_file(name, number, at), _boundary(at)), XML)


def _index(at: datetime) -> str:
    site, changes = read_site().url, last_changes(at)
    files: list[tuple[str, datetime | None]] = []
    for name, list_places in SECTIONS.items():
        pages = SitemapSection([*list_places(lambda: changes)]).paginator
        files += [(f"{site}/sitemaps/{name}-{page.number}.xml", _newest(page.object_list)) for page in pages]
    return render_to_string("text/sitemap_index.xml", {"sitemaps": files})


def _file(name: str, number: int, at: datetime) -> str:
    places: PlacesSitemap = Models(at) if name == MODELS else [*SECTIONS[name](lambda: last_changes(at))]
    try:
        urls = SitemapSection(places).get_urls(number)
    except EmptyPage as error:
        raise Http404(f"{name} {number}") from error
    return render_to_string("text/sitemap.xml", {"urlset": urls})


def _newest(places: Iterable[Place]) -> datetime | None:
    # None where any of them may have changed without a record.
    instants = [place.at for place in places]
    return max(filter(None, instants), default=None) if all(instants) else None


def _boundary(at: datetime) -> datetime | None:
    """Return when a price or status next begins or ends."""
    return min(
        filter(
            None,
            (
                rows.filter(**{f"{name}__gt": at}).aggregate(next=Min(F(name)))["next"]
                for rows, name in (
                    (Price.objects.all(), "effective_from"),
                    (Price.objects.all(), "effective_until"),
                    (StatusEvent.objects.all(), "started_at"),
                    (StatusEvent.objects.all(), "ended_at"),
                )
            ),
        ),
        default=None,
    )
