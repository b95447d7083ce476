"""Search by what is typed so far."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from api.answers import answer, earliest
from api.queries import SearchQuery
from api.schemas import Problem, SearchResult
from catalog.presentation import computed_json, model_json
from catalog.publishing.publish import current_revision
from catalog.records.facts import Facts, facts, next_boundary
from catalog.records.record import stated_name
from catalog.search.finding import find
from catalog.search.hits import Hit, HitGroup
from catalog.search.selection import records_by_id

router = Router(tags=["Search"])


@router.get("/search", response={200: SearchResult, 422: Problem, 429: Problem}, summary="Search")
def search(request: HttpRequest, query: Query[SearchQuery]) -> HttpResponse:
    """Find what a query means, as far as it is typed, whatever the order of its words and errors in them."""
    at, revision = timezone.now(), current_revision()[0]
    results = find(query.q, at.date(), query.limit)
    records = records_by_id([hit.pk for group in results.groups for hit in group.hits if hit.kind == "model"])
    known = {pk: facts(record, at) for pk, record in records.items()}
    body = {
        "q": query.q,
        "corrected": results.corrected or None,
        "words": list(results.words),
        "count": results.count,
        "groups": [_group(group, known) for group in results.groups],
    }
    boundary = earliest(next_boundary(record, at) for record in records.values())
    return answer(body, revision=revision, at=at, boundary=boundary)


def _group(group: HitGroup, known: dict[int, Facts]) -> dict[str, Any]:
    items = [_item(hit, known.get(hit.pk) if hit.kind == "model" else None) for hit in group.hits]
    return {"kind": group.kind, "count": group.count, "is_capped": group.is_capped, "items": items}


def _item(hit: Hit, model: Facts | None) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "id": hit.label,
        "name": stated_name(model.record) if model else hit.title,
        "display_name": hit.title,
        "url": model_json.absolute(hit.path),
        "detail": hit.detail or None,
        "lifecycle": model.lifecycle if model else None,
        "context_window": model.record["context_window"] if model else None,
        "price": computed_json.headline_price(model) if model else None,
    }
