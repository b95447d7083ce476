"""What search engines find here: `/sitemap.xml`, the lists of addresses that it names, and `/robots.txt`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from django.db.models import F, Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from catalog.history.changes import LastChange, last_changes
from catalog.models import Family, Price, Provider, StatusEvent
from catalog.presentation.skills.names import CATALOG, key_of
from catalog.presentation.wording.subject import read_site
from catalog.publishing.publish import current_revision
from catalog.text.instants import rfc3339
from config.cached_response import XML, Text, answer
from docs import library
from pages.markdown_pages import quoted

PER_FILE = 10_000
"""Addresses in one file: the protocol allows 50,000, and a file of this size is written in a moment."""
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
PAGES = ("/models", "/providers", "/compare", "/pricing", "/status", "/docs", "/skills", "/api/v1/docs")
OF_EVERY_CHANGE = ("/", "/changes")
"""Pages on which each publish shows."""
ROBOTS = """\
# An index for agents: {site}/llms.txt
User-agent: *
Disallow: /admin/
# A list narrowed four ways shows what wider ones hold, in too many ways to read.
Disallow: /models?*&*&*&

Sitemap: {site}/sitemap.xml
"""


MODELS = "models"
Changes = Callable[[], Iterable[LastChange]]
"""Asked for by a section only that names days."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address, and when what stands there last changed, where that is known."""

    path: str
    at: datetime | None = None


def robots(_request: HttpRequest) -> HttpResponse:
    """Say what robots may read, and where the addresses of all pages are."""
    response = HttpResponse(ROBOTS.format(site=read_site().url), content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def index(request: HttpRequest) -> HttpResponse:
    """Name the files of each section."""
    return answer(request, "sitemaps", lambda at, _: (_index(at), _boundary(at)), XML)


def section(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """List the addresses of one file of a section."""
    if name not in SECTIONS:
        raise Http404(name)
    response = answer(request, f"sitemap {name} {number}", lambda at, _: _section(name, number, at), XML)
    if response.status_code == 200 and not response.content:
        raise Http404(f"{name} {number}")
    return response


def _index(at: datetime) -> str:
    changes = last_changes(at)
    files = [
        Place(f"/sitemaps/{name}-{number + 1}.xml", _newest(places[number * PER_FILE :][:PER_FILE]))
        for name, list_places in SECTIONS.items()
        for places in [[*list_places(lambda: changes)]]
        for number in range(-(-len(places) // PER_FILE))
    ]
    return _written("sitemapindex", "sitemap", files)


def _section(name: str, number: int, at: datetime) -> Text:
    """Write one file; empty where there is none of this number."""
    start, stop = (number - 1) * PER_FILE, number * PER_FILE
    if name == MODELS and number:
        places = [*_models(lambda: last_changes(at, start, stop))]
    else:
        places = [*SECTIONS[name](lambda: last_changes(at))][max(0, start) : stop]
    return (_written("urlset", "url", places), _boundary(at)) if places else ("", None)


def _models(changes: Changes) -> Iterator[Place]:
    """List every model: one that has retired keeps its page, where people look for what replaces it."""
    return (Place(change.path, change.at) for change in changes())


def _families(changes: Changes) -> Iterator[Place]:
    # A slug with a slash has no page: the address would mean a model.
    slugs = (slug for slug in _slugs(Family.objects.order_by("pk")) if "/" not in slug)
    return _groups("/models", slugs, ((change.family, change.at) for change in changes()))


def _providers(changes: Changes) -> Iterator[Place]:
    slugs = _slugs(Provider.objects.order_by("pk"))
    return _groups("/providers", slugs, ((change.provider, change.at) for change in changes()))


def _docs(_changes: Changes) -> Iterator[Place]:
    return (Place(entry.path) for group in library.groups() for entry in group.entries)


def _skills(_changes: Changes) -> Iterator[Place]:
    keys = (key_of(slug) for slug in _slugs(Family.objects.order_by("pk")))
    return (Place(quoted(f"/skills/{key}")) for key in (CATALOG, *keys))


def _pages(_changes: Changes) -> Iterator[Place]:
    published_at = current_revision()[1]
    yield from (Place(path, published_at) for path in OF_EVERY_CHANGE)
    yield from (Place(path) for path in PAGES)


SECTIONS: dict[str, Callable[[Changes], Iterator[Place]]] = {
    "pages": _pages,
    MODELS: _models,
    "families": _families,
    "providers": _providers,
    "docs": _docs,
    "skills": _skills,
}


def _groups(
    folder: str, slugs: Iterable[str], changes: Iterable[tuple[str, datetime | None]]
) -> Iterator[Place]:
    """List the pages of groups, each as new as the newest of its models."""
    newest: dict[str, datetime] = {}
    for slug, at in changes:
        if at:
            newest[slug] = max(at, newest.get(slug, at))
    return (Place(quoted(f"{folder}/{slug}"), newest.get(slug)) for slug in slugs)


def _slugs(rows: QuerySet[Family] | QuerySet[Provider]) -> list[str]:
    return list(rows.values_list("slug", flat=True))


def _newest(places: Iterable[Place]) -> datetime | None:
    """Give the last change of any of these; None where one may have changed without being known to."""
    instants = [place.at for place in places]
    return max(filter(None, instants), default=None) if all(instants) else None


def _boundary(at: datetime) -> datetime | None:
    """Say when a page next changes by itself: a price or a status begins or ends."""
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


def _written(root: str, element: str, places: Iterable[Place]) -> str:
    site = read_site().url
    lines = [
        f"<{element}><loc>{escape(site + place.path)}</loc>"
        + (f"<lastmod>{rfc3339(place.at.replace(microsecond=0))}</lastmod>" if place.at else "")
        + f"</{element}>"
        for place in places
    ]
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SCHEMA}">'
    return "\n".join([head, *lines, f"</{root}>\n"])
