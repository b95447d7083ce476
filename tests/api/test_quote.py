"""A quote over HTTP is exact, names the prices it used, and never counts what is unknown as 0."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from api.schemas import Quote
from catalog.models import Price
from catalog.pricing.conditions import parse
from catalog.publishing.price_changes import Successor, succeed
from catalog.publishing.publish import publish
from catalog.vocabulary import Origin, PriceState
from mcp_server import arguments, quote_shapes, tools
from rows import a_price, a_variant
from small import IMAGE, TOKENS, TOKENS_ALIAS

pytestmark = pytest.mark.django_db
USE = {"input_tokens": 10_000, "output_tokens": 2_000, "cache_read_tokens": 50_000}


def ask(client, status=200, **query):
    answer = client.get("/api/v1/quote", {"model": TOKENS, **query})
    assert answer.status_code == status, answer.content
    return answer.json()


def test_the_seed_models_quote_is_exact_line_by_line(client):
    body = ask(client, **USE)
    Quote.model_validate(body)
    assert (body["total"], body["subtotal"], body["currency"], body["unpriced"]) == (
        "0.0375",
        "0.0375",
        "USD",
        [],
    )
    assert [(line["meter"], line["unit_amount"], line["amount"]) for line in body["lines"]] == [
        ("input_tokens", "1.5", "0.015"),
        ("output_tokens", "7.5", "0.015"),
        ("cache_read_tokens", "0.15", "0.0075"),
    ]
    assert Price.objects.get(pk=body["lines"][0]["price_id"]).amount == Decimal("1.5")
    assert ask(client, kind="list", **USE)["total"] == "0.075"


def test_a_line_says_whether_its_unit_is_inferred(client, capsys):
    variant = a_variant("testfam-one")
    a_price(variant, meter="images", unit_is_inferred=True)
    a_price(variant, meter="requests")
    use = {"images": 2, "requests": 1}
    body = ask(client, model="testfam-one", **use)
    assert {line["meter"]: line["unit_is_inferred"] for line in body["lines"]} == {
        "images": True,
        "requests": False,
    }
    call_command("quote", "testfam-one", "images=2", "requests=1")
    assert capsys.readouterr().out.count("(unit inferred)") == 1


def test_the_terminal_says_the_same(capsys):
    asked = [f"{meter}={count}" for meter, count in USE.items()]
    call_command("quote", TOKENS_ALIAS, *asked, "--json")
    sell, listed = json.loads(capsys.readouterr().out)
    assert (sell["total"], listed["total"]) == ("0.0375", "0.075")
    call_command("quote", TOKENS, *asked)
    said = capsys.readouterr().out
    assert "Total $0.0375" in said
    assert "Total $0.075" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("clode", "input_tokens=1"), "There is no model 'clode'"),
        ((TOKENS, "input_tokens"), "is no KEY=VALUE"),
        ((TOKENS, "input_tokens=-1"), "input_tokens: '-1' is not a quantity"),
        ((TOKENS, "input_tokens=1", "--at", "soon"), "is not an instant"),
    ],
)
def test_the_terminal_says_what_is_wrong(arguments, message):
    with pytest.raises(CommandError, match=message):
        call_command("quote", *arguments)


def test_what_has_no_price_makes_the_total_unknown(client):
    body = ask(client, input_tokens=1_000_000, searches=3)
    assert (body["total"], body["subtotal"], body["unpriced"]) == (None, "1.5", ["searches"])


def test_media_parameters_choose_the_price(client):
    body = ask(
        client,
        model=IMAGE,
        images=3,
        action="text_to_image",
        **{"param.output_resolution": "1k"},
    )
    assert body["total"] == "0.42"
    assert body["lines"][0]["conditions"] == {"action": "text_to_image", "output_resolution": "1k"}


@pytest.fixture
def billed_by_the_second():
    """A model whose calls are billed for at least 10 seconds, in whole ones."""
    variant = a_variant()
    fields = {
        "meter": "audio_seconds",
        "amount": Decimal("0.002"),
        "minimum": Decimal(10),
        "step": Decimal(1),
    }
    a_price(variant, **fields)
    return variant


def test_each_call_is_billed_for_a_minimum_in_whole_steps(client, billed_by_the_second):
    model = billed_by_the_second.model_id
    body = ask(client, model=model, audio_seconds="32", calls="10")
    Quote.model_validate(body)
    (line,) = body["lines"]
    assert (body["calls"], body["total"]) == (10, "0.2")
    assert (line["quantity"], line["billed_quantity"], line["amount"]) == ("32", "100", "0.2")
    once = ask(client, model=model, audio_seconds="12.1")
    assert (once["calls"], once["lines"][0]["billed_quantity"], once["total"]) == (1, "13", "0.026")
    (row,) = client.get(f"/api/v1/models/{model}/prices").json()["items"]
    assert (row["minimum"], row["step"], row["is_promotion"]) == ("10", "1", False)


def test_the_tool_of_agents_says_the_same(billed_by_the_second):
    model = billed_by_the_second.model_id
    call = arguments.Quote(model=model, usage={"audio_seconds": 32}, calls=10)
    answer = tools.get_quote(call)
    quote_shapes.Quoted.model_validate(answer)
    assert (answer["calls"], answer["lines"][0]["billed_quantity"], answer["total"]) == (10, "100", "0.2")
    assert "calls=10" in answer["more"]
    with pytest.raises(Exception, match="calls: audio_seconds: 10 cannot be shared evenly by 3 calls"):
        tools.get_quote(arguments.Quote(model=model, usage={"audio_seconds": 10}, calls=3))


def test_without_a_minimum_the_billed_quantity_is_the_quantity(client):
    body = ask(client, input_tokens=1_000, calls=3)
    assert (body["calls"], body["lines"][0]["billed_quantity"]) == (3, "1000")


def test_calls_that_cannot_share_evenly_are_refused(client, billed_by_the_second):
    model = billed_by_the_second.model_id
    body = ask(client, status=422, model=model, audio_seconds="10", calls="3")
    (error,) = body["errors"]
    assert error["loc"] == "query.calls"
    assert "audio_seconds: 10 cannot be shared evenly by 3 calls" in error["msg"]
    with pytest.raises(CommandError, match="10 cannot be shared evenly by 3 calls"):
        call_command("quote", model, "audio_seconds=10", "calls=3")
    # Pages and comparisons take the same words, and say so instead of failing.
    query = {"audio_seconds": "10", "calls": "3"}
    page = client.get(billed_by_the_second.path, query)
    assert page.status_code == 200
    assert "cannot be shared evenly" in page.content.decode()
    plain = a_variant()
    a_price(plain, meter="audio_seconds")
    compared = client.get("/api/v1/compare", {"models": f"{model},{plain.model_id}", **query})
    assert compared.status_code == 200
    assert "do not share this use evenly" in compared.content.decode()


def test_the_terminal_says_what_is_billed(capsys, billed_by_the_second):
    call_command("quote", billed_by_the_second.model_id, "audio_seconds=32", "calls=10", "--kind", "sell")
    assert "32, billed as 100, at $0.002 per second = $0.20" in capsys.readouterr().out


def test_a_prompt_that_reaches_the_limit_is_quoted_at_the_higher_rate(client):
    # As xAI has it: 200,000 tokens are at the higher rate, and the condition is answered in its one spelling.
    variant = a_variant()
    a_price(variant, amount=Decimal("1.25"), kind="list")
    reached = parse({"prompt_tokens_from": 200_000}).wire
    a_price(variant, amount=Decimal("2.5"), kind="list", conditions=reached)
    query = {"model": variant.model_id, "kind": "list"}
    body = ask(client, **query, input_tokens=200_000)
    assert (body["total"], body["lines"][0]["conditions"]) == ("0.5", {"prompt_tokens_over": 199_999})
    assert ask(client, **query, input_tokens=199_999)["total"] == "0.24999875"


def test_an_announced_price_is_quoted_from_its_instant_on(client):
    old = Price.objects.get(variant__model_id=TOKENS, kind="sell", meter="input_tokens")
    start = timezone.now() + timedelta(days=1)
    with publish(actor=None, origin=Origin.ADMIN) as edition:
        dearer = old.value.becoming(PriceState.KNOWN, Decimal(2))
        new = Successor(dearer, start, "https://example.com", "Example", "Costs rose")
        succeed(edition, old, new)
    before, after = start - timedelta(milliseconds=1), start
    one = {"input_tokens": 1_000_000}
    assert ask(client, **one)["total"] == "1.5"
    assert ask(client, at=before.isoformat(), **one)["total"] == "1.5"
    assert ask(client, at=after.isoformat(), **one)["total"] == "2"


@pytest.mark.parametrize(
    ("query", "loc"),
    [
        ({"input_tokens": "-1"}, "query.input_tokens"),
        ({"input_tokens": "NaN"}, "query.input_tokens"),
        ({"input_tokens": "1", "tokens": "1"}, "query.tokens"),
        ({"input_tokens": "1", "param.fps": "1"}, "query.param.fps"),
        ({"input_tokens": "1", "kind": "cost"}, "query.kind"),
        ({"input_tokens": "1", "at": "soon"}, "query.at"),
        ({"input_tokens": "1", "calls": "0"}, "query.calls"),
        ({"input_tokens": "1", "calls": "1.5"}, "query.calls"),
        ({"input_tokens": "1", "calls": "9999999999999"}, "query.calls"),
        ({}, "query.usage"),
    ],
)
def test_a_bad_parameter_is_named(client, query, loc):
    body = ask(client, status=422, **query)
    assert [error["loc"] for error in body["errors"]] == [loc]


def test_an_unknown_model_is_404_with_the_nearest(client):
    body = client.get("/api/v1/quote?model=linden-ballad-4-5-2025&input_tokens=1").json()
    assert body["status"] == 404
    assert TOKENS in body["suggestions"]


def test_every_meter_is_documented(client):
    operation = client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/quote"]["get"]
    names = {row["name"] for row in operation["parameters"]}
    assert {"model", "kind", "at", "input_tokens", "requests", "calls", "service_tier"} <= names
