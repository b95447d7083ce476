"""What holds of a record at an instant."""

from datetime import UTC, datetime, timedelta

import pytest

from catalog.records.facts import facts, holds_since, lowest, next_boundary
from catalog.records.lifecycle import lifecycle_on, status_at
from factories import a_price, a_record

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def test_a_price_holds_from_its_instant_and_ends_before_the_next():
    old = a_price(amount="1.5", effective_until="2026-11-23T12:00:00Z")
    new = a_price(amount="1.4", effective_from="2026-11-23T12:00:00Z")
    record = a_record(prices=[old, new])
    assert facts(record, NOON - MILLISECOND).base("sell", "input_tokens") == old
    assert facts(record, NOON).base("sell", "input_tokens") == new


def test_a_scheduled_price_is_announced_and_not_in_force():
    record = a_record(prices=[a_price(effective_from="2026-12-01T00:00:00Z")])
    found = facts(record, NOON)
    assert found.prices == []
    assert [row["effective_from"] for row in found.announced] == ["2026-12-01T00:00:00Z"]


def test_a_conditional_price_is_not_the_base_price():
    batch = a_price(amount="0.75", conditions={"service_tier": "batch"})
    assert facts(a_record(prices=[batch]), NOON).base("sell", "input_tokens") is None


def test_a_list_price_is_quoted_only_where_no_sell_price_is_published():
    listed = a_price(kind="list", amount="3")
    assert facts(a_record(prices=[listed]), NOON).quoted("input_tokens") == listed
    sell = a_price(amount="1.5")
    assert facts(a_record(prices=[listed, sell]), NOON).quoted("input_tokens") == sell


@pytest.mark.parametrize(
    ("day", "stage"),
    [("2026-11-29", "deprecated"), ("2026-11-30", "retired"), ("2026-12-01", "retired")],
)
@pytest.mark.parametrize("stated", ["active", "retired", None])
def test_a_retirement_date_decides_over_the_stated_stage(day, stage, stated):
    record = a_record(retires_on="2026-11-30", stated_lifecycle=stated)
    assert lifecycle_on(record, datetime.fromisoformat(day).date()) == stage


def test_a_stated_end_without_a_day_holds_on_every_day():
    record = a_record(stated_lifecycle="retired", deprecated_on="2026-01-01")
    assert lifecycle_on(record, NOON.date()) == "retired"


def test_a_stage_nobody_stated_stays_unknown():
    assert lifecycle_on(a_record(stated_lifecycle=None), NOON.date()) is None


def test_a_deprecation_that_lies_ahead_does_not_count_yet():
    record = a_record(deprecated_on="2026-11-24")
    assert lifecycle_on(record, NOON.date()) == "active"
    assert lifecycle_on(record, (NOON + timedelta(days=1)).date()) == "deprecated"


def test_the_worst_open_event_is_the_status():
    events = [
        {"severity": "degraded", "message": "slow", "started_at": "2026-11-23T09:00:00Z", "ended_at": None},
        {"severity": "outage", "message": "down", "started_at": "2026-11-23T10:00:00Z", "ended_at": None},
        {"severity": "outage", "message": "over", "started_at": "2026-11-01T10:00:00Z",
         "ended_at": "2026-11-01T11:00:00Z"},
    ]  # fmt: skip
    now = status_at(events, NOON)
    assert (now.severity, now.message) == ("outage", "down")
    assert status_at(events, datetime(2026, 11, 20, tzinfo=UTC)).severity == "operational"


def test_the_next_boundary_is_the_first_instant_that_changes_the_record():
    record = a_record(
        prices=[a_price(effective_until="2026-12-01T00:00:00Z")],
        retires_on="2026-11-30",
        deprecated_on="2026-01-01",
    )
    assert next_boundary(record, NOON) == datetime(2026, 11, 30, tzinfo=UTC)
    assert next_boundary(a_record(), NOON) is None


def test_an_answer_holds_since_the_last_boundary_or_the_publish():
    record = a_record(prices=[a_price(effective_from="2026-11-01T00:00:00Z")])
    assert holds_since(record, NOON, datetime(2026, 10, 1, tzinfo=UTC)) == datetime(2026, 11, 1, tzinfo=UTC)
    published = datetime(2026, 11, 20, tzinfo=UTC)
    assert holds_since(record, NOON, published) == published


def test_the_lowest_price_leaves_out_free_rows_and_other_meters():
    rows = [
        a_price(meter="requests", amount="0.2"),
        a_price(meter="requests", amount="0.05", conditions={"output_resolution": "1k"}),
        a_price(meter="requests", state="free", amount="0"),
        a_price(meter="video_seconds", amount="0.01"),
    ]
    found = lowest(rows)
    assert found is not None
    assert (found.price["amount"], found.is_from) == ("0.05", True)
    assert lowest([rows[2]]) is None
