"""What a vendor's usage object costs."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from api.problems import ParametersError, UnknownError
from api.queries import UsageCall
from api.schemas import Problem, UsageQuote
from catalog.presentation import computed_json
from catalog.pricing.quote import Usage
from catalog.publishing.publish import current_revision
from catalog.records.quote_warnings import default_kind, quote_use
from catalog.records.usage_objects import UsageReading
from catalog.records.usage_paths import UsageObjectError
from catalog.records.usage_protocol import read_for_model
from catalog.search import lookup

router = Router(tags=["Quote"])


@router.post(
    "/usage",
    response={200: UsageQuote, 404: Problem, 413: Problem, 422: Problem, 429: Problem},
    summary="What a usage object costs",
)
def post_usage(request: HttpRequest, call: UsageCall) -> HttpResponse:
    """Read the usage object of a model's answer, and price it. Nothing that is sent is stored.

    Meters are disjoint: `input_tokens` are those that were neither read from nor written to a cache.
    """
    record = lookup.by_model_id(call.model)
    if record is None:
        near = [row.model_id for row in lookup.suggestions(call.model)]
        raise UnknownError(f"There is no model {call.model!r} in this catalog.", suggestions=near)
    at = call.at or timezone.now()
    try:
        kind = call.kind or default_kind(record, at)
        protocol, reading = read_for_model(record, call.usage, kind, call.protocol)
    except UsageObjectError as error:
        key = error.key if error.key in {"usage", "protocol"} else f"usage.{error.key}"
        raise ParametersError([(key, error.reason)], "body") from error
    except ValueError as error:
        raise ParametersError([("protocol", str(error))], "body") from error
    revision = current_revision()[0]
    usage = Usage(reading.meters, at, service_tier=_service_tier(call))
    priced = computed_json.quote(record["model_id"], quote_use(record, usage, call.kind), at, revision)
    return _answer(protocol, reading, priced)


def _service_tier(call: UsageCall) -> str | None:
    stated = call.service_tier or call.usage.get("service_tier")
    return stated if stated and isinstance(stated, str) else None


def _answer(protocol: str, reading: UsageReading, priced: dict[str, Any]) -> HttpResponse:
    body = {
        "protocol": protocol,
        "meters": dict(reading.meters),
        "unread": list(reading.unread),
        "quote": priced,
    }
    response = HttpResponse(orjson.dumps(body), content_type="application/json")
    response["Cache-Control"] = "no-store"
    response["X-Catalog-Revision"] = str(priced["revision"])
    return response
