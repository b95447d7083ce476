"""In which order models are selected, and how they are cut into pages."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.search.facets import FACETS
from catalog.search.selection import SORTS, Selection, page
from rows import a_family, a_price, a_variant

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALL = 10_000


def ids(selection: Selection) -> list[str]:
    found = page(selection, AT, ALL)
    assert found.count == len(found.records)
    return [record["model_id"] for record in found.records]


def test_names_are_sorted_whatever_their_case_and_an_id_stands_in_for_a_name():
    family = a_family("sorted")
    a_variant("sorted-1", family=family, name="beta")
    a_variant("sorted-2", family=family, name="Alpha")
    a_variant("sorted-3", family=family, name="Gamma")
    a_variant("delta", family=family)
    chosen = Selection(family=("sorted",))
    assert ids(chosen) == ["sorted-2", "sorted-1", "delta", "sorted-3"]
    assert ids(chosen.change(sort="-name")) == ["sorted-3", "delta", "sorted-1", "sorted-2"]


def test_the_price_that_orders_is_the_price_that_is_shown():
    """A sell price goes before a list price even where it has no amount: "Dynamic" is never a list amount."""
    family, now = a_family("shown"), AT - timedelta(days=1)
    shown = {"effective_from": now}
    listed = a_variant("shown-list", family=family)
    a_price(listed, kind="list", amount=Decimal(5), **shown)
    dynamic = a_variant("shown-dynamic", family=family)
    a_price(dynamic, state="dynamic", amount=None, **shown)
    a_price(dynamic, kind="list", amount=Decimal(1), **shown)
    free = a_variant("shown-free", family=family)
    a_price(free, state="free", amount=Decimal(0), **shown)
    small = a_variant("shown-small-lot", family=family)
    a_price(small, amount=Decimal("0.004"), per=1_000, **shown)
    batch = a_variant("shown-batch", family=family)
    a_price(batch, conditions={"service_tier": "batch"}, **shown)
    announced = a_variant("shown-announced", family=family)
    a_price(announced, effective_from=AT + timedelta(milliseconds=1))
    chosen = Selection(family=("shown",), sort="input_price")
    unknown = ["shown-announced", "shown-batch", "shown-dynamic"]
    assert ids(chosen) == ["shown-free", "shown-small-lot", "shown-list", *unknown]
    assert ids(chosen.change(sort="-input_price")) == [
        "shown-list",
        "shown-small-lot",
        "shown-free",
        *unknown,
    ]
    assert ids(chosen.change(max_input_price=Decimal(4))) == ["shown-free", "shown-small-lot"]
    assert set(ids(chosen.change(priced=True))) == {
        "shown-batch",
        "shown-dynamic",
        "shown-free",
        "shown-small-lot",
    }
    later = page(chosen, AT + timedelta(milliseconds=1), ALL)
    assert later.records[1]["model_id"] == "shown-announced"


def test_pages_neither_repeat_nor_lose_a_model():
    for sort in (f"{sign}{name}" for name in SORTS for sign in ("", "-")):
        chosen = Selection(sort=sort)
        whole = ids(chosen)
        slices = [page(chosen, AT, 50, offset).records for offset in range(0, len(whole), 50)]
        assert [record["model_id"] for part in slices for record in part] == whole
    beyond = page(Selection(), AT, 50, 10**6)
    assert (beyond.count, beyond.records) == (len(whole), [])


@pytest.mark.parametrize("sort", SORTS)
def test_a_page_of_ten_costs_as_many_queries_as_all_of_them(django_assert_num_queries, sort):
    full = Selection(q="a", provider=("octave", "arbor"), max_input_price=Decimal(900), sort=sort)
    for chosen in (Selection(sort=sort), full):
        spent = []
        for limit in (10, ALL):
            with CaptureQueriesContext(connection) as queries:
                assert page(chosen, AT, limit, facets=FACETS).records
            spent.append(len(queries))
        assert spent[0] <= spent[1] <= spent[0] + 1
        assert spent[1] <= 13


def test_who_asks_for_counts_alone_reads_no_record(monkeypatch):
    monkeypatch.setattr("catalog.search.facet_index.ordering.FEW", 3)
    for selection in (Selection(), Selection(lifecycle=("active",)), Selection(sort="-input_price")):
        found = page(selection, AT, 0, facets=FACETS)
        assert found.count > 3
        assert found.facets
        assert found.records == []
