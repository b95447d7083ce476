"""The sitemap's addresses, by section."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from catalog.history.changes import LastChange
from catalog.models import Family, Provider
from catalog.presentation.skills.names import CATALOG, key_of
from catalog.publishing.publish import current_revision
from docs import library
from pages.markdown_pages import quoted

PAGES = ("/models", "/providers", "/compare", "/pricing", "/status", "/docs", "/skills", "/api/v1/docs")
OF_EVERY_CHANGE = ("/", "/changes")  # show each publish
MODELS = "models"
# To be called: only sections that name days pay for reading the changes.
Changes = Callable[[], Iterable[LastChange]]


@dataclass(frozen=True, slots=True)
class Place:
    """An address and its last change, if known."""

    path: str
    at: datetime | None = None


def models(changes: Changes) -> Iterator[Place]:
    """List the models."""
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
    MODELS: models,
    "families": _families,
    "providers": _providers,
    "docs": _docs,
    "skills": _skills,
}


def _groups(
    folder: str, slugs: Iterable[str], changes: Iterable[tuple[str, datetime | None]]
) -> Iterator[Place]:
    """List groups' pages, each as new as its newest model."""
    newest: dict[str, datetime] = {}
    for slug, at in changes:
        if at:
            newest[slug] = max(at, newest.get(slug, at))
    return (Place(quoted(f"{folder}/{slug}"), newest.get(slug)) for slug in slugs)


def _slugs(rows: QuerySet[Family] | QuerySet[Provider]) -> list[str]:
    return list(rows.values_list("slug", flat=True))
