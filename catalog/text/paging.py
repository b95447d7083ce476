"""Pages of a long list and their addresses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

LAST_PAGE = 10_000
# Page number -> its address.
Address = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Pager:
    """One page of a list: its rows and neighbours."""

    page: int
    last_page: int
    start: int
    stop: int
    canonical: str
    first_url: str
    previous_url: str
    next_url: str

    def words(self) -> dict[str, Any]:
        """Return the context of a pager's template."""
        names = ("page", "last_page", "canonical", "first_url", "previous_url", "next_url")
        return {name: getattr(self, name) for name in names}


def page_number(text: str) -> int:
    """Parse a page number, or return 1."""
    # Bounded, because a database walks over all rows before an offset.
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 9 else 1


def pager(address: Address, number: int, count: int, per_page: int, *, is_within: bool = False) -> Pager:
    """Build a pager; past the end it is empty, or with `is_within` the last.

    >>> pager(numbered("/skills"), 2, 250, 100).next_url
    '/skills?page=3'
    """
    pages = Paginator(range(count), per_page)
    last = pages.num_pages
    # Django makes no page past the end, but a list says there where it ends.
    page = pages.get_page(number) if is_within or number <= last else Page(range(0), number, pages)
    return Pager(
        page=page.number,
        last_page=last,
        start=(page.number - 1) * per_page,
        stop=page.number * per_page,
        canonical=address(page.number),
        first_url=address(1),
        previous_url=address(min(page.number - 1, last)) if page.has_previous() else "",
        next_url=address(page.next_page_number()) if page.has_next() else "",
    )


def numbered(path: str, pairs: Sequence[tuple[str, str]] = ()) -> Address:
    """Return the addresses of a list's pages."""

    def address(page: int) -> str:
        query = [(name, value) for name, value in (*pairs, ("page", str(page) if page > 1 else "")) if value]
        return f"{path}?{urlencode(query)}" if query else path

    return address
