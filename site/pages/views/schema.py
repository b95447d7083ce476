"""A model's parameters as JSON Schema."""

import json
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from catalog.presentation.wording.subject import read_site
from catalog.records.record import Record
from catalog.search import lookup
from catalog.snippets.json_schema import call_schema, calls_of, parameter_schema
from catalog.text.query_names import takes
from pages.views.model import missing

FILE = "/schema.json"


@takes("call")
def schema(request: HttpRequest, family: str, slug: str) -> HttpResponse:
    """Answer with the JSON Schema, of one `call` if given: 422 if unknown, 404 without parameters."""
    record = lookup.by_path(family, slug)
    if record is None:
        moved = lookup.moved_to(family, slug)
        return _moved(request, moved) if moved else missing(request, family, slug + FILE)
    address, call = f"{read_site().url}{record['path']}{FILE}", request.GET.get("call")
    body = parameter_schema(record, address)
    if body is None:
        raise Http404(f"{family}/{slug}{FILE}")
    if call is not None:
        body = call_schema(record, address, call)
    if body is None:
        return _unknown(record)
    response = _json(body, "application/schema+json")
    response["Cache-Control"] = "public, max-age=60"
    return response


def _json(body: object, kind: str) -> HttpResponse:
    response = HttpResponse(json.dumps(body, ensure_ascii=False, indent=1), content_type=kind)
    # Tools of any page check requests with it.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _unknown(record: Record) -> HttpResponse:
    known = ", ".join(call.key for call in calls_of(record))
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    body = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status,
        "detail": "A parameter is not valid.",
        "errors": [{"loc": "query.call", "msg": f"is no call of {record['model_id']}: use one of {known}"}],
    }
    response = _json(body, "application/problem+json")
    response.status_code = status
    response["Cache-Control"] = "no-store"
    return response


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    response = HttpResponsePermanentRedirect(f"{path}{FILE}{query}")
    # Browsers keep a bare 301 for ever, and an alias may move again.
    response["Cache-Control"] = "max-age=300"
    return response
