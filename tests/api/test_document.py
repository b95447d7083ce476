"""The OpenAPI document holds against real answers: statuses, content types, headers, shapes."""

import pytest
from django.test import Client

from catalog.exchange.exports.writing import WRITERS
from small import OTHER_MAKER, TOKENS

LISTS = ("/models", "/providers", "/families", "/changes")
ASKED = {
    **{name: {200: name, 422: f"{name}?limit=0"} for name in LISTS},
    **{
        f"/models/{{model_id}}{tail}": {
            200: f"/models/{TOKENS}{tail}",
            404: f"/models/linden-balad-4-5{tail}",
            422: f"/models/{TOKENS}{tail}?{bad}",
        }
        for tail, bad in (
            *((tail, "at=x") for tail in ("", "/prices", "/sources")),
            ("/snippets", f"language={'x' * 201}"),
        )
    },
    "/providers/{slug}": {200: "/providers/arbor", 404: "/providers/nobody", 422: "/providers/arbor?limit=1"},
    "/families/{slug}": {200: "/families/linden", 404: "/families/none", 422: "/families/linden?limit=1"},
    "/status": {200: "/status", 422: "/status?at=x"},
    "/search": {200: "/search?q=oriel5", 422: "/search?limit=0"},
    "/quote": {
        200: f"/quote?model={TOKENS}&input_tokens=1",
        404: "/quote?model=nothing",
        422: f"/quote?model={TOKENS}&input_tokens=x",
    },
    "/compare": {
        200: f"/compare?models={TOKENS},{OTHER_MAKER}",
        404: f"/compare?models={TOKENS},nothing",
        422: f"/compare?models={TOKENS}",
    },
    "/exports/{format}": {
        200: "/exports/litellm",
        404: "/exports/nothing",
        422: "/exports/litellm?kind=x",
    },
    "/exports/openrouter/models": {200: "/exports/openrouter/models", 422: "/exports/openrouter/models?at=x"},
    "/exports/openai-models/models": {
        200: "/exports/openai-models/models",
        422: "/exports/openai-models/models?at=x",
    },
    "/exports/openai-models/models/{model_id}": {
        200: f"/exports/openai-models/models/{TOKENS}",
        404: "/exports/openai-models/models/nothing",
        422: f"/exports/openai-models/models/{TOKENS}?at=x",
    },
    "/exports/anthropic-models/v1/models": {
        200: "/exports/anthropic-models/v1/models",
        422: "/exports/anthropic-models/v1/models?limit=1001",
    },
    "/exports/anthropic-models/v1/models/{model_id}": {
        200: f"/exports/anthropic-models/v1/models/{TOKENS}",
        404: "/exports/anthropic-models/v1/models/nothing",
        422: f"/exports/anthropic-models/v1/models/{TOKENS}?at=x",
    },
}
FILES = "/exports/{format}"
"""Answers files, in shapes that are not ours to state."""
SENT = {
    "/usage": {
        200: {"model": TOKENS, "usage": {"input_tokens": 1, "output_tokens": 2}},
        404: {"model": "nothing", "usage": {}},
        422: {"model": TOKENS, "usage": {"input_tokens": "x", "output_tokens": 2}},
    }
}
"""Operations that read a body."""
LIMITED = {"/quote": "", "/compare": "", "/search": "", "/models": "?q=a"}
"""Operations that one address may not ask without end, and what makes a request of them count."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(client):
    return client.get("/api/v1/openapi.json").json()


def test_every_operation_is_held_against_answers(document):
    assert {f"/api/v1{path}" for path in (*ASKED, *SENT)} == set(document["paths"])


@pytest.mark.slow
@pytest.mark.parametrize("path", ASKED)
def test_the_document_says_what_is_answered(client, document, settings, path):
    answers = {status: client.get(f"/api/v1{address}") for status, address in ASKED[path].items()}
    good = f"/api/v1{ASKED[path][200]}"
    answers[304] = client.get(good, headers={"if-none-match": answers[200]["ETag"]})
    answers[400] = client.get(f"{good}{'&' if '?' in good else '?'}q=%FF")
    answers[405] = client.post(good)
    if path in LIMITED:
        settings.RATE_LIMIT = 1
        visitor = Client(REMOTE_ADDR="8.8.8.8")
        for _ in range(11):
            answers[429] = visitor.get(good + LIMITED[path])
    stated = document["paths"][f"/api/v1{path}"]["get"]["responses"]
    _hold(document, path, stated, answers)


@pytest.mark.parametrize("path", SENT)
def test_the_document_says_what_is_answered_to_a_body(client, document, settings, path):
    address = f"/api/v1{path}"

    def send(visitor, body):
        return visitor.post(address, body, content_type="application/json")

    answers = {status: send(client, body) for status, body in SENT[path].items()}
    answers[400] = send(client, "{")
    answers[405] = client.get(address)
    answers[413] = send(client, {"model": "x" * 100_000})
    settings.RATE_LIMIT = 1
    visitor = Client(REMOTE_ADDR="8.8.8.8")
    for _ in range(11):
        answers[429] = send(visitor, SENT[path][200])
    _hold(document, path, document["paths"][address]["post"]["responses"], answers)


def _hold(document, path, stated, answers):
    assert {status: answer.status_code for status, answer in answers.items()} == {s: s for s in answers}
    assert set(stated) == {str(status) for status in answers}
    for status, answer in answers.items():
        said = stated[str(status)]
        content = answer.get("Content-Type")
        if path == FILES and status == 200:
            assert content in said["content"]
        else:
            assert list(said.get("content", {})) == ([content] if answer.content else []), status
        named = {"ETag", "X-Catalog-Revision", "Cache-Control", "Allow", "Retry-After"} & set(answer.headers)
        assert {name for name, one in said["headers"].items() if one.get("required")} == named, status
        if answer.content and (path, status) != (FILES, 200):
            name = said["content"][content]["schema"]["$ref"].rpartition("/")[2]
            shape = document["components"]["schemas"][name]
            assert set(shape["required"]) <= set(answer.json()) <= set(shape["properties"]), status


def test_every_format_is_answered_in_a_type_that_the_document_states(client, document):
    stated = document["paths"][f"/api/v1{FILES}"]["get"]["responses"]["200"]["content"]
    found = {client.get(f"/api/v1/exports/{name}")["Content-Type"] for name in WRITERS}
    assert found == set(stated)


def test_a_problem_states_each_member_it_is_sent_with(client, document):
    stated = document["components"]["schemas"]["Problem"]
    near = client.get("/api/v1/models/linden-balad-4-5").json()
    bad = client.get("/api/v1/models?limit=0").json()
    assert near["suggestions"]
    assert set(near) | set(bad) == set(stated["properties"])
    assert set(stated["required"]) == set(near) & set(bad)


def test_the_reference_page_names_the_statuses_and_links_no_shape_for_304(client):
    page = client.get("/api/v1/docs").content.decode()
    assert page.count("<code>304</code> no body") == len(ASKED)
    assert page.count('<a href="#shape-UsageCall">') == len(SENT)
    assert 'id="shape-UsageCall"' in page
    assert "#shape-any" not in page
