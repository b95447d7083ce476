"""The API refuses a parameter that it does not know, and names those that it does."""

import pytest
from django.urls import get_resolver

from api.document import CatalogAPI
from api.known_parameters import query_names
from api.urls import api
from catalog.pricing.units import METERS
from catalog.search.facets import PARAMETERS
from small import OTHER_LINE, TOKENS

pytestmark = pytest.mark.django_db

MODEL = f"/api/v1/models/{TOKENS}"
ADDRESSES = [
    *("/api/v1/models", MODEL, f"{MODEL}/prices", f"{MODEL}/snippets", f"{MODEL}/sources"),
    *("/api/v1/providers", "/api/v1/providers/arbor", "/api/v1/families", "/api/v1/families/linden"),
    *("/api/v1/status", "/api/v1/changes", "/api/v1/search", "/api/v1/exports/csv"),
    *("/api/v1/exports/openrouter/models", "/api/v1/exports/openai-models/models"),
    *(f"/api/v1/exports/openai-models/models/{TOKENS}", "/api/v1/exports/anthropic-models/v1/models"),
    f"/api/v1/exports/anthropic-models/v1/models/{TOKENS}",
    *(f"/api/v1/quote?model={TOKENS}&input_tokens=1", f"/api/v1/compare?models={TOKENS},{OTHER_LINE}"),
    *("/api/v1/docs", "/api/v1/openapi.json", "/openapi.json"),
]


def refused(answer):
    """The body of a 422 that is a problem."""
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "no-store"
    return answer.json()


def test_every_operation_has_an_address_here():
    matches = [get_resolver().resolve(address.partition("?")[0]) for address in ADDRESSES]
    names = {match.url_name for match in matches if match.namespaces == ["api"]}
    operations = {path for path, methods in api.get_openapi_schema()["paths"].items() if "get" in methods}
    assert len(names) == len(operations) == len(ADDRESSES) - 3


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_unknown_parameter_is_refused_at_every_address(client, address):
    assert client.get(address).status_code == 200
    mark = "&" if "?" in address else "?"
    body = refused(client.get(f"{address}{mark}nobody_reads_this=1"))
    assert body["detail"].startswith("Unknown parameter: nobody_reads_this. ")
    assert [error["loc"] for error in body["errors"]] == ["query.nobody_reads_this"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_refused_as_get_is(client, address):
    mark = "&" if "?" in address else "?"
    assert client.head(f"{address}{mark}nobody_reads_this=1").status_code == 422


def test_a_list_names_all_that_it_takes_and_the_nearest(client):
    body = refused(client.get("/api/v1/models?region=eu&modalty=text"))
    known = body["detail"].partition("Known: ")[2].rstrip(".").split(", ")
    assert {"q", "sort", "limit", "offset", "facets", "at", *(row.name for row in PARAMETERS)} == set(known)
    region, modality = body["errors"]
    assert region["loc"] == "query.region"
    assert modality == {"loc": "query.modalty", "msg": "is unknown: did you mean modality?"}


def test_what_an_operation_knows_is_what_the_document_lists():
    assert isinstance(api, CatalogAPI)
    listed = {
        (path, method): {row["name"] for row in operation.get("parameters", []) if row["in"] == "query"}
        for path, methods in api.get_openapi_schema(path_prefix="")["paths"].items()
        for method, operation in methods.items()
    }
    assert len(listed) > 15
    beside = {"param.*", "lifecycle[]"}
    for _, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                shown = path.replace("{path:", "{")
                for method in operation.methods:
                    assert set(query_names(operation)) - beside == listed[(shown, method.lower())], path


@pytest.mark.parametrize("name", [*METERS, "service_tier", "region", "action"])
def test_a_quote_takes_any_meter_and_what_a_use_is(client, name):
    value = "1" if name in METERS else "x"
    answer = client.get("/api/v1/quote", {"model": TOKENS, "input_tokens": "1", name: value})
    assert answer.status_code == 200


def test_a_quote_judges_parameters_of_the_request_itself(client):
    body = refused(client.get(f"/api/v1/quote?model={TOKENS}&input_tokens=1&param.nothing=1"))
    assert body["errors"][0]["msg"].startswith("is no parameter of")
    body = refused(client.get(f"/api/v1/quote?model={TOKENS}&input_token=1"))
    assert body["errors"] == [{"loc": "query.input_token", "msg": "is unknown: did you mean input_tokens?"}]


def test_the_list_of_an_sdk_that_writes_brackets_is_read(client):
    assert client.get("/api/v1/exports/anthropic-models/v1/models?lifecycle[]=active").status_code == 200


def test_what_the_sdk_of_openrouter_sends_is_known(client):
    whole = "/api/v1/exports/openrouter/models"
    assert client.get(f"{whole}?offset=0&limit=500").json() == client.get(whole).json()
    assert refused(client.get(f"{whole}?offset=500&limit=500"))["errors"][0]["loc"] == "query.offset"


@pytest.mark.parametrize("name", ["utm_source", "ref", "gclid", "Limit", "LIMIT", "limit[]", " limit"])
def test_names_are_exact_and_trackers_are_no_exception(client, name):
    assert refused(client.get("/api/v1/models", {name: "1"}))["errors"][0]["loc"] == f"query.{name}"


def test_an_answer_echoes_at_most_ten_names_of_sixty_characters(client):
    query = "&".join(f"{number}{'x' * 200}=1" for number in range(30))
    body = refused(client.get(f"/api/v1/models?{query}"))
    assert len(body["errors"]) == 10
    assert max(len(error["loc"]) for error in body["errors"]) == len("query.") + 60
    assert len(body["detail"]) < 1500


def test_a_conditional_request_still_works(client):
    first = client.get("/api/v1/models?limit=1")
    assert client.get("/api/v1/models?limit=1", headers={"If-None-Match": first["ETag"]}).status_code == 304
    again = client.get("/api/v1/models?limit=1&x=1", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 422
