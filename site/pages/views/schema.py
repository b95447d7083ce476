"""The parameters of a model as JSON Schema, for tools that check a request before it is sent."""

import json

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import get_conditional_response, set_response_etag

from catalog import lookup
from catalog.parameter_schema import parameter_schema
from catalog.wording.subject import read_site
from pages.views.model import model

FILE = "/schema.json"


def schema(request: HttpRequest, family: str, slug: str) -> HttpResponse:
    """Answer with the schema; without parameters on record 404, and an alias leads to its snapshot's."""
    record = lookup.by_path(family, slug)
    if record is None:
        moved = None if lookup.by_path(family, slug + FILE) else lookup.moved_to(family, slug)
        # Whatever else ends so is a model's own address, or none: the page of models knows.
        return _moved(moved) if moved else model(request, family, slug + FILE)
    body = parameter_schema(record, f"{read_site().url}{record['path']}{FILE}")
    if body is None:
        raise Http404(f"{family}/{slug}{FILE}")
    text = json.dumps(body, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/schema+json")
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=60"
    set_response_etag(response)
    found = get_conditional_response(request, etag=response["ETag"], response=response)
    return found if isinstance(found, HttpResponse) else response


def _moved(path: str) -> HttpResponse:
    """Send on for a while: browsers keep a bare 301 for ever, and an alias may move again."""
    response = HttpResponsePermanentRedirect(path + FILE)
    response["Cache-Control"] = "max-age=300"
    return response
