"""Models, their prices and snippets."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from api.answers import next_page
from api.facet_parameters import selection_of
from api.model_answers import find_record, send_answer
from api.queries import AtQuery, ModelsQuery, PricesQuery, SnippetsQuery
from api.schemas import FullModel, ModelList, PriceList, Problem, SnippetList, SourceFields
from catalog.history.source_claims import field_views
from catalog.presentation import computed_json, model_json
from catalog.presentation.wording.promises import offered_calls, read_promises
from catalog.pricing.price import PriceRecord
from catalog.publishing.publish import current_revision
from catalog.records.end_of_life_headers import end_of_life_headers
from catalog.records.facts import Facts, facts, holds_since
from catalog.search import lookup
from catalog.search.facets import FACETS
from catalog.search.selection import page
from catalog.snippets import LANGUAGES, SiteSettings, languages_of, proven
from catalog.text.instants import rfc3339

router = Router(tags=["Models"])
ERRORS = {404: Problem, 422: Problem}
ENDING = {
    "responses": {
        200: {
            "headers": {
                name: {"description": said, "schema": {"type": "string"}}
                for name, said in (
                    ("Deprecation", "Since or from when the model is deprecated (RFC 9745)."),
                    ("Sunset", "The first instant at which the model no longer answers (RFC 8594)."),
                    (
                        "Link",
                        "The record of the model to use instead, as successor-version, if known.",
                    ),
                )
            }
        }
    }
}


@router.get("/models", response={200: ModelList, 422: Problem, 429: Problem}, summary="List models")
def list_models(request: HttpRequest, query: Query[ModelsQuery]) -> HttpResponse:
    """List models that match every filter given, a page at a time."""
    at, revision = query.at or timezone.now(), current_revision()[0]
    selection = selection_of(query, query.q, query.sort)
    part = page(selection, at, query.limit, query.offset, facets=FACETS if query.facets else ())
    body: dict[str, Any] = {
        "items": [model_json.model(facts(record, at)) for record in part.records],
        "count": part.count,
        "next": next_page(request, limit=query.limit, offset=query.offset, count=part.count),
    }
    if query.facets:
        body["facets"] = {
            name: [{"value": row.value, "label": row.label, "count": row.count} for row in rows]
            for name, rows in part.facets.items()
        }
    return send_answer(body, part.records, revision, at, fixed=query.at is not None)


# The suffixed addresses come first: an ID may hold slashes, so the plain one would swallow them.
@router.get(
    "/models/{path:model_id}/prices", response={200: PriceList, **ERRORS}, summary="Prices of a model"
)
def list_prices(request: HttpRequest, model_id: str, query: Query[PricesQuery]) -> HttpResponse:
    """List the price rows in force at an instant, or with `history=true` all of them.

    `at` in the answer is the instant asked for; without one, the instant since which the answer holds.
    """
    at = query.at or timezone.now()
    revision, published_at = current_revision()
    record = find_record(model_id)
    rows: list[PriceRecord] = record["prices"] if query.history else facts(record, at).prices
    items = [model_json.price(row) for row in rows if query.kind in (None, row["kind"])]
    since = query.at or holds_since(record, at, published_at)
    body = {"items": items, "count": len(items), "at": rfc3339(since), "revision": revision}
    return send_answer(body, [record], revision, at, fixed=query.at is not None)


@router.get(
    "/models/{path:model_id}/snippets", response={200: SnippetList, **ERRORS}, summary="Snippets of a model"
)
def list_snippets(request: HttpRequest, model_id: str, query: Query[SnippetsQuery]) -> HttpResponse:
    """List runnable requests to a model, one per protocol, action and language."""
    at, revision = timezone.now(), current_revision()[0]
    record = find_record(model_id)
    site = SiteSettings(api_base_url=settings.API_BASE_URL, api_key_env=settings.API_KEY_ENV)
    items = [
        computed_json.snippet(LANGUAGES[language](call, site), proven(call, language))
        for call in offered_calls(record, read_promises())
        if query.protocol in {None, call.protocol} and query.option in {None, call.option}
        for language in languages_of(call)
        if query.language in {None, language}
    ]
    return send_answer({"items": items}, [record], revision, at)


@router.get(
    "/models/{path:model_id}/sources", response={200: SourceFields, **ERRORS}, summary="Sources of a model"
)
def list_sources(request: HttpRequest, model_id: str, query: Query[AtQuery]) -> HttpResponse:
    """List field by field what is shown, where it is from, and what each other catalog says of it."""
    at = query.at or timezone.now()
    revision, published_at = current_revision()
    record = find_record(model_id)
    items = [computed_json.source_field(view) for view in field_views(record, at)]
    body = {
        "model_id": record["model_id"],
        "items": items,
        "count": len(items),
        "disagreements": sum(item["disagrees"] for item in items),
        "at": rfc3339(query.at or holds_since(record, at, published_at)),
        "revision": revision,
    }
    return send_answer(body, [record], revision, at, fixed=query.at is not None)


@router.get(
    "/models/{path:model_id}",
    response={200: FullModel, **ERRORS},
    summary="A model in full",
    openapi_extra=ENDING,
)
def get_model(request: HttpRequest, model_id: str, query: Query[AtQuery]) -> HttpResponse:
    """Return everything known of a model, found by its ID or an alias.

    Headers of a deprecated or retired model name its dates and its successor.
    """
    at, revision = query.at or timezone.now(), current_revision()[0]
    record = find_record(model_id)
    family = [facts(other, at) for other in lookup.family_records(record["family"]["slug"])]
    this: Facts = facts(record, at)
    body = model_json.full_model(this, family, model_id)
    # The answer tells of siblings, too, so it may change with any of them.
    read = [record, *(other.record for other in family)]
    response = send_answer(body, read, revision, at, fixed=query.at is not None)
    # The header's successor is this API's record of it, not its page.
    path = quote(f"/api/v1/models/{body['successor']}", safe="/:@~")
    follows = model_json.absolute(path) if body["successor"] else None
    for name, value in end_of_life_headers(this, follows).items():
        response[name] = value
    return response
