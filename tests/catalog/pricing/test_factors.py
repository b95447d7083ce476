"""Factors make ordinary prices of their base: exact, alone and together, never in place of a stated one."""

from decimal import Decimal

import pytest

from catalog.pricing.conditions import parse
from catalog.pricing.factors import PriceFactor, products, read_factors
from catalog.pricing.price import PriceValue

BATCH = {"kind": "sell", "condition": "service_tier", "value": "batch", "factor": "0.5"}
EU = {"kind": "sell", "condition": "region", "value": "eu", "factor": "1.1"}


def base(amount="3", meter="input_tokens", **conditions):
    return PriceValue(
        kind="sell", meter=meter, per=1_000_000, amount=Decimal(amount), conditions=parse(conditions)
    )


def made(price, *rows, explicit=()):
    return {
        product.value.conditions.canonical: str(product.value.amount)
        for product in products(price, read_factors(rows), explicit)
    }


def test_factors_hold_alone_and_together():
    assert made(base(), BATCH, EU) == {
        '{"service_tier":"batch"}': "1.5",
        '{"region":"eu"}': "3.3",
        '{"region":"eu","service_tier":"batch"}': "1.65",
    }


def test_a_factor_keeps_the_conditions_of_its_base():
    assert made(base(prompt_tokens_over=200_000), BATCH) == {
        '{"prompt_tokens_over":200000,"service_tier":"batch"}': "1.5"
    }


def test_a_factor_is_of_its_kind_and_meters_and_not_about_what_is_stated():
    assert made(base(), {**BATCH, "kind": "list"}) == {}
    assert made(base(), {**BATCH, "meters": ["output_tokens"]}) == {}
    assert made(base(service_tier="flex"), BATCH) == {}
    # Of two values of one condition each makes its own.
    assert len(made(base(), BATCH, {**BATCH, "value": "flex"})) == 2


def test_a_stated_price_is_never_made_again():
    stated = {'{"service_tier":"batch"}'}
    # It is the base of what the region makes of it.
    assert made(base(), BATCH, EU, explicit=stated) == {'{"region":"eu"}': "3.3"}


def test_a_product_that_is_not_exact_is_refused():
    with pytest.raises(ValueError, match=r"0\.5 times 0\.000000001: .* more than 9 decimals"):
        made(base("0.000000001"), BATCH)


@pytest.mark.parametrize("factor", ["", "0", "-1", "half"])
def test_a_factor_is_a_number_above_zero(factor):
    with pytest.raises(ValueError, match=r"amount|factor|negative"):
        PriceFactor.from_row({**BATCH, "factor": factor})
