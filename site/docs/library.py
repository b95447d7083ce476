"""The documentation pages, in one order."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from docs import values
from docs.markup import Heading, render
from docs.sources import DocsSource, read

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class DocsEntry:
    """A page in the navigation."""

    slug: str
    title: str
    description: str

    @property
    def path(self) -> str:
        """Return its address."""
        return f"/docs/{self.slug}"


@dataclass(frozen=True, slots=True)
class DocsGroup:
    """Pages under one label."""

    title: str
    entries: tuple[DocsEntry, ...]


@dataclass(frozen=True, slots=True)
class DocsPage:
    """A page, ready to show."""

    slug: str
    title: str
    description: str
    group: str
    html: str
    markdown: str
    headings: tuple[Heading, ...]
    previous: DocsEntry | None
    next: DocsEntry | None

    @property
    def path(self) -> str:
        """Return its address."""
        return f"/docs/{self.slug}"


@cache
def shelf() -> tuple[DocsSource, ...]:
    """Read the bundled pages, in order."""
    return read(CONTENT)


def groups() -> tuple[DocsGroup, ...]:
    """List all pages by group."""
    filled = values.current()
    grouped = groupby(shelf(), key=lambda source: source.group)
    return tuple(
        DocsGroup(label, tuple(_entry(source, filled) for source in sources)) for label, sources in grouped
    )


def find(slug: str) -> DocsPage | None:
    """Return a page, or None."""
    if all(source.slug != slug for source in shelf()):
        return None
    # Settings and promises are part of the cache's key: a page is rendered anew when one changes.
    return _page(slug, tuple(values.with_promises().items()))


@lru_cache(maxsize=256)
def _page(slug: str, filled: tuple[tuple[str, str], ...]) -> DocsPage:
    sources, named = shelf(), dict(filled)
    at = next(position for position, source in enumerate(sources) if source.slug == slug)
    source = sources[at]
    text = values.fill(source.text, named)
    rendered = render(text)
    return DocsPage(
        slug=slug,
        title=values.fill(source.title, named),
        description=values.fill(source.description, named),
        group=source.group,
        html=rendered.html,
        markdown=text,
        headings=rendered.headings,
        previous=_entry(sources[at - 1], named) if at else None,
        next=_entry(sources[at + 1], named) if at + 1 < len(sources) else None,
    )


def _entry(source: DocsSource, filled: Mapping[str, str]) -> DocsEntry:
    return DocsEntry(source.slug, values.fill(source.title, filled), values.fill(source.description, filled))
