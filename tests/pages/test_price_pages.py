"""A price can be cited: it has a page of its own, a place in time, and a line among the changes."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from catalog.models import Price
from catalog.publishing.price_changes import Successor, succeed
from catalog.publishing.publish import publish
from catalog.search.price_list import PricePage
from catalog.text.instants import rfc3339
from catalog.vocabulary import Origin, PriceState
from rows import a_price, a_variant
from small import TOKENS, TOKENS_PATH

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    """The model TOKENS's input price and the one announced for tomorrow."""
    old = Price.objects.get(variant__model_id=TOKENS, kind="sell", meter="input_tokens")
    editor = User.objects.create_user("edith", password="x")
    start = timezone.now() + timedelta(days=1)
    with publish(actor=editor, origin=Origin.ADMIN, reason="Costs rose at the provider") as edition:
        dearer = old.value.becoming(PriceState.KNOWN, Decimal("1.625"))
        new = Successor(dearer, start, "https://example.com", "Example", "Secret")
        return old, succeed(edition, old, new)


def page(client, path, **query):
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_price_page_says_since_when_until_when_and_from_where(client, chain):
    old, new = chain
    text = page(client, f"/prices/{old.pk}")
    assert "$1.50 per 1M tokens" in text
    assert "In force" in text
    assert "22 November 2026, 00:00 UTC" in text
    assert f'href="/prices/{new.pk}"' in text
    assert f"https://shop.example{TOKENS_PATH}" in text
    announced = page(client, f"/prices/{new.pk}")
    assert "Announced" in announced
    assert f'href="/prices/{old.pk}"' in announced
    assert "Ended" in page(client, f"/prices/{old.pk}", at=(new.effective_from.isoformat()))


def test_who_changed_a_price_and_why_is_for_admins_only(client, chain):
    for path in (f"/prices/{chain[1].pk}", "/changes", TOKENS_PATH, "/api/v1/changes"):
        text = page(client, path)
        assert "edith" not in text
        assert "Secret" not in text
        assert "Costs rose" not in text


@pytest.mark.parametrize("pk", ["0", "999999999", "9" * 30, "-1", "x"])
def test_a_price_that_is_not_there_is_404(client, pk):
    assert client.get(f"/prices/{pk}").status_code == 404


def test_every_amount_of_a_model_leads_to_its_price(client):
    text = page(client, TOKENS_PATH)
    for price in Price.objects.filter(variant__model_id=TOKENS):
        assert f'href="/prices/{price.pk}"' in text


def test_the_chart_shows_what_changes_and_says_it_in_words(client, chain):
    start = chain[1].effective_from
    day = f"{start.day} {start:%B %Y}"
    text = page(client, TOKENS_PATH)
    assert "price-chart-announced" in text
    said = f"Sell price of input, per 1M tokens: $1.50 from 22 November 2026; $1.625 from {day}."
    assert f'aria-label="{said}"' in text
    assert "price-chart" not in page(client, "/models/linden/aubade-4-8")


def test_a_change_of_price_is_said_in_plain_words(client, chain):
    text = page(client, "/changes", kind="price")
    said = (
        "linden-ballad-4-5-20250929: price of input changes from $1.50 per 1M tokens to $1.625 per 1M tokens"
    )
    assert said in text
    assert "1 change" in text


def test_changes_are_filtered_by_kind_and_words(client, chain):
    assert "Nothing fits" in page(client, "/changes", kind="status")
    assert "swirl" not in page(client, "/changes", q="ballad-4-5")
    assert page(client, "/changes", kind="<script>", page="0")


def test_the_api_lists_changes_since_a_revision(client, chain):
    new = chain[1]
    body = client.get("/api/v1/changes", {"since_revision": new.revision_id - 1}).json()
    assert body["count"] == 1
    stays = {
        "kind": "sell",
        "state": "known",
        "meter": "input_tokens",
        "per": 1_000_000,
        "unit": "1M tokens",
        "currency": "USD",
        "conditions": {},
        "minimum": None,
        "step": None,
        "is_promotion": False,
    }
    old, at = rfc3339(chain[0].effective_from), rfc3339(new.effective_from)
    assert body["items"][0] | {"at": ""} == {
        "revision": new.revision_id,
        "at": "",
        "kind": "price",
        "model_id": TOKENS,
        "subject": TOKENS,
        "summary": body["items"][0]["summary"],
        "before": stays | {"amount": "1.5", "effective_from": old, "effective_until": at},
        "after": stays | {"amount": "1.625", "effective_from": at, "effective_until": None},
    }
    assert client.get("/api/v1/changes?model=linden-ballad-4-5&kind=price").json()["count"] == 1
    first = client.get("/api/v1/changes?limit=2&since_revision=0").json()
    assert len(first["items"]) == 2
    assert "offset=2" in first["next"]


def test_lists_of_changes_cost_the_same_however_many_there_are(client, django_assert_num_queries):
    client.get("/changes")
    with django_assert_num_queries(2):
        client.get("/changes")
    with django_assert_num_queries(3):
        client.get("/api/v1/changes?limit=1000")


def test_the_table_of_all_prices_says_once_that_they_are_on_record_since(client):
    variant = a_variant("testfam-since", lifecycle="active")
    a_price(variant, on_record_since=timezone.now() - timedelta(hours=1))
    a_price(variant, meter="output_tokens")
    for path in ("/pricing?q=testfam", "/pricing.md?q=testfam"):
        text = page(client, path)
        table = text.partition("<tbody>")[2] or text.partition("| --- |")[2]
        table = re.sub(r'data-label="[^"]*"', "", table)
        assert "On record since" in text
        assert "On record since" not in table
        assert table.count("In force since") == 1


def test_prices_are_counted_with_separators_of_thousands(client, monkeypatch):
    listed = PricePage(1135, [])
    monkeypatch.setattr("pages.views.pricing.price_page", lambda *_, **__: listed)
    for path in ("/pricing", "/pricing.md"):
        assert "1,135 prices" in page(client, path)


def test_a_price_of_a_retired_model_is_its_last_and_not_in_force(client):
    price = a_price(a_variant("testfam-gone", lifecycle="active", retires_on=date(2026, 8, 1)))
    for path in (f"/prices/{price.pk}", f"/prices/{price.pk}.md"):
        text = page(client, path)
        assert "Last price" in text
        assert "In force" not in text


def test_a_price_that_no_request_reaches_is_never_used(client):
    price = a_price(a_variant("testfam-tiers", lifecycle="active"))
    Price.objects.filter(pk=price.pk).update(covered_from=price.effective_from)
    text = page(client, f"/prices/{price.pk}")
    assert "Never used" in text
    assert "In force" not in text
