"""A price of a prompt that reaches a limit is stored as one of a prompt that exceeds the number before."""

from decimal import Decimal

import pytest

from catalog.pricing.conditions import is_known, parse
from catalog.pricing.quote import Usage, quote
from pricing_samples import AT, price


@pytest.mark.parametrize(("prompt", "total"), [(199_999, "0.24999875"), (200_000, "0.5")])
def test_a_prompt_that_reaches_the_limit_is_at_the_higher_rate(prompt: int, total: str) -> None:
    rows = [price(amount="1.25"), price(amount="2.5", conditions={"prompt_tokens_from": 200_000}, id=2)]
    assert quote(rows, Usage({"input_tokens": prompt}, at=AT)).total == Decimal(total)


def test_it_is_stored_and_answered_as_the_other_limit() -> None:
    reached = parse({"prompt_tokens_from": 200_000, "service_tier": "batch"})
    assert reached.wire == {"prompt_tokens_over": 199_999, "service_tier": "batch"}
    assert reached == parse({"service_tier": "batch", "prompt_tokens_over": 199_999})
    assert is_known("prompt_tokens_from")


@pytest.mark.parametrize("limit", [0, -1, 1.5, "200000", True, None])
def test_a_limit_is_a_whole_number_above_zero(limit: object) -> None:
    with pytest.raises(ValueError, match="prompt_tokens_from"):
        parse({"prompt_tokens_from": limit})


def test_both_limits_at_once_are_refused() -> None:
    with pytest.raises(ValueError, match="the same limit"):
        parse({"prompt_tokens_from": 10, "prompt_tokens_over": 9})


def test_a_limit_below_it_may_stand_beside_one_above_it() -> None:
    assert parse({"prompt_tokens_from": 10, "prompt_tokens_up_to": 20}).wire == {
        "prompt_tokens_over": 9,
        "prompt_tokens_up_to": 20,
    }
