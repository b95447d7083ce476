"""The documentation for search: pages, and sections under their anchors."""

import re
from collections.abc import Iterator
from functools import lru_cache

from markdown.extensions.toc import slugify, unique

from catalog.search.other_texts import Passage
from docs import library, values
from docs.fences import Fence, pieces

_HEADING = re.compile(r"^#{2,3} +(.+?) *#*$")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[`*|]|^[#>-]+ ", re.MULTILINE)


def passages() -> tuple[Passage, ...]:
    """Return all pages and sections."""
    return _passages(tuple(values.with_promises().items()))


# Search indexes a tuple once: the same one is returned until a setting changes.
@lru_cache(maxsize=4)
def _passages(filled: tuple[tuple[str, str], ...]) -> tuple[Passage, ...]:
    named = dict(filled)
    rows: list[Passage] = []
    for source in library.shelf():
        title = values.fill(source.title, named)
        path = f"/docs/{source.slug}"
        sections = list(_sections(values.fill(source.text, named)))
        whole = "\n".join(f"{heading}\n{text}" for heading, _anchor, text in sections)
        rows.append(Passage(path, title, values.fill(source.description, named), whole))
        rows += [
            Passage(f"{path}#{anchor}", heading, title, text) for heading, anchor, text in sections if anchor
        ]
    return tuple(rows)


def _sections(text: str) -> Iterator[tuple[str, str, str]]:
    """Split a page into heading, anchor and text."""
    used: set[str] = set()
    lines: list[str] = []
    heading, anchor = "", ""
    for piece in pieces(text.splitlines()):
        opened = _HEADING.match(piece) if isinstance(piece, str) else None
        if opened:
            yield heading, anchor, _plain("\n".join(lines))
            heading, lines = _plain(opened[1]), []
            # By the functions of Markdown's `toc` extension, which writes the anchors of the page.
            anchor = unique(slugify(heading, "-"), used)
        else:
            lines.append(piece.code if isinstance(piece, Fence) else piece)
    yield heading, anchor, _plain("\n".join(lines))


def _plain(markdown: str) -> str:
    return _MARKS.sub("", _LINK.sub(r"\1", markdown)).strip()
