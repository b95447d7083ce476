"""Which page of a long list is asked for, and the addresses of the pages beside it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Pager:
    """One page of a list: the rows from `start` to `stop`, and where the pages before and after it are."""

    page: int
    last_page: int
    start: int
    stop: int
    canonical: str
    previous_url: str
    next_url: str

    def words(self) -> dict[str, Any]:
        """Give what templates of a pager show."""
        names = ("page", "last_page", "canonical", "previous_url", "next_url")
        return {name: getattr(self, name) for name in names}


def page_number(text: str) -> int:
    """Read a page number, 1 where it is none."""
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 9 else 1


def pager(path: str, asked: str, count: int, per_page: int, at: str = "") -> Pager:
    """Find the page that is asked for, the last one where the list ends before it.

    >>> pager("/skills", "2", 250, 100).next_url
    '/skills?page=3'
    """
    last = max(1, -(-count // per_page))
    page = min(page_number(asked), last)
    return Pager(
        page=page,
        last_page=last,
        start=(page - 1) * per_page,
        stop=page * per_page,
        canonical=_address(path, page, at),
        previous_url=_address(path, page - 1, at) if page > 1 else "",
        next_url=_address(path, page + 1, at) if page < last else "",
    )


def _address(path: str, page: int, at: str) -> str:
    pairs = [("at", at)] if at else []
    if page > 1:
        pairs.append(("page", str(page)))
    return f"{path}?{urlencode(pairs)}" if pairs else path
