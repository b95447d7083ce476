"""The change log."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from catalog.history.changes import KINDS, changes
from catalog.text.language import say
from catalog.text.paging import numbered, pager
from catalog.vocabulary import ChangeKind
from pages import markdown_pages
from pages.feeds import streams
from pages.list_state import read_page

PER_PAGE = 100
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """One filter."""

    label: str
    url: str
    is_current: bool


def change_list(request: HttpRequest) -> HttpResponse:
    """Show the filtered changes, newest first."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    q = request.GET.get("q", "").replace("\0", " ").strip()[:LONGEST_QUERY]
    number = read_page(request.GET)
    part = changes(limit=PER_PAGE, offset=(number - 1) * PER_PAGE, kind=kind, q=q)
    address = numbered("/changes", [("kind", kind), ("q", q)])
    words = [("", say("All")), *((str(word), str(label)) for word, label in ChangeKind.choices)]
    context: dict[str, Any] = {
        "changes": part.changes,
        "count": part.count,
        "q": q,
        "kind": kind,
        "stream": streams.folder_of_kind(kind),
        "kinds": [
            ChangeFilter(label, numbered("/changes", [("kind", word), ("q", q)])(1), word == kind)
            for word, label in words
        ],
        **pager(address, number, part.count, PER_PAGE).words(),
    }
    return markdown_pages.answer(request, "pages/changes.html", context)
