"""The OpenAPI document, and what all answers share."""

import json
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.responses import NinjaJSONEncoder
from ninja.types import DictStrAny

from api.answers import answer
from api.middleware import PROBLEM
from catalog.publishing.publish import current_revision
from catalog.text.query_names import takes

# Refused before any operation: what cannot be read, what would write, parameters that it does not know.
ALWAYS = (400, 405, 422)

HEADERS = {
    "ETag": ("Names these bytes; send it as If-None-Match to be told 304.", "string"),
    "X-Catalog-Revision": ("The revision of the catalog that was read.", "integer"),
    "Cache-Control": ("How long the answer may be kept.", "string"),
    "Allow": ("The methods there are.", "string"),
    "Retry-After": ("In how many seconds to come again.", "integer"),
}


class CatalogAPI(NinjaAPI):
    """Adds to operations what the code around them adds to their answers."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: DictStrAny | None = None
    ) -> OpenAPISchema:
        """Build the document."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for methods in schema["paths"].values():
            for method, operation in methods.items():
                operation["responses"] = _responses(operation["responses"], is_sent=method == "post")
        return schema


def document_view(api: NinjaAPI, path_prefix: str) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view of an API's OpenAPI document."""

    # Once per process: it depends on code alone.
    @cache
    def schema() -> dict[str, Any]:
        # As plain values: the description holds shapes that only JSON's own encoder of the API knows.
        description: dict[str, Any] = json.loads(
            json.dumps(api.get_openapi_schema(path_prefix=path_prefix), cls=NinjaJSONEncoder)
        )
        return description

    @takes()
    def document(_request: HttpRequest) -> HttpResponse:
        return answer(schema(), revision=current_revision()[0], at=timezone.now())

    return document


def _responses(own: dict[Any, Any], *, is_sent: bool) -> dict[str, Any]:
    stated = {int(status): response for status, response in own.items()}
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    # Ninja states only what an operation declares; 304, 400 and 405 are of the code around it.
    # What was computed from a body is not kept.
    responses: dict[int, Any] = {} if is_sent else {304: {"description": HTTPStatus(304).phrase}}
    for status in {*stated, *ALWAYS}:
        if status < 400:
            responses[status] = deepcopy(stated[status])
        else:
            responses[status] = {"description": HTTPStatus(status).phrase, "content": {PROBLEM: problem}}
    for status, response in responses.items():
        response["headers"] = {**_headers(status, is_sent=is_sent), **response.get("headers", {})}
    return {str(status): responses[status] for status in sorted(responses)}


def _headers(status: int, *, is_sent: bool) -> dict[str, Any]:
    names = ["Cache-Control"]
    if status < 400:
        names += ["X-Catalog-Revision"] if is_sent else ["ETag", "X-Catalog-Revision"]
    elif status == 405:
        names += ["Allow"]
    elif status == 429:
        names += ["Retry-After"]
    return {
        name: {"description": HEADERS[name][0], "required": True, "schema": {"type": HEADERS[name][1]}}
        for name in names
    }
