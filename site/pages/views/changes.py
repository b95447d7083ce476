"""The change log."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from catalog.history.changes import KINDS, ChangedFact, changes
from catalog.text.language import say
from catalog.text.paging import numbered, pager
from catalog.text.query_names import takes
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


@dataclass(frozen=True, slots=True)
class ChangeLog:
    """One page of the changes, and their filters; `stream` is the address of their feed."""

    changes: list[ChangedFact]
    count: int
    q: str
    kind: str
    stream: str
    kinds: list[ChangeFilter]


@takes("kind", "q", "page")
def change_list(request: HttpRequest) -> HttpResponse:
    """Show the filtered changes, newest first."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    q = request.GET.get("q", "").replace("\0", " ").strip()[:LONGEST_QUERY]
    number = read_page(request.GET)
    part = changes(limit=PER_PAGE, offset=(number - 1) * PER_PAGE, kind=kind, q=q)
    address = numbered("/changes", [("kind", kind), ("q", q)])
    words = [("", say("All")), *((str(word), str(label)) for word, label in ChangeKind.choices)]
    content = ChangeLog(
        changes=part.changes,
        count=part.count,
        q=q,
        kind=kind,
        stream=streams.folder_of_kind(kind),
        kinds=[
            ChangeFilter(label, numbered("/changes", [("kind", word), ("q", q)])(1), word == kind)
            for word, label in words
        ],
    )
    pages = pager(address, number, part.count, PER_PAGE)
    return markdown_pages.answer(request, "pages/changes.html", {"content": content, **pages.words()})
