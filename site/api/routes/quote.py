"""What a use of a model costs, line by line."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from api.answers import answer
from api.problems import ParametersError, UnknownError
from api.queries import QuoteQuery
from api.schemas import Problem, Quote
from catalog.presentation import computed_json
from catalog.pricing.billed_quantity import UnevenCallsError
from catalog.pricing.units import METERS
from catalog.publishing.publish import current_revision
from catalog.records.facts import holds_since, next_boundary
from catalog.records.price_rows import looks_at_clock
from catalog.records.quote_warnings import quote_use
from catalog.records.read_usage import CALLS, KEYS, AskedError, read_usage
from catalog.search import lookup
from catalog.text.query_names import takes

router = Router(tags=["Quote"])
OWN = frozenset({"model", "kind", "at"})  # all others describe the use


def _optional(name: str, description: str) -> dict[str, Any]:
    return {
        "in": "query",
        "name": name,
        "required": False,
        "schema": {"type": "string"},
        "description": description,
    }


# Stated by hand: a use is read from the whole query, as `param.name` may be any parameter.
ASKED = [
    *(_optional(row.name, f"How many {row.plural} ({row.label.lower()}).") for row in METERS.values()),
    _optional(CALLS, "How many calls share the quantities, 1 if absent: a minimum or a step is per call."),
    _optional("service_tier", "As in batch, flex, priority."),
    _optional("region", "Where the request is answered."),
    _optional("action", "The action of a media model."),
]


@router.get(
    "/quote",
    response={200: Quote, 404: Problem, 422: Problem, 429: Problem},
    summary="What a use costs",
    openapi_extra={"parameters": ASKED},
)
@takes(*KEYS)
def get_quote(request: HttpRequest, query: Query[QuoteQuery]) -> HttpResponse:
    """Price a use of a model. Meters are given as `input_tokens=10000`, parameters as `param.name=value`.

    `total` is null whenever a used meter has no price; `subtotal` adds up the lines there are. `warnings` say
    what might mislead.
    """
    record = lookup.by_model_id(query.model)
    if record is None:
        near = [row.model_id for row in lookup.suggestions(query.model)]
        raise UnknownError(f"There is no model {query.model!r} in this catalog.", suggestions=near)
    texts = {key: str(value) for key, value in request.GET.items() if key not in OWN}
    now = timezone.now()
    revision, published_at = current_revision()
    try:
        usage = read_usage(record, texts, query.at or now)
    except AskedError as error:
        raise ParametersError(error.errors) from error
    # Where prices look at the clock, no answer outlives its instant.
    has_clock = looks_at_clock(record)
    since = query.at or (now if has_clock else holds_since(record, now, published_at))
    boundary = None if query.at else now if has_clock else next_boundary(record, now)
    try:
        result = quote_use(record, usage, query.kind)
    except UnevenCallsError as error:
        raise ParametersError([(CALLS, str(error))]) from error
    body = computed_json.quote(record["model_id"], result, since, revision)
    return answer(body, revision=revision, at=now, boundary=boundary)
