"""Reads the files of the documentation."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

from docs import values
from docs.conditions import ConditionError
from docs.fences import FenceError, fences

KEYS = ("title", "description", "group", "order")
"""Front matter of every page, and no other."""


class ContentError(ValueError):
    """A page that cannot be shown; names its file."""


@dataclass(frozen=True, slots=True)
class DocsSource:
    """One file; values are not yet filled in."""

    slug: str
    title: str
    description: str
    group: str
    order: int
    text: str


def read(folder: Path) -> tuple[DocsSource, ...]:
    """Read the pages of a folder; raise ContentError."""
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


def _source(path: Path, folder: Path) -> DocsSource:
    name = path.relative_to(folder).as_posix()
    text = path.read_text(encoding="utf-8")
    opening, separator, rest = text.partition("---\n")
    front, closing, body = rest.partition("\n---\n")
    if opening or not separator or not closing:
        raise ContentError(f'{name}: begins with front matter between two lines "---".')
    try:
        values.check(text)
        # Only to refuse a fence of no known kind.
        fences(text)
    except (values.UnknownValueError, ConditionError, FenceError) as error:
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
