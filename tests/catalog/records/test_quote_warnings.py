"""What a quote cannot know, or what a model cannot do, stands beside its total."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from catalog.pricing.quote import Usage
from catalog.records.quote_warnings import CODES, default_kind, quote_use
from factories import a_price, a_record

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
LENGTH = {
    "name": "duration_seconds",
    "type": "integer",
    "required": False,
    "enum": [4, 8],
    "default": None,
    "minimum": None,
    "maximum": None,
}


def warned(record, kind="sell", quantities=None, **usage):
    return quote_use(record, Usage(quantities or {"input_tokens": 1000}, **{"at": AT, **usage}), kind)


def codes(*args, **kwargs):
    return [row.code for row in warned(*args, **kwargs).warnings]


@pytest.fixture
def tiered():
    batch = a_price(amount="0.75", conditions={"service_tier": "batch"})
    eu = a_price(amount="1.65", conditions={"region": "eu"})
    return a_record(prices=[a_price(), batch, eu, a_price(meter="output_tokens", amount="5")])


def test_what_is_known_is_quoted_without_a_warning(tiered):
    assert codes(tiered) == []
    assert codes(tiered, service_tier="batch") == []
    assert codes(tiered, region="eu") == []


def test_an_unknown_tier_or_region_is_named_with_the_known_ones(tiered):
    (warning,) = warned(tiered, service_tier="turbo").warnings
    assert (warning.code, warning.message) == (
        "unknown_service_tier",
        "Unknown service tier 'turbo'. Known: batch.",
    )
    assert codes(tiered, region="mars") == ["unknown_region"]
    assert codes(a_record(prices=[a_price()]), action="sing") == ["unknown_action"]


def test_a_price_that_depends_on_the_action_asks_for_it():
    drawn = [a_price(meter="images", conditions={"action": word}) for word in ("draw_image", "edit_image")]
    result = warned(a_record(prices=drawn, actions=["draw_image", "edit_image"]), quantities={"images": 1})
    assert [(row.code, row.message) for row in result.warnings] == [
        ("missing_value", "The price depends on action. Known: draw_image, edit_image.")
    ]


@pytest.mark.parametrize("tier", ["standard", "default", "auto"])
def test_the_word_for_no_tier_is_no_tier(tiered, tier):
    result = warned(tiered, service_tier=tier)
    assert result.warnings == ()
    assert result.quote.lines[0].unheeded == ()


def test_a_price_that_ignores_a_known_tier_says_so(tiered):
    both = {"input_tokens": 1000, "output_tokens": 1000}
    (warning,) = warned(tiered, service_tier="batch", quantities=both).warnings
    assert warning.code == "unheeded"
    assert warning.message == "No price for service tier 'batch': Output. The standard price is used."
    assert codes(tiered, service_tier="batch", quantities={"input_tokens": 1000, "output_tokens": 0}) == []


@pytest.mark.parametrize(("seconds", "is_known"), [(4, True), (8, True), (6, True), (7, False), (30, False)])
def test_a_value_is_known_by_a_price_or_the_parameters_values(seconds, is_known):
    prices = [
        a_price(meter="requests", amount="1"),
        a_price(meter="requests", amount="2", conditions={"duration_seconds": 6}),
    ]
    record = a_record(prices=prices, parameters={"text_to_video": [LENGTH]}, actions=["text_to_video"])
    use = {"quantities": {"requests": 1}, "parameters": {"duration_seconds": seconds}}
    assert codes(record, **use) == ([] if is_known else ["unknown_value"])


def test_bounds_of_a_parameter_say_what_is_known():
    bounded = {**LENGTH, "enum": None, "minimum": "1", "maximum": "10"}
    record = a_record(prices=[a_price()], parameters={"message": [bounded]})
    assert codes(record, parameters={"duration_seconds": 10}) == []
    assert codes(record, parameters={"duration_seconds": Decimal("10.5")}) == ["unknown_value"]


def test_a_parameter_without_bounds_takes_any_value():
    free = a_record(prices=[a_price()], parameters={"message": [{**LENGTH, "enum": None, "type": "string"}]})
    assert codes(free, parameters={"duration_seconds": "any"}) == []


def test_limits_are_those_of_one_call():
    record = a_record(prices=[a_price()], context_window=1000, max_output_tokens=100)
    assert codes(record, quantities={"input_tokens": 900, "output_tokens": 100}) == []
    assert codes(record, quantities={"input_tokens": 901, "output_tokens": 100}) == ["over_context_window"]
    assert codes(record, quantities={"input_tokens": 1, "output_tokens": 101}) == ["over_max_output"]
    assert codes(record, quantities={"input_tokens": 9000}, calls=10) == []
    (warning,) = warned(record, quantities={"input_tokens": 2000}).warnings
    assert warning.message == "Context window: 1,000 tokens, and one call here has 2,000."


def test_the_input_limit_is_a_limit_of_its_own():
    record = a_record(prices=[a_price()], context_window=1_050_000, max_input_tokens=922_000)
    assert codes(record, quantities={"input_tokens": 922_001}) == ["over_max_input"]
    assert codes(record, quantities={"input_tokens": 922_000}) == []


def test_a_model_that_does_not_answer_then_says_so():
    record = a_record(prices=[a_price()], released_on="2026-02-01", retires_on="2026-11-26")
    assert codes(record) == ["retired"]
    assert codes(record, at=datetime(2026, 11, 25, 23, tzinfo=UTC)) == []
    assert codes(record, at=datetime(2026, 1, 31, tzinfo=UTC)) == ["not_released"]


def test_without_a_kind_a_model_without_sell_price_is_quoted_by_list_and_says_so():
    record = a_record(prices=[a_price(kind="list", amount="3")])
    result = warned(record, kind=None)
    assert (result.quote.kind, result.quote.total) == ("list", Decimal("0.003"))
    assert [row.code for row in result.warnings] == ["list_price"]
    # Who asks for a kind is answered by it, whatever there is.
    assert warned(record, kind="sell").quote.total is None
    assert codes(record, kind="list") == []
    assert default_kind(a_record(), AT) == "sell"


def test_every_code_is_documented():
    assert all(CODES.values())
