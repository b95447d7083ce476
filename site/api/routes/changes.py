"""What changed in the catalog."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from api.answers import answer, next_page
from api.queries import ChangesQuery
from api.schemas import ChangeList, Problem
from catalog.history.changes import changes
from catalog.presentation import computed_json
from catalog.publishing.publish import current_revision
from catalog.search import lookup

router = Router(tags=["Changes"])


@router.get("/changes", response={200: ChangeList, 422: Problem}, summary="What changed")
def list_changes(request: HttpRequest, query: Query[ChangesQuery]) -> HttpResponse:
    """List changes, the newest first; with `since_revision` those after it, the oldest first."""
    record = lookup.by_model_id(query.model) if query.model else None
    page = changes(
        limit=query.limit,
        offset=query.offset,
        kind=query.kind or "",
        q=query.q.strip(),
        model_id=(record["model_id"] if record else query.model) if query.model else None,
        since_revision=query.since_revision,
    )
    body = {
        "items": [computed_json.change(change) for change in page.changes],
        "count": page.count,
        "next": next_page(request, limit=query.limit, offset=query.offset, count=page.count),
    }
    return answer(body, revision=current_revision()[0], at=timezone.now())
