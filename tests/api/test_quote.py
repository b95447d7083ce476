"""A quote over HTTP is exact, names the prices it used, and never counts what is unknown as 0."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from api.schemas import Quote
from catalog.models import Price
from catalog.publishing.price_changes import Successor, succeed
from catalog.publishing.publish import publish
from catalog.vocabulary import Origin, PriceState
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
    assert {"model", "kind", "at", "input_tokens", "requests", "service_tier"} <= names
