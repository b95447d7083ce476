"""What holds for every answer of the API."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from catalog.snippets import PLAIN, Proof, digest
from rows import a_price, a_variant
from small import TOKENS, TOKENS_ALIAS

MODEL = f"/api/v1/models/{TOKENS}"
ADDRESSES = [
    "/api/v1/models",
    MODEL,
    f"{MODEL}/prices",
    f"{MODEL}/snippets",
    f"{MODEL}/sources",
    "/api/v1/providers",
    "/api/v1/providers/arbor",
    "/api/v1/families",
    "/api/v1/families/linden",
    "/api/v1/status",
    "/api/v1/changes",
    "/api/v1/search?q=ballad",
    "/api/v1/exports/litellm?kind=list",
    "/api/v1/exports/toml",
    "/api/v1/exports/litellm?report=true",
    "/api/v1/exports/openrouter/models",
    "/api/v1/exports/anthropic-models/v1/models",
    f"/api/v1/exports/openai-models/models/{TOKENS_ALIAS}",
    f"/api/v1/quote?model={TOKENS}&input_tokens=1",
]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_can_be_kept_and_asked_for_again(client, address):
    first = client.get(address)
    assert first.status_code == 200
    assert re.fullmatch(r'"[0-9a-f]{32}"', first["ETag"])
    assert int(first["X-Catalog-Revision"]) >= 1
    assert re.fullmatch(r"public, max-age=\d+", first["Cache-Control"])
    assert first["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in first
    assert "Cookie" not in first.get("Vary", "")
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]


@pytest.mark.parametrize("tail", ["", "/prices"])
def test_an_answer_lives_to_its_next_boundary_and_one_for_an_instant_has_none(client, tail):
    variant = a_variant("testfam-soon")
    soon = timezone.now() + timedelta(seconds=30)
    a_price(variant, effective_from=soon)
    address = f"/api/v1/models/testfam-soon{tail}"
    seconds = int(client.get(address)["Cache-Control"].removeprefix("public, max-age="))
    assert 0 < seconds <= 30
    for at in (soon - timedelta(seconds=1), soon - timedelta(days=9), soon + timedelta(days=9)):
        answer = client.get(address, {"at": at.isoformat()})
        assert answer["Cache-Control"] == "public, max-age=60", at


@pytest.mark.parametrize("address", ADDRESSES)
def test_writes_are_refused_and_reads_are_named(client, address):
    for method in (client.post, client.put, client.patch, client.delete):
        answer = method(address)
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, HEAD, OPTIONS"
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.slow
@pytest.mark.parametrize("address", ADDRESSES)
def test_head_says_what_get_would_send(client, address):
    got, head = client.get(address), client.head(address)
    assert head.status_code == 200
    assert head.content == b""
    assert head["Content-Length"] == str(len(got.content))
    assert head["ETag"] == got["ETag"]


def test_any_origin_may_read(client):
    answer = client.options("/api/v1/models", headers={"origin": "https://example.com"})
    assert answer.status_code == 204
    assert answer.content == b""
    assert "Content-Type" not in answer
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_snippet_that_needs_nothing_installed_says_null(client):
    installs = {row["language"]: row["install"] for row in client.get(f"{MODEL}/snippets").json()["items"]}
    assert installs["curl"] is None
    assert "" not in installs.values()
    assert any(installs.values())


def test_a_snippet_that_has_been_run_says_when_and_with_what(client, settings, monkeypatch):
    settings.API_BASE_URL, settings.API_KEY_ENV = PLAIN.api_base_url, PLAIN.api_key_env

    def asked():
        query = {"language": "python", "protocol": "anthropic-messages", "option": "basic"}
        (row,) = client.get(f"{MODEL}/snippets", query).json()["items"]
        return row

    never = asked()
    assert (never["proof"], never["install"]) == (None, "pip install anthropic")
    ran = frozenset({digest(never["code"])})
    known = Proof(date(2026, 11, 24), "Python 3.11.7", {"anthropic": "2.12.0"}, ran)
    monkeypatch.setattr("catalog.snippets.proof_of", {"python": known}.get)
    cache.clear()
    row = asked()
    assert row["proof"] == {"ran_on": "2026-11-24", "program": "Python 3.11.7", "version": "2.12.0"}
    assert row["install"] == "pip install anthropic==2.12.0"


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=1001",
        "limit=x",
        "offset=-1",
        "offset=1000001",
        "limit=1e9",
        "offset=9223372036854775808",
        "sort=cheapest",
        "modality=smell",
        "at=yesterday",
        "max_input_price=NaN",
        "max_input_price=-1",
        "min_context=-5",
    ],
)
def test_a_bad_parameter_is_named_with_the_reason(client, query):
    answer = client.get(f"/api/v1/models?{query}")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert {"type", "title", "status", "detail", "errors"} <= body.keys()
    name = query.partition("=")[0]
    assert any(name in error["loc"] and error["msg"] for error in body["errors"])


def test_an_unknown_model_is_a_problem_that_names_the_nearest(client):
    answer = client.get("/api/v1/models/linden-balad-4-5")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert TOKENS in answer.json()["suggestions"] or answer.json()["suggestions"]


def test_an_unknown_address_is_a_problem(client):
    answer = client.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.json()["status"] == 404


def test_the_openapi_document_is_of_3_1_and_names_every_address(client):
    answer = client.get("/api/v1/openapi.json")
    assert answer["X-Catalog-Revision"]
    assert "max-age" in answer["Cache-Control"]
    again = client.get("/api/v1/openapi.json", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    document = answer.json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/api/v1/compare",
        "/api/v1/models",
        "/api/v1/models/{model_id}",
        "/api/v1/models/{model_id}/prices",
        "/api/v1/models/{model_id}/snippets",
        "/api/v1/models/{model_id}/sources",
        "/api/v1/providers",
        "/api/v1/providers/{slug}",
        "/api/v1/families",
        "/api/v1/families/{slug}",
        "/api/v1/status",
        "/api/v1/quote",
        "/api/v1/usage",
        "/api/v1/changes",
        "/api/v1/search",
        "/api/v1/exports/{format}",
        "/api/v1/exports/openrouter/models",
        "/api/v1/exports/openai-models/models",
        "/api/v1/exports/openai-models/models/{model_id}",
        "/api/v1/exports/anthropic-models/v1/models",
        "/api/v1/exports/anthropic-models/v1/models/{model_id}",
    }
    methods = {path: list(methods) for path, methods in document["paths"].items()}
    assert methods.pop("/api/v1/usage") == ["post"]
    assert set(map(tuple, methods.values())) == {("get",)}


def test_the_reference_page_shows_every_operation(client):
    page = client.get(reverse("api-reference")).content.decode()
    for path in ("/api/v1/models/{model_id}/prices", "/api/v1/status"):
        assert path in page
