"""Rules for every page, in one registry."""

import re
from collections.abc import Callable, Iterable, Iterator

from catalog.text.placeholders import PLACEHOLDER
from lint.page_parts import PageText

TWICE_ESCAPED = re.compile(r"&amp;(?:quot|#39|#x27|amp|lt|gt);")
# In one or two rows columns may agree by chance.
FEWEST_ROWS = 3


def placeholders(page: PageText, _html: str) -> Iterator[str]:
    """Find template placeholders outside code."""
    for block in page.blocks:
        if match := PLACEHOLDER.search(block.prose):
            yield f"{match.group()!r} in {block.prose[:80]!r}"


def escapes(_page: PageText, html: str) -> Iterator[str]:
    """Find entities that were escaped twice."""
    for entity in sorted(set(TWICE_ESCAPED.findall(html))):
        yield f"{entity!r} is shown as text"


def one_heading(page: PageText, _html: str) -> Iterator[str]:
    """Require exactly one h1, and a title."""
    if page.h1_count != 1:
        yield f"{page.h1_count} h1 headings, not 1"
    if not page.title:
        yield "no title"


def repeated_columns(page: PageText, _html: str) -> Iterator[str]:
    """Require that no column repeats another."""
    for table in page.tables:
        width = len(table.rows[0]) if table.rows else 0
        if len(table.rows) < FEWEST_ROWS or any(len(row) != width for row in table.rows):
            continue
        columns = list(zip(*table.rows, strict=True))
        for at, column in enumerate(columns):
            # Columns of one value, such as "Not stated", may well agree.
            if column in columns[:at] and len(set(column)) > 1:
                first = columns.index(column) + 1
                yield f"column {at + 1} repeats column {first}: {', '.join(column)[:80]!r}"


PAGE_RULES: dict[str, Callable[[PageText, str], Iterable[str]]] = {
    "placeholder": placeholders,
    "escaped twice": escapes,
    "heading": one_heading,
    "repeated column": repeated_columns,
}
