"""The search page."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from catalog.records.facts import facts
from catalog.search.finding import find
from catalog.search.hits import HitGroup
from catalog.search.lookup import suggestions
from catalog.search.selection import Selection, records_by_id
from catalog.search.words import LONGEST_QUERY, highlight
from catalog.text.language import mark, say
from catalog.text.query_names import takes
from pages import list_state, markdown_pages
from pages.model_rows import ModelRow, row

HEADINGS = {
    "model": mark("Models"),
    "family": mark("Families"),
    "provider": mark("Providers"),
    "docs": mark("Docs"),
}
MOST = {"model": 30, "family": 12, "provider": 12, "docs": 12}
Pieces = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class HitRow:
    """One hit; pieces mark what was asked for."""

    path: str
    title: Pieces
    label: Pieces
    detail: Pieces
    model: ModelRow | None


@dataclass(frozen=True, slots=True)
class ShownHits:
    """One group; `rest_url` leads to the rest."""

    kind: str
    heading: str
    count: str
    rows: list[HitRow]
    rest_url: str


@takes("q")
def search(request: HttpRequest) -> HttpResponse:
    """Show what a query finds."""
    at = timezone.now()
    q = request.GET.get("q", "").strip()[:LONGEST_QUERY].rstrip()
    results = find(q, at.date())
    context = {
        "q": q,
        "corrected": results.corrected,
        "count": f"{results.count:,}{'+' if results.is_capped else ''}",
        "hits": results.count,
        "groups": [_shown(group, results.words, results.corrected or q, at) for group in results.groups],
        # A page of text that holds the words of an ID somewhere does not say which model was meant.
        "suggestions": suggestions(q) if q and {group.kind for group in results.groups} <= {"docs"} else [],
    }
    return markdown_pages.answer(request, "pages/search.html", context)


def _shown(group: HitGroup, words: tuple[str, ...], q: str, at: datetime) -> ShownHits:
    hits = group.hits[: MOST[group.kind]]
    is_models = group.kind == "model"
    records = records_by_id([hit.pk for hit in hits]) if is_models else {}
    rows = [
        HitRow(
            path=hit.path,
            title=highlight(hit.title, words),
            label=highlight(hit.label, words) if is_models and hit.label != hit.title else [],
            detail=highlight(hit.detail, words),
            model=row(facts(records[hit.pk], at)) if hit.pk in records else None,
        )
        for hit in hits
    ]
    return ShownHits(
        kind=group.kind,
        heading=say(HEADINGS[group.kind]),
        count=f"{group.count:,}{'+' if group.is_capped else ''}",
        rows=rows,
        # Search finds what is retired, too; lists leave it out unless it is asked for.
        rest_url=list_state.State(Selection(q=q, retired=True)).address()
        if is_models and group.count > len(hits)
        else "",
    )
