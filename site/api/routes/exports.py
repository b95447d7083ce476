"""The catalog in other catalogs' shapes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja import Query, Router

from api.answers import answer
from api.export_files import send_export
from api.export_queries import AnthropicQuery, ExportQuery, OpenRouterQuery
from api.problems import ParametersError, UnknownError
from api.queries import AtQuery
from api.schemas import Problem
from api.schemas.exports import (
    AnthropicModel,
    AnthropicModels,
    ExportReport,
    OpenAIModel,
    OpenAIModels,
    OpenRouterModels,
)
from catalog.exchange.exports.base import Offered
from catalog.exchange.exports.fingerprint import unchanged_since
from catalog.exchange.exports.openai_anthropic import anthropic_model, anthropic_page, openai_model
from catalog.exchange.exports.paging import page
from catalog.exchange.exports.writing import WRITERS
from catalog.publishing.publish import current_revision
from catalog.records.facts import facts
from catalog.search import lookup
from catalog.text.query_names import takes

router = Router(tags=["Exports"])
ERRORS = {404: Problem, 422: Problem}
MEDIA: dict[str, Any] = {
    writer.media_type: {"schema": {}} for writer in WRITERS.values() if writer.suffix != "json"
}


@router.get(
    "/exports/{format}",
    response={200: ExportReport, **ERRORS},
    summary="The catalog in another shape",
    openapi_extra={"responses": {200: {"content": {"application/json": {"schema": {}}, **MEDIA}}}},
)
def get_export(request: HttpRequest, format: str, query: Query[ExportQuery]) -> HttpResponseBase:  # noqa: A002
    """Write the whole catalog as models-dev, litellm, openrouter, genai-prices, openai-models,
    anthropic-models, csv, jsonl or toml (an archive of our own files).

    `X-Export-Loss` counts what the shape cannot hold; `report=true` lists it instead of the catalog.
    """  # noqa: D205
    if format not in WRITERS:
        raise UnknownError(
            f"There is no format {format[:100]!r}. There are: {', '.join(WRITERS)}.",
            suggestions=list(WRITERS),
        )
    return send_export(request, format, query)


@router.get(
    "/exports/openrouter/models",
    response={200: OpenRouterModels, 422: Problem},
    summary="For OpenRouter's SDK",
)
def list_openrouter(request: HttpRequest, query: Query[OpenRouterQuery]) -> HttpResponseBase:
    """Answer as OpenRouter's `/api/v1/models`: `server_url` is `…/api/v1/exports/openrouter`."""
    return send_export(request, "openrouter", query)


@router.get(
    "/exports/openai-models/models", response={200: OpenAIModels, 422: Problem}, summary="For OpenAI's SDK"
)
def list_openai(request: HttpRequest, query: Query[ExportQuery]) -> HttpResponseBase:
    """Answer as OpenAI's `/v1/models`: `base_url` is `…/api/v1/exports/openai-models`."""
    return send_export(request, "openai-models", query)


@router.get(
    "/exports/openai-models/models/{path:model_id}",
    response={200: OpenAIModel, **ERRORS},
    summary="One model for OpenAI's SDK",
)
def get_openai(request: HttpRequest, model_id: str, query: Query[AtQuery]) -> HttpResponse:
    """Return one model, found by its ID or an alias."""
    return _one(openai_model(_offered(model_id, query)), query)


@router.get(
    "/exports/anthropic-models/v1/models",
    response={200: AnthropicModels, 422: Problem},
    summary="For Anthropic's SDK",
)
@takes("lifecycle[]")
def list_anthropic(request: HttpRequest, query: Query[AnthropicQuery]) -> HttpResponse:
    """Answer as Anthropic's `/v1/models`, by ID: `base_url` is `…/api/v1/exports/anthropic-models`.

    Without `lifecycle` the retired models are left out.
    """
    if query.after_id and query.before_id:
        raise ParametersError([("before_id", "goes without after_id: give one of them")])
    at, revision = query.at or timezone.now(), current_revision()[0]
    # Anthropic's SDK writes the names of lists with brackets.
    stages = request.GET.getlist("lifecycle[]") or query.lifecycle
    known = {"active", "deprecated", "retired"}
    if not known.issuperset(stages):
        raise ParametersError([("lifecycle", f"use {', '.join(sorted(known))}")])
    offers, has_more = page(at, query.limit, stages, after=query.after_id, before=query.before_id)
    boundary = None if query.at else unchanged_since(at)[1]
    body = anthropic_page(offers, has_more=has_more)
    return answer(body, revision=revision, at=at, boundary=boundary)


@router.get(
    "/exports/anthropic-models/v1/models/{path:model_id}",
    response={200: AnthropicModel, **ERRORS},
    summary="One model for Anthropic's SDK",
)
def get_anthropic(request: HttpRequest, model_id: str, query: Query[AtQuery]) -> HttpResponse:
    """Return one model, found by its ID or an alias."""
    return _one(anthropic_model(_offered(model_id, query)), query)


def _offered(model_id: str, query: AtQuery) -> Offered:
    record = lookup.by_model_id(model_id)
    if record is None:
        near = [row.model_id for row in lookup.suggestions(model_id)]
        raise UnknownError(f"There is no model {model_id!r} in this catalog.", suggestions=near)
    return Offered(facts(record, query.at or timezone.now()), None)


def _one(body: dict[str, Any], query: AtQuery) -> HttpResponse:
    at = query.at or timezone.now()
    boundary = None if query.at else unchanged_since(at)[1]
    return answer(body, revision=current_revision()[0], at=at, boundary=boundary)
