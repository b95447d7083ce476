"""A usage object goes in, a quote comes out; nothing is stored."""

from decimal import Decimal

import pytest
from django.test import Client

from api.schemas import UsageQuote
from small import CAPITALS, EMBEDDING, TOKENS

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/usage"
USAGE = {
    "input_tokens": 10_000,
    "output_tokens": 2_000,
    "cache_read_input_tokens": 50_000,
    "output_tokens_details": {"thinking_tokens": 500},
    "speed": "fast",
}


def send(client, status=200, **body):
    answer = client.post(ADDRESS, {"model": TOKENS, "usage": USAGE, **body}, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_an_object_is_priced_like_a_quote_of_its_meters(client):
    body = send(client)
    UsageQuote.model_validate(body)
    meters = {"input_tokens": 10_000, "output_tokens": 2_000, "cache_read_tokens": 50_000}
    assert (body["protocol"], body["meters"], body["unread"]) == ("anthropic-messages", meters, ["speed"])
    assert body["quote"]["total"] == "0.0375"
    quoted = client.get("/api/v1/quote", {"model": TOKENS, **meters}).json()
    assert body["quote"]["lines"] == quoted["lines"]
    assert send(client, kind="list")["quote"]["total"] == "0.075"
    assert send(client, at="2020-01-01")["quote"]["total"] is None


def test_the_tier_is_what_the_request_says_or_else_the_object(client):
    plain = Decimal(send(client, kind="list")["quote"]["total"])
    batch = send(client, kind="list", service_tier="batch")["quote"]
    assert Decimal(batch["subtotal"]) < plain
    stated = send(client, kind="list", usage={**USAGE, "service_tier": "batch"})
    assert stated["quote"]["lines"] == batch["lines"]
    standard = send(client, kind="list", usage={**USAGE, "service_tier": "standard"})
    assert Decimal(standard["quote"]["total"]) == plain


def test_an_object_with_no_price_for_a_meter_has_no_total(client):
    quote = send(client, usage={**USAGE, "server_tool_use": {"web_search_requests": 3}})["quote"]
    assert (quote["total"], quote["unpriced"]) == (None, ["searches"])


@pytest.mark.parametrize(
    ("usage", "protocol"),
    [
        ({"prompt_tokens": 5, "completion_tokens": 2}, "openai-chat"),
        ({"input_tokens": 5, "output_tokens": 2}, "anthropic-messages"),
        ({"promptTokenCount": 5, "candidatesTokenCount": 2}, "gemini-generate-content"),
    ],
)
def test_the_protocol_is_the_one_of_the_model_that_fits(client, usage, protocol):
    body = send(client, model=CAPITALS, usage=usage)
    assert body["protocol"] == protocol
    assert body["meters"] == {"input_tokens": 5, "output_tokens": 2}
    body = send(client, model=EMBEDDING, usage={"prompt_tokens": 9, "total_tokens": 9})
    assert (body["protocol"], body["meters"]) == ("openai-embeddings", {"input_tokens": 9})


@pytest.mark.parametrize(
    ("body", "loc", "message"),
    [
        ({"usage": {**USAGE, "input_tokens": "5"}}, "body.usage.input_tokens", "'5': use a whole number"),
        ({"usage": {"tokens": 1}}, "body.protocol", "no shape fits the object: give one of"),
        ({"usage": {"tokens": 1}, "protocol": "openai-chat"}, "body.usage.prompt_tokens", "is missing"),
        ({"protocol": "task"}, "body.protocol", "has no usage object: use one of"),
        ({"protocol": "smoke"}, "body.protocol", "Input should be"),
        ({"usage": []}, "body.usage", "valid dictionary"),
        ({"kind": "cost"}, "body.kind", "Input should be"),
        ({"at": "soon"}, "body.at", ""),
        ({"tier": "batch"}, "body.tier", "Extra inputs are not permitted"),
        ({"model": 5}, "body.model", "valid string"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_right(client, body, loc, message):
    problem = send(client, 422, **body)
    ((place, reason),) = [(error["loc"], error["msg"]) for error in problem["errors"]]
    assert place == loc
    assert message in reason


def test_an_unknown_model_is_404_with_the_nearest(client):
    assert TOKENS in send(client, 404, model="linden-ballad-4-5-2025")["suggestions"]


def test_a_page_of_any_origin_may_send_without_a_token_and_no_cache_keeps_it():
    strict = Client(enforce_csrf_checks=True)
    headers = {"origin": "https://example.com"}
    preflight = strict.options(ADDRESS, headers=headers)
    assert preflight.status_code == 204
    assert preflight["Access-Control-Allow-Methods"] == "POST, OPTIONS"
    assert "Content-Type" in preflight["Access-Control-Allow-Headers"]
    body = {"model": TOKENS, "usage": USAGE}
    answer = strict.post(ADDRESS, body, content_type="application/json", headers=headers)
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "no-store"
    assert int(answer["X-Catalog-Revision"]) >= 1
    assert "ETag" not in answer
    assert "Set-Cookie" not in answer


def test_reading_it_is_refused_with_the_way_to_send(client):
    for method in (client.get, client.head, client.put, client.delete):
        answer = method(ADDRESS)
        assert answer.status_code == 405
        assert answer["Allow"] == "POST, OPTIONS"
    assert client.get(ADDRESS).json()["detail"] == "Send the object with POST."


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"model": NaN}', "[" * 40, '"' + "\\u0000" + '"'])
def test_what_is_no_object_is_refused(client, text):
    answer = client.post(ADDRESS, text, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"


def test_an_object_costs_no_more_queries_however_long_it_is(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        send(client, usage={**USAGE, **{f"field_{number}": 1 for number in range(500)}})
