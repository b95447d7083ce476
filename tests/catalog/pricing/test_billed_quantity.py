"""Each call is billed for a minimum and in whole steps, exactly, and never for a share that is guessed."""

from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.pricing.billed_quantity import UnevenCallsError, billed_quantity
from catalog.pricing.price import PriceValue
from catalog.pricing.quote import PricedLine, Usage, quote
from pricing_samples import AT, many, price, quantities

SECONDS = {"minimum": "10", "step": "1"}


def line(quantity: str, calls: int = 1, **fields: str) -> PricedLine:
    rows = [price("audio_seconds", "0.002", **fields)]
    return quote(rows, Usage({"audio_seconds": Decimal(quantity)}, at=AT, calls=calls)).lines[0]


@pytest.mark.parametrize(
    ("quantity", "calls", "fields", "billed", "amount"),
    [
        ("3.2", 1, SECONDS, "10", "0.02"),
        ("10", 1, SECONDS, "10", "0.02"),
        ("10.000000001", 1, SECONDS, "11", "0.022"),
        ("12.1", 1, SECONDS, "13", "0.026"),
        ("0", 1, SECONDS, "0", "0"),
        ("32", 10, SECONDS, "100", "0.2"),
        ("121", 10, SECONDS, "130", "0.26"),
        ("7", 1, {"step": "6"}, "12", "0.024"),
        ("12", 1, {"step": "6"}, "12", "0.024"),
        ("0.3", 1, {"step": "0.1"}, "0.3", "0.0006"),
        ("3", 1, {"minimum": "10", "step": "4"}, "10", "0.02"),
        ("11", 1, {"minimum": "10", "step": "4"}, "12", "0.024"),
        ("3.2", 1, {"minimum": "2.5"}, "3.2", "0.0064"),
        ("10", 3, {}, "10", "0.02"),
    ],
)
def test_what_is_billed_is_worked_out_by_hand(quantity, calls, fields, billed, amount) -> None:
    priced = line(quantity, calls, **fields)
    assert (priced.quantity, priced.billed_quantity) == (Decimal(quantity), Decimal(billed))
    assert str(priced.amount) == amount


def test_a_share_that_would_have_to_be_rounded_is_refused_with_both_numbers() -> None:
    with pytest.raises(UnevenCallsError, match=r"audio_seconds: 10 .* 3 calls"):
        line("10", 3, **SECONDS)


@pytest.mark.parametrize("calls", [0, -1, True, 1.0, "1", 10**9 + 1])
def test_calls_are_a_whole_number(calls: object) -> None:
    with pytest.raises(ValueError, match="number of calls"):
        Usage({"requests": 1}, at=AT, calls=calls)  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["minimum", "step"])
@pytest.mark.parametrize("value", ["0", "-1", "1,5", "", "0.0000000001", True, 1.5])
def test_a_minimum_or_step_is_above_zero(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=field):
        price("audio_seconds", **{field: value})


def test_a_promotion_that_gets_another_amount_is_none() -> None:
    promotion = price("audio_seconds", "1", minimum="10", is_promotion=True).value
    assert promotion.becoming("known", Decimal(1)) == promotion
    dearer = promotion.becoming("known", Decimal(2))
    assert (dearer.is_promotion, dearer.minimum) == (False, 10)


def test_a_price_is_read_back_from_json_and_from_a_change_of_before() -> None:
    value = price("audio_seconds", minimum="10", step="0.5", is_promotion=True).value
    record = value.record()
    assert (record["minimum"], record["step"], record["is_promotion"]) == ("10", "0.5", True)
    assert PriceValue.from_record(record) == value
    older: Any = {key: part for key, part in record.items() if key not in {"minimum", "step", "is_promotion"}}
    assert PriceValue.from_record(older) == price("audio_seconds").value


def test_the_size_of_a_prompt_is_that_of_one_call() -> None:
    rows = [price(amount="1"), price(amount="2", conditions={"prompt_tokens_over": 200_000}, id=2)]
    amounts = [
        quote(rows, Usage({"input_tokens": 400_000 + more}, at=AT, calls=2)).lines[0].unit_amount
        for more in (0, 1)
    ]
    assert amounts == [1, 2]


some = st.integers(1, 10**15 - 1).map(lambda billionths: Decimal(billionths).scaleb(-9))
maybe = st.none() | some


@many
@given(quantities, st.integers(1, 1000), maybe, maybe)
def test_every_billed_quantity_is_exact_and_the_least_that_is_allowed(used, calls, minimum, step) -> None:
    value = PriceValue(
        kind="sell", meter="audio_seconds", per=1, amount=Decimal(1), minimum=minimum, step=step
    )
    share = Fraction(used) / calls
    if used and (minimum or step) and (share * 10**9).denominator != 1:
        with pytest.raises(UnevenCallsError):
            billed_quantity(value, Decimal(used), calls)
        return
    if used and step:
        share = ceil(share / Fraction(step)) * Fraction(step)
    if used and minimum:
        share = max(share, Fraction(minimum))
    assert Fraction(billed_quantity(value, Decimal(used), calls)) == share * calls


@many
@given(quantities, maybe, maybe)
def test_nobody_is_billed_for_less_than_was_used(used, minimum, step) -> None:
    rows = [price("audio_seconds", "1", minimum=minimum, step=step)]
    billed = quote(rows, Usage({"audio_seconds": used}, at=AT)).lines[0].billed_quantity
    assert billed >= used
    assert (billed == 0) is (used == 0)
