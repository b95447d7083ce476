"""Usages and price rows that make no sense are refused, and ties among rows are found."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from catalog.pricing.price import PriceRecord
from catalog.pricing.quote import PriceRow, Usage, price_for, quote, tied_rows
from pricing_samples import AT, START, price


@pytest.mark.parametrize(
    ("quantities", "reason"),
    [
        ({}, "at least one meter"),
        ({"tokens": 1}, "unknown meter 'tokens'"),
        ({"input_tokens": -1}, "input_tokens: -1 is not a quantity"),
        ({"input_tokens": Decimal("-0.1")}, "not a quantity"),
        ({"input_tokens": 1.5}, "not a quantity"),
        ({"input_tokens": True}, "not a quantity"),
        ({"input_tokens": "1"}, "not a quantity"),
        ({"input_tokens": None}, "not a quantity"),
        ({"input_tokens": Decimal("NaN")}, "not a quantity"),
        ({"input_tokens": Decimal("sNaN")}, "not a quantity"),
        ({"input_tokens": Decimal("Infinity")}, "not a quantity"),
        ({"input_tokens": 10**15}, "not a quantity"),
        ({"input_tokens": 10**5000}, "not a quantity"),
        ({"input_tokens": Decimal("1e999999")}, "not a quantity"),
        ({"input_tokens": Decimal("1e-999999")}, "not a quantity"),
        ({"video_seconds": Decimal("0.0000000001")}, "not a quantity"),
        ({"video_seconds": Decimal("1.0000000001")}, "not a quantity"),
    ],
)
def test_a_usage_that_counts_nonsense_is_refused(quantities: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as refusal:
        Usage(quantities, at=AT)
    assert len(str(refusal.value)) < 400


def test_a_usage_needs_an_aware_instant() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Usage({"input_tokens": 1}, at=datetime(2026, 11, 23))  # noqa: DTZ001


def test_an_unknown_meter_or_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown meter"):
        price_for([], "tokens", Usage({"input_tokens": 1}, at=AT))
    with pytest.raises(ValueError, match="unknown kind of price"):
        quote([], Usage({"input_tokens": 1}, at=AT), kind="cost")


@pytest.mark.parametrize(
    "fields",
    [
        {"meter": "tokens"},
        {"per": 7},
        {"currency": "usd"},
        {"kind": "cost"},
        {"state": "unknown"},
        {"amount": None},
        {"state": "dynamic"},
        {"state": "free"},
        {"amount": Decimal(-1)},
        {"amount": Decimal("NaN")},
        {"amount": Decimal("0.0000000001")},
    ],
)
def test_a_row_that_makes_no_sense_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        replace(price().value, **fields)


def record(**fields: Any) -> PriceRecord:
    stored: Any = {
        "id": 7,
        "kind": "sell",
        "state": "known",
        "meter": "output_tokens",
        "per": 1_000_000,
        "unit": "1M tokens",
        "amount": "7.5",
        "currency": "USD",
        "conditions": {"service_tier": "batch", "prompt_tokens_over": 200000.0},
        "minimum": None,
        "step": None,
        "is_promotion": False,
        "effective_from": "2026-07-02T00:00:00Z",
        "effective_until": "2026-12-01T00:00:00+00:00",
        "source_url": None,
        "source_label": "",
        "checked_on": None,
        "note": "",
    }
    row: PriceRecord = stored | fields
    return row


def test_a_row_is_read_from_a_stored_record() -> None:
    row = PriceRow.from_record(record())
    value = row.value
    assert (row.id, value.meter, value.per, value.amount) == (7, "output_tokens", 1_000_000, Decimal("7.5"))
    assert row.effective_from == START
    assert row.effective_until == datetime(2026, 12, 1, tzinfo=UTC)
    assert row.value.conditions.wire == {"prompt_tokens_over": 200_000, "service_tier": "batch"}
    assert PriceRow.from_record(record(effective_until=None)).effective_until is None
    assert PriceRow.from_record(record(state="free", amount=None)).value.amount == 0
    assert PriceRow.from_record(record(state="on_request", amount=None)).value.amount is None


@pytest.mark.parametrize("amount", ["1,5", "-1", "NaN", "", "1e400", 0.2])
def test_a_stored_amount_that_is_none_is_refused(amount: Any) -> None:
    with pytest.raises(ValueError, match="amount"):
        PriceRow.from_record(record(amount=amount))


def test_ties_are_found_at_any_instant_of_all_time() -> None:
    ends = datetime(2027, 1, 1, tzinfo=UTC)
    batch = price(conditions={"service_tier": "batch"}, id=1)
    large = price(conditions={"prompt_tokens_over": 5}, id=2, effective_from=AT)
    both = price(conditions={"service_tier": "batch", "prompt_tokens_over": 5}, id=3)
    assert tied_rows([batch, large]) == [(batch, large)]
    assert tied_rows([batch, large, both]) == []
    closed = replace(both, effective_until=ends)
    assert tied_rows([batch, large, closed]) == [(batch, large)], (
        "the tie comes back when what settles it ends"
    )
    assert tied_rows([replace(batch, effective_until=AT), large]) == []
    for other in ({"kind": "list"}, {"meter": "output_tokens"}):
        assert tied_rows([batch, replace(large, value=replace(large.value, **other))]) == []
    assert tied_rows([]) == []
