"""All prices in force as one list: nothing lost, nothing twice, each order as the records give it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db.models import Q

from catalog.models import Document
from catalog.pricing.conditions import canonical
from catalog.pricing.units import METERS
from catalog.records.facts import facts
from catalog.records.record import read_record
from catalog.search.price_list import SORTS, price_page
from rows import a_price, a_variant

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
START = {"effective_from": AT - timedelta(days=1)}
ALL = 10_000


def listed(sort: str = "model", filters: Q | None = None, at: datetime = AT):
    found = price_page(at, sort=sort, filters=filters or Q(), limit=ALL, offset=0)
    assert found.count == len(found.rows)
    return found.rows


def own(variant, sort: str = "model", at: datetime = AT):
    rows = listed(sort, Q(variant=variant), at)
    return [(row.sell and row.sell.amount, row.listed and row.listed.amount) for row in rows]


def test_every_component_of_every_record_is_one_row_with_both_its_prices():
    expected = {}
    for body in Document.objects.values_list("body", flat=True):
        found = facts(read_record(body), AT)
        for price in found.prices:
            key = (found.record["model_id"], price["meter"], canonical(price["conditions"]))
            expected.setdefault(key, {})[price["kind"]] = price["id"]
    rows = {}
    for row in listed():
        key = (row.shown.variant.model_id, row.shown.meter, row.shown.conditions_key)
        assert key not in rows
        rows[key] = {
            kind: price.pk for kind, price in (("sell", row.sell), ("list", row.listed)) if price is not None
        }
        assert row.shown in (row.sell, row.listed)
    assert len(rows) > 180
    assert rows == expected


def test_a_list_price_stands_beside_the_sell_price_of_the_same_component_only():
    variant = a_variant()
    a_price(variant, **START)
    a_price(variant, kind="list", amount=Decimal(3), **START)
    a_price(variant, kind="list", amount=Decimal(2), conditions={"service_tier": "batch"}, **START)
    a_price(variant, kind="list", meter="output_tokens", amount=Decimal(9), **START)
    assert own(variant) == [(Decimal("1.5"), Decimal(3)), (None, Decimal(9)), (None, Decimal(2))]


def test_only_what_is_in_force_is_listed_to_the_instant():
    variant, step = a_variant(), timedelta(milliseconds=1)
    end = AT + timedelta(days=1)
    a_price(variant, effective_until=end, **START)
    a_price(variant, effective_from=end, amount=Decimal(2))
    assert [own(variant, at=at) for at in (START["effective_from"] - step, AT, end - step, end)] == [
        [],
        [(Decimal("1.5"), None)],
        [(Decimal("1.5"), None)],
        [(Decimal(2), None)],
    ]


@pytest.mark.slow
@pytest.mark.parametrize("sort", [f"{sign}{name}" for name in SORTS for sign in ("", "-")])
def test_pages_neither_repeat_nor_lose_a_row(sort):
    whole = [row.shown.pk for row in listed(sort)]
    parts = [
        price_page(AT, sort=sort, filters=Q(), limit=97, offset=offset).rows
        for offset in range(0, len(whole), 97)
    ]
    assert [row.shown.pk for part in parts for row in part] == whole
    assert len(set(whole)) == len(whole)


def test_beyond_the_end_the_count_stays():
    found = price_page(AT, sort="model", filters=Q(), limit=10, offset=10**6)
    assert (found.count, found.rows) == (len(listed()), [])


@pytest.mark.parametrize(("sort", "kind"), [("sell", "sell"), ("list", "list")])
def test_amounts_are_ordered_within_a_meter_and_the_wanted_kind_comes_first(sort, kind):
    for sign in (1, -1):
        rows = [row.shown for row in listed(sort if sign > 0 else f"-{sort}")]
        keys = [(row.kind != kind, list(METERS).index(row.meter)) for row in rows]
        assert keys == sorted(keys)
        for meter in {row.meter for row in rows if row.kind == kind}:
            amounts = [
                Fraction(row.amount) / row.per
                for row in rows
                if (row.kind, row.meter) == (kind, meter) and row.amount is not None
            ]
            assert amounts == sorted(amounts, reverse=sign < 0)


def test_a_lot_of_another_size_is_compared_by_the_single_unit_and_no_amount_comes_last():
    cheap, dear, dynamic = (a_variant(f"testfam-{name}") for name in ("cheap", "dear", "dynamic"))
    a_price(cheap, per=1_000, amount=Decimal("0.001"), **START)
    a_price(dear, amount=Decimal(2), **START)
    a_price(dynamic, state="dynamic", amount=None, **START)
    mine = Q(variant__family__slug="testfam")
    assert [row.shown.variant for row in listed("sell", mine)] == [cheap, dear, dynamic]
    assert [row.shown.variant for row in listed("-sell", mine)] == [dear, cheap, dynamic]


@pytest.mark.parametrize("sort", SORTS)
def test_the_list_costs_three_queries_however_long_it_is(django_assert_max_num_queries, sort):
    for limit in (10, ALL):
        with django_assert_max_num_queries(3):
            page = price_page(AT, sort=sort, filters=Q(), limit=limit, offset=0)
            for row in page.rows:
                _ = row.shown.variant.family.provider.name
