"""A fallback that no request reaches prices nothing, nor does one that is a tier of its own, rounded."""

from decimal import Decimal

import pytest

from catalog.pricing.conditions import parse
from catalog.pricing.fallbacks import is_covered
from catalog.pricing.price import PriceValue

SIZES = {"size": ["1k", "2k"], "sound": [True, False]}


def row(amount, meter="images", **conditions):
    return PriceValue(
        kind="sell",
        meter=meter,
        per=1,
        amount=Decimal(amount),
        conditions=parse({"action": "draw", **conditions}),
    )


FALLBACK = row("0.14")


@pytest.mark.parametrize(
    ("tiers", "covered"),
    [
        ([row("0.14", size="1k"), row("0.24", size="2k")], True),
        ([row("0.14", size="1k")], False),
        ([row("0.14", size="1k"), row("0.24", size="2k", sound=True)], False),
        ([row("1", size=size, sound=sound) for size in ("1k", "2k") for sound in (True, False)], True),
        ([row("1", size=size, sound=sound) for size in ("1k", "2k") for sound in (True,)], False),
        # Of a parameter whose values nobody lists, any may come.
        ([row("1", style="a"), row("2", style="b")], False),
        ([], False),
    ],
)
def test_a_fallback_is_covered_where_each_value_has_a_price(tiers, covered):
    assert is_covered(FALLBACK, [FALLBACK, *tiers], SIZES) is covered


def test_ranges_cover_the_values_within_them():
    tiers = [row("1", count=[1, 2]), row("2", count=[3, 4])]
    assert is_covered(FALLBACK, tiers, {"count": [1, 2, 3, 4]})
    assert not is_covered(FALLBACK, tiers, {"count": [1, 5]})


def test_a_tier_rounded_to_cents_is_no_fallback():
    assert is_covered(row("0.13"), [row("0.125", size="3k")], {})
    assert not is_covered(row("0.12"), [row("0.12", size="3k")], {})
    tokens = row("0.1", meter="input_tokens")
    assert not is_covered(tokens, [row("0.095", meter="input_tokens", size="3k")], {})


def test_a_value_that_no_condition_can_name_has_no_price():
    assert not is_covered(FALLBACK, [row("1", size="1k")], {"size": ["1k", " odd "]})


def test_a_large_grid_is_not_tried_out():
    many = {"size": [f"{number}k" for number in range(600)]}
    assert not is_covered(FALLBACK, [row("1", size=size) for size in many["size"]], many)
