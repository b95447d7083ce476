"""Amounts are read strictly and written exactly."""

import json
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.pricing import money

CORPUS = Path(__file__).parents[2] / "hostile.json"

amounts = st.integers(min_value=0, max_value=10**15 - 1).map(lambda nanos: Decimal(nanos).scaleb(-9))

HOSTILE_BUT_EXACT = {"0", "0.0000002", "0.0032", "0.03", "15000", "0.000000001", "999999.999999999"}
"""The values of the hostile corpus that are amounts, however they are spelt; every other entry is refused."""


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1.875", "1.875"),
        ("3.000000", "3"),
        ("1E-9", "0.000000001"),
        ("1E+2", "100"),
        ("-0", "0"),
        ("0E+99", "0"),
        ("0.000", "0"),
        ("-1.50", "-1.5"),
        ("100", "100"),
        ("123456789012345678901234567890.123456789", "123456789012345678901234567890.123456789"),
    ],
)
def test_a_decimal_is_written_without_exponent_or_trailing_zeros(amount: str, text: str) -> None:
    assert money.plain(Decimal(amount)) == text


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "-Infinity", "1e400", "1e-400"])
def test_what_is_no_finite_number_of_sane_length_is_not_written(amount: str) -> None:
    with pytest.raises(ValueError, match=r"number|exponent"):
        money.plain(Decimal(amount))


def test_writing_does_not_depend_on_the_callers_decimal_context() -> None:
    with localcontext() as context:
        context.prec = 2
        assert money.plain(Decimal("1.23456789")) == "1.23456789"
        assert money.usd(Decimal("1234.875")) == "$1,234.875"
        assert money.parse_amount("1.23456789") == Decimal("1.23456789")


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("1.5", "$1.50"),
        ("7.5", "$7.50"),
        ("1.875", "$1.875"),
        ("1.88", "$1.88"),
        ("0.0375", "$0.0375"),
        ("3", "$3.00"),
        ("0", "$0.00"),
        ("1234.5", "$1,234.50"),
        ("1234567", "$1,234,567.00"),
        ("0.000000001", "$0.000000001"),
        ("-1.5", "-$1.50"),
        ("3.000000", "$3.00"),
    ],
)
def test_people_see_every_decimal_and_at_least_two(amount: str, shown: str) -> None:
    assert money.usd(amount) == shown
    assert money.usd(Decimal(amount)) == shown


def test_other_currencies_are_written_as_a_code_behind_the_amount() -> None:
    assert money.usd("1.5", currency="EUR") == "1.50 EUR"
    assert money.usd(Decimal("-1234.5"), "JPY") == "-1,234.50 JPY"


@pytest.mark.parametrize("currency", ["usd", "$", "", "EURO", "US1", None])
def test_a_currency_has_three_capital_letters(currency: Any) -> None:
    with pytest.raises(ValueError, match="three capital letters"):
        money.usd("1", currency=currency)


@pytest.mark.parametrize("text", ["1,5", "", "1e3", "NaN", "\u0661", "1\n"])
def test_text_that_is_not_a_plain_decimal_is_not_shown_as_money(text: str) -> None:
    with pytest.raises(ValueError, match="plain decimal"):
        money.usd(text)


@given(amounts)
def test_an_amount_survives_being_written_and_read(amount: Decimal) -> None:
    text = money.plain(amount)
    assert money.parse_amount(text) == amount
    assert money.plain(money.parse_amount(text)) == text
    assert "e" not in text.lower()
    shown = money.usd(amount).removeprefix("$").replace(",", "")
    assert Decimal(shown) == amount
    assert len(shown.partition(".")[2]) >= 2


@given(amounts, st.integers(min_value=0, max_value=6))
def test_equal_amounts_are_read_to_the_same_text_however_they_are_spelt(amount: Decimal, zeros: int) -> None:
    padded = format(amount, f".{9 + zeros}f")
    assert money.parse_amount(padded).as_tuple() == Decimal(money.plain(amount)).as_tuple()


@pytest.mark.parametrize("value", [0, 15000, "0.0", "1.50", Decimal("2E-7"), Decimal("1E+5"), "1e5"])
def test_what_is_an_amount_is_read_without_loss(value: str | int | Decimal) -> None:
    assert money.parse_amount(value) == Decimal(value)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("-1", "zero or more"),
        ("-0", "zero or more"),
        (Decimal("-0"), "zero or more"),
        (-5, "zero or more"),
        ("+1", "not an amount"),
        ("1,5", "not an amount"),
        ("1.234,56", "not an amount"),
        ("1,000", "not an amount"),
        ("1_000", "not an amount"),
        ("1 000", "not an amount"),
        ("1\u00a0000", "not an amount"),
        ("\u2007", "not an amount"),
        (" 1", "not an amount"),
        ("1\n", "not an amount"),
        ("\uff11\uff12", "not an amount"),
        ("\u0661\u0662", "not an amount"),
        ("1\u200b", "not an amount"),
        (".5", "not an amount"),
        ("5.", "not an amount"),
        ("007", "not an amount"),
        ("0x10", "not an amount"),
        ("$1", "not an amount"),
        ("free", "not an amount"),
        ("NaN", "not an amount"),
        (Decimal("sNaN"), "not an amount"),
        (Decimal("Infinity"), "not an amount"),
        ("1e400", "not an amount"),
        (Decimal("1e400"), "not an amount"),
        ("1e99", "too large"),
        ("1000000", "too large"),
        ("999999.9999999999", "decimals"),
        ("1e-10", "decimals"),
        ("0.0000000001", "decimals"),
        ("1" * 400, "too long"),
        (10**100, "too long"),
        ("", "empty"),
        (None, "string or a Decimal"),
        (True, "string or a Decimal"),
        (0.2, "string or a Decimal"),
        ([], "string or a Decimal"),
        ({"usd": 1}, "string or a Decimal"),
    ],
)
def test_what_is_not_an_amount_is_refused_with_the_reason(value: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        money.parse_amount(value)


def test_a_refusal_shows_the_value_and_what_would_be_right() -> None:
    with pytest.raises(ValueError, match="not an amount") as refusal:
        money.parse_amount("1,5")
    assert str(refusal.value) == "'1,5' is not an amount: use digits and one decimal point, as in \"1.875\""


def test_a_refusal_of_a_giant_stays_short() -> None:
    for giant in ("9" * 100_000, 10**5000, Decimal("9" * 5000), [0] * 5000):
        with pytest.raises(ValueError, match="amount") as refusal:
            money.parse_amount(giant)  # type: ignore[arg-type]
        assert len(str(refusal.value)) < 200


def test_every_hostile_price_is_read_exactly_or_refused() -> None:
    entries = json.loads(CORPUS.read_text(encoding="utf-8"), parse_float=Decimal)["prices"]
    read, refused = set(), 0
    for entry in entries:
        try:
            read.add(money.plain(money.parse_amount(entry["v"])))
        except ValueError:
            refused += 1
    assert read == HOSTILE_BUT_EXACT
    assert refused == len(entries) - 9
