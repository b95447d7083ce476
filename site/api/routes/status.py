"""The health of the catalog."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from api.answers import answer
from api.queries import AtQuery
from api.schemas import Problem, Status
from catalog.history.status import troubled
from catalog.publishing.publish import current_revision
from catalog.vocabulary import Severity

router = Router(tags=["Status"])


@router.get("/status", response={200: Status, 422: Problem}, summary="What is not operational")
def get_status(request: HttpRequest, query: Query[AtQuery]) -> HttpResponse:
    """List models with open trouble, the worst first; no items means that all is well."""
    at, revision = query.at or timezone.now(), current_revision()[0]
    items = [
        {"model_id": row.model_id, "severity": row.severity, "since": row.since, "message": row.message}
        for row in troubled(at)
    ]
    overall = items[0]["severity"] if items else Severity.OPERATIONAL.value
    return answer({"overall": overall, "items": items}, revision=revision, at=at)
