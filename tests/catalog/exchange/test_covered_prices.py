"""Fallback prices that price nothing while each value of a parameter has a price of its own."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db.models import Q

from catalog.exchange.load import load_files
from catalog.models import Price, Variant
from catalog.pricing.quote import Usage
from catalog.publishing.publish import publish
from catalog.records.facts import facts
from catalog.records.quote_warnings import quote_use
from catalog.search import lookup
from catalog.search.price_list import price_page
from catalog.vocabulary import Origin
from catalog_files import write
from clock import moved

pytestmark = pytest.mark.django_db

MODEL = """
[provider]
slug = "hummer"
name = "Hummer"

[[family]]
slug = "tune"
name = "Tune"

[[family.model]]
model_id = "tune-1"
modality = "video"
parameter = [{ action = "hum", name = "duration_seconds", type = "integer", enum = [6, 12] }]
"""
ONLY = Q(variant__model_id="tune-1")
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def quoted(at=NOW):
    use = Usage({"video_seconds": 1}, at, action="hum")
    return quote_use(lookup.by_model_id("tune-1"), use, "sell").quote


GRID = """
[[family.model.price]]
kind = "sell"
meter = "video_seconds"
amount = "0.5"
conditions = { action = "hum" }
effective_from = 2026-01-01T00:00:00Z

[[family.model.price]]
kind = "sell"
meter = "video_seconds"
amount = "1"
conditions = { action = "hum", duration_seconds = 6 }
effective_from = 2026-01-01T00:00:00Z

[[family.model.price]]
kind = "sell"
meter = "video_seconds"
amount = "2"
conditions = { action = "hum", duration_seconds = 12 }
effective_from = 2026-01-01T00:00:00Z
"""


def test_a_fallback_that_each_value_covers_is_closed(tmp_path, client):
    load_files([write(tmp_path, MODEL + GRID)])
    covered = Price.objects.filter(variant__model_id="tune-1", covered_from__lte=NOW)
    assert [row.conditions for row in covered] == [{"action": "hum"}]
    use = Usage({"video_seconds": 1}, NOW, action="hum")
    warned = quote_use(lookup.by_model_id("tune-1"), use, "sell")
    assert warned.quote.total is None
    (warning,) = warned.warnings
    assert (warning.code, warning.message) == (
        "missing_value",
        "The price depends on duration_seconds. Known: 12, 6.",
    )
    assert (
        "In all other cases" not in client.get(Variant.objects.get(model_id="tune-1").path).content.decode()
    )
    assert "$0.50" not in client.get("/pricing?q=tune-1").content.decode()


def test_a_default_of_the_parameter_chooses_the_price(tmp_path):
    load_files([write(tmp_path, (MODEL + GRID).replace("[6, 12] }", "[6, 12], default = 12 }"))])
    use = Usage({"video_seconds": 1}, NOW, action="hum")
    warned = quote_use(lookup.by_model_id("tune-1"), use, "sell")
    assert (warned.quote.total, warned.warnings) == (Decimal(2), ())


def test_a_fallback_opens_again_where_a_price_ends(tmp_path):
    load_files([write(tmp_path, MODEL + GRID)])
    with publish(actor=None, origin=Origin.ADMIN, reason="It ends") as edition:
        last = Price.objects.get(variant__model_id="tune-1", amount=2)
        edition.change(last, {"effective_until": NOW})
        edition.touch(last.variant)
    assert quoted(NOW).total == Decimal("0.5")
    before = NOW - timedelta(days=1)
    assert quoted(before).total is None


LATER = datetime(2026, 12, 1, tzinfo=UTC)


def covered_later(text=GRID):
    """The grid, whose fallback holds from January and its tiers from December on."""
    first, *tiers = text.split("[[family.model.price]]")[1:]
    return "[[family.model.price]]".join(["", first, *(row.replace("2026-01", "2026-12") for row in tiers)])


@pytest.mark.parametrize("read", [NOW, LATER])
def test_a_fallback_is_closed_only_while_its_tiers_are_in_force(tmp_path, client, read):
    # Whether they were announced or are in force when they were read: nothing is published afterwards.
    with moved(read):
        load_files([write(tmp_path, MODEL + covered_later())])
    assert quoted(NOW).total == Decimal("0.5")
    assert quoted(LATER).total is None
    record = lookup.by_model_id("tune-1")
    assert [row["amount"] for row in facts(record, NOW).prices] == ["0.5"]
    assert [row["amount"] for row in facts(record, LATER).prices] == ["2", "1"]
    amounts = {
        at: {row.shown.amount for row in price_page(at, sort="model", filters=ONLY, limit=9, offset=0).rows}
        for at in (NOW, LATER)
    }
    assert amounts == {NOW: {Decimal("0.5")}, LATER: {Decimal(1), Decimal(2)}}
    path = Variant.objects.get(model_id="tune-1").path
    assert "Closed" not in client.get(f"{path}?at=2026-11-26").content.decode()
    assert "Closed" in client.get(f"{path}?at=2026-12-02").content.decode()


def test_a_fallback_is_open_before_and_after_the_time_of_its_tiers(tmp_path):
    ending = covered_later().replace(
        "2026-12-01T00:00:00Z", "2026-12-01T00:00:00Z\neffective_until = 2026-12-09T00:00:00Z"
    )
    load_files([write(tmp_path, MODEL + ending)])
    days = [datetime(2026, 12, day, tzinfo=UTC) for day in (1, 8, 9)]
    assert [quoted(at).total for at in days] == [None, None, Decimal("0.5")]
    fallback = Price.objects.get(variant__model_id="tune-1", amount=Decimal("0.5"))
    assert (fallback.covered_from, fallback.covered_until) == (LATER, days[-1])
