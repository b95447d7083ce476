"""What changed in the catalog, in plain words."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from catalog.history.changes import KINDS, changes
from catalog.text.language import say
from catalog.vocabulary import ChangeKind
from pages import markdown_pages
from pages.feeds import streams
from pages.list_state import read_page

PER_PAGE = 100
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """One filter, at an address of its own."""

    label: str
    url: str
    is_current: bool


def change_list(request: HttpRequest) -> HttpResponse:
    """Show the changes, the newest first, filtered by what the address says."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    q = request.GET.get("q", "").replace("\0", " ").strip()[:LONGEST_QUERY]
    number = read_page(request.GET)
    found = changes(limit=PER_PAGE, offset=(number - 1) * PER_PAGE, kind=kind, q=q)
    last = max(1, -(-found.count // PER_PAGE))
    words = [("", say("All")), *((str(word), str(label)) for word, label in ChangeKind.choices)]
    context: dict[str, Any] = {
        "changes": found.changes,
        "count": found.count,
        "q": q,
        "kind": kind,
        "stream": f"/changes/{kind}" if kind in streams.KINDS else "/changes",
        "kinds": [ChangeFilter(label, _address(word, q), word == kind) for word, label in words],
        "canonical": _address(kind, q, number),
        "page": number,
        "last_page": last,
        "first_url": _address(kind, q),
        "previous_url": _address(kind, q, number - 1) if number > 1 else "",
        "next_url": _address(kind, q, number + 1) if number < last else "",
    }
    return markdown_pages.answer(request, "pages/changes.html", context)


def _address(kind: str, q: str, page: int = 1) -> str:
    pairs = [(name, value) for name, value in (("kind", kind), ("q", q)) if value]
    if page > 1:
        pairs.append(("page", str(page)))
    return f"/changes?{urlencode(pairs)}" if pairs else "/changes"
