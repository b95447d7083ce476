"""Nothing is converted: prices in another currency are shown, and neither rank nor filter among dollars."""

from decimal import Decimal

import pytest
from django.db.models import Q
from django.utils import timezone

from catalog.comparison.price_superlatives import by_action_price
from catalog.comparison.rank import Rivals
from catalog.models import Price
from catalog.records.facts import facts, lowest
from catalog.search import lookup
from catalog.search.price_list import price_page
from factories import a_price as a_record_price
from rows import a_price, a_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def yuan():
    variant = a_variant("testfam-yuan")
    a_price(variant, currency="CNY", amount=Decimal("0.01"), conditions={})
    return variant


@pytest.fixture
def dollars():
    variant = a_variant("testfam-dollars")
    a_price(variant, amount=Decimal("0.02"))
    return variant


def ids(client, query):
    return [row["model_id"] for row in client.get(f"/api/v1/models?q=testfam&{query}").json()["items"]]


def test_a_filter_by_price_compares_dollars_only(client, yuan, dollars):
    assert ids(client, "max_input_price=1") == ["testfam-dollars"]


def test_an_order_by_price_puts_another_currency_last(client, yuan, dollars):
    assert ids(client, "sort=input_price") == ["testfam-dollars", "testfam-yuan"]
    assert ids(client, "sort=-input_price") == ["testfam-dollars", "testfam-yuan"]


@pytest.mark.parametrize("sort", ["sell", "-sell"])
def test_the_price_list_ranks_within_a_currency(yuan, dollars, sort):
    page = price_page(
        timezone.now(), sort=sort, filters=Q(variant__family__slug="testfam"), limit=10, offset=0
    )
    assert [row.shown.currency for row in page.rows] == ["USD", "CNY"]


def test_costs_in_two_currencies_have_no_best(client, yuan, dollars):
    query = "models=testfam-yuan,testfam-dollars&input_tokens=1000000"
    rows = client.get(f"/api/v1/compare?{query}").json()["rows"]
    cells = next(row for row in rows if row["key"] == "cost:sell")["cells"]
    assert {cell["text"] for cell in cells} == {"0.01 CNY", "$0.02"}
    assert not any(cell["is_best"] for cell in cells)


def test_the_lowest_price_of_a_model_is_of_its_first_currency():
    rows = [a_record_price(amount="3"), a_record_price(amount="1", currency="CNY")]
    price = lowest(rows)
    assert price is not None
    assert (price.price["currency"], price.is_from) == ("USD", False)


def test_a_superlative_compares_one_currency(yuan, dollars):
    for variant in (yuan, dollars):
        currency = "CNY" if variant == yuan else "USD"
        amount = Decimal("0.01") if variant == yuan else Decimal(1)
        a_price(variant, meter="images", currency=currency, amount=amount, conditions={"action": "draw"})
    both = [facts(lookup.by_model_id(row.model_id), timezone.now()) for row in (yuan, dollars)]
    assert list(by_action_price(both[0], Rivals(both, 2))) == []


def test_a_quote_of_two_currencies_has_no_total(client, yuan):
    a_price(yuan, meter="output_tokens", amount=Decimal(1))
    body = client.get("/api/v1/quote?model=testfam-yuan&input_tokens=1&output_tokens=1").json()
    assert (body["total"], body["unpriced_details"][0]["reason"]) == (None, "other_currency")
    assert Price.objects.filter(variant=yuan, currency="CNY").exists()
