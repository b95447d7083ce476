"""The documentation pages: Markdown files, read once, in one order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, pairwise
from pathlib import Path

from docs import values
from docs.fences import FenceError, fences
from docs.markup import Heading, render

CONTENT = Path(__file__).parent / "content"
KEYS = ("title", "description", "group", "order")
"""The front matter that every page has, and no other."""


class ContentError(ValueError):
    """A page that cannot be shown; names its file and the reason."""


@dataclass(frozen=True, slots=True)
class DocsSource:
    """One file: its front matter and its Markdown, values not yet filled in."""

    slug: str
    title: str
    description: str
    group: str
    order: int
    text: str


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
    """Pages under one label, in order."""

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


def read(folder: Path) -> tuple[DocsSource, ...]:
    """Read the pages of a folder; ContentError names the file and what is wrong."""
    sources = [_source(path, folder) for path in sorted(folder.rglob("*.md"))]
    sources.sort(key=lambda source: source.order)
    for first, second in pairwise(sources):
        if first.order == second.order:
            raise ContentError(f"{first.slug}.md and {second.slug}.md have the same order, {first.order}.")
    labels = [group for group, _ in groupby(source.group for source in sources)]
    for label in labels:
        if labels.count(label) > 1:
            raise ContentError(f"The pages of the group {label!r} do not follow one another.")
    return tuple(sources)


def groups() -> tuple[DocsGroup, ...]:
    """List all pages by group."""
    filled = values.current()
    grouped = groupby(shelf(), key=lambda source: source.group)
    return tuple(
        DocsGroup(label, tuple(_entry(source, filled) for source in sources)) for label, sources in grouped
    )


def find(slug: str) -> DocsPage | None:
    """Return a page, or None where no page has that slug."""
    if all(source.slug != slug for source in shelf()):
        return None
    return _page(slug, tuple(values.current().items()))


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


def _source(path: Path, folder: Path) -> DocsSource:
    name = path.relative_to(folder).as_posix()
    text = path.read_text(encoding="utf-8")
    opening, separator, rest = text.partition("---\n")
    front, closing, body = rest.partition("\n---\n")
    if opening or not separator or not closing:
        raise ContentError(f'{name}: begins with front matter between two lines "---".')
    try:
        values.check(text)
        fences(text)
    except (values.UnknownValueError, FenceError) as error:
        raise ContentError(f"{name}, {error}") from error
    matter = _front_matter(name, front.splitlines())
    if not (matter["order"].isascii() and matter["order"].isdecimal()):
        raise ContentError(f"{name}: order is a whole number, not {matter['order']!r}.")
    return DocsSource(
        slug=name.removesuffix(".md"),
        title=matter["title"],
        description=matter["description"],
        group=matter["group"],
        order=int(matter["order"]),
        text=body.strip() + "\n",
    )


def _front_matter(name: str, lines: Iterable[str]) -> dict[str, str]:
    matter: dict[str, str] = {}
    for line in lines:
        key, colon, value = line.partition(":")
        key, value = key.strip(), value.strip()
        if not colon or key not in KEYS or key in matter or not value:
            raise ContentError(
                f"{name}: {line!r} is not a line of front matter: {', '.join(KEYS)}, each once."
            )
        matter[key] = value
    for key in KEYS:
        if key not in matter:
            raise ContentError(f"{name}: the front matter has no {key}.")
    return matter
