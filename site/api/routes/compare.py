"""Models side by side."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from api.answers import answer, earliest
from api.problems import ParametersError, UnknownError
from api.queries import CompareQuery
from api.routes.quote import ASKED
from api.schemas import Comparison, Problem
from catalog.comparison import LEAST, MOST, UsageError, compare, named_models
from catalog.presentation import computed_json, model_json
from catalog.publishing.publish import current_revision
from catalog.records.facts import facts, holds_since, next_boundary
from catalog.records.price_rows import looks_at_clock
from catalog.records.read_usage import KEYS, is_asked
from catalog.search import lookup
from catalog.text.instants import rfc3339
from catalog.text.query_names import takes

router = Router(tags=["Compare"])


@router.get(
    "/compare",
    response={200: Comparison, 404: Problem, 422: Problem, 429: Problem},
    summary="Models side by side",
    openapi_extra={"parameters": ASKED},
)
@takes(*KEYS)
def get_comparison(request: HttpRequest, query: Query[CompareQuery]) -> HttpResponse:
    """Compare two to six models, in the order in which they are named.

    A use, given as for a quote (`input_tokens=10000`), adds rows of what it costs with each model.
    """
    names = named_models.split(query.models)
    lineup = named_models.find(names, ordered=False)
    if lineup.unknown:
        near = [row.model_id for row in lookup.suggestions(lineup.unknown[0])]
        raise UnknownError(f"There is no model {lineup.unknown[0]!r} in this catalog.", suggestions=near)
    if not LEAST <= len(lineup.records) <= MOST:
        reason = f"names {len(lineup.records)} models: name {LEAST} to {MOST} different ones"
        raise ParametersError([("models", reason)])
    now = timezone.now()
    revision, published_at = current_revision()
    usage = {key: str(value) for key, value in request.GET.items() if is_asked(key)}
    try:
        compared = compare([facts(record, query.at or now) for record in lineup.records], usage)
    except UsageError as error:
        raise ParametersError(error.errors) from error
    # Where a cost looks at the clock, no answer outlives its instant.
    has_clock = bool(usage) and any(looks_at_clock(record) for record in lineup.records)
    since = query.at or (
        now if has_clock else max(holds_since(record, now, published_at) for record in lineup.records)
    )
    boundary = (
        None
        if query.at
        else now
        if has_clock
        else earliest(next_boundary(record, now) for record in lineup.records)
    )
    body: dict[str, Any] = {
        **computed_json.comparison(compared),
        "url": model_json.absolute(named_models.path(lineup.ids)),
        "at": rfc3339(since),
        "revision": revision,
    }
    return answer(body, revision=revision, at=now, boundary=boundary)
