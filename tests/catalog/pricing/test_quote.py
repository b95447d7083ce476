"""Quotes are exact, dated, conditional, and never count an unknown price as 0."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest

from catalog.pricing.quote import REASONS, Quote, Usage, cost, matching, price_for, quote
from pricing_samples import AT, START, price

MILLISECOND = timedelta(milliseconds=1)


def amounts(asked: Quote) -> dict[str, str]:
    return {line.meter: str(line.amount) for line in asked.lines}


SEED = {"input_tokens": 10_000, "output_tokens": 2_000, "cache_read_tokens": 50_000}
SONNET = [
    price("input_tokens", "1.5", id=1),
    price("output_tokens", "7.5", id=2),
    price("cache_read_tokens", "0.15", id=3),
    price("input_tokens", "3", id=4, kind="list"),
    price("output_tokens", "15", id=5, kind="list"),
    price("cache_read_tokens", "0.3", id=6, kind="list"),
]


def test_the_seed_model_quotes_to_the_cent_and_beyond() -> None:
    sell = quote(SONNET, Usage(SEED, at=AT))
    assert amounts(sell) == {"input_tokens": "0.015", "output_tokens": "0.015", "cache_read_tokens": "0.0075"}
    assert sell.total == sell.subtotal == Decimal("0.0375")
    assert str(sell.total) == "0.0375"
    assert sell.currency == "USD"
    assert [line.price_id for line in sell.lines] == [1, 2, 3]
    assert [line.unit for line in sell.lines] == ["1M tokens"] * 3


def test_list_prices_are_quoted_apart_from_sell_prices() -> None:
    listed = quote(SONNET, Usage(SEED, at=AT), kind="list")
    assert listed.total == Decimal("0.075")
    assert [line.price_id for line in listed.lines] == [4, 5, 6]


@pytest.mark.parametrize(
    ("prompt", "amount"), [(199_999, "3"), (200_000, "3"), (200_001, "6"), (272_001, "9")]
)
def test_the_whole_request_is_priced_by_the_size_of_its_prompt(prompt: int, amount: str) -> None:
    rows = [
        price("output_tokens", "3", id=1),
        price("output_tokens", "6", {"prompt_tokens_over": 200_000}, id=2),
        price("output_tokens", "9", {"prompt_tokens_over": 272_000}, id=3),
    ]
    used = Usage({"input_tokens": prompt, "output_tokens": 1_000_000}, at=AT)
    assert amounts(quote(rows, used)) == {"output_tokens": amount}


def test_the_prompt_is_input_caches_and_audio_together() -> None:
    parts = {
        "input_tokens": 1,
        "cache_read_tokens": 20,
        "cache_write_5m_tokens": 300,
        "cache_write_1h_tokens": 4_000,
        "input_audio_tokens": 50_000,
    }
    assert Usage(parts | {"output_tokens": 600_000, "images": 9}, at=AT).prompt_tokens == 54_321
    rows = [price("input_tokens", "1"), price("input_tokens", "2", {"prompt_tokens_over": 54_320}, id=2)]
    found = price_for(rows, "input_tokens", Usage(parts, at=AT))
    assert found is not None
    assert found.id == 2


def test_a_price_holds_from_its_instant_until_before_the_next_ones() -> None:
    change = datetime(2026, 12, 1, tzinfo=UTC)
    rows = [price(amount="1", id=1, effective_until=change), price(amount="2", id=2, effective_from=change)]
    instants = {
        START - MILLISECOND: None,
        START: 1,
        change - MILLISECOND: 1,
        change: 2,
        change + MILLISECOND: 2,
    }
    for at, expected in instants.items():
        found = price_for(rows, "input_tokens", Usage({"input_tokens": 1}, at=at))
        assert (found.id if found else None) == expected


def test_an_instant_of_another_zone_is_the_same_instant() -> None:
    at = datetime(2026, 7, 2, 9, 0, tzinfo=timezone(timedelta(hours=9)))
    assert price_for([price()], "input_tokens", Usage({"input_tokens": 1}, at=at)) is not None
    assert price_for([price()], "input_tokens", Usage({"input_tokens": 1}, at=at - MILLISECOND)) is None


@pytest.mark.parametrize(
    ("minute", "amount"), [("16:29", "2"), ("16:30", "1"), ("00:29", "1"), ("00:30", "2")]
)
def test_a_discount_by_the_clock_wraps_midnight(minute: str, amount: str) -> None:
    rows = [price(amount="2"), price(amount="1", conditions={"utc_window": ["16:30", "00:30"]}, id=2)]
    used = Usage({"input_tokens": 1_000_000}, at=datetime.fromisoformat(f"2026-11-23T{minute}:00+00:00"))
    assert amounts(quote(rows, used)) == {"input_tokens": amount}


def test_the_row_with_the_most_conditions_wins() -> None:
    rows = [
        price("requests", "0.04", {"action": "text_to_video"}, id=1),
        price("requests", "0.05", {"action": "text_to_video", "output_resolution": "1k"}, id=2),
        price(
            "requests",
            "0.06",
            {"action": "text_to_video", "output_resolution": "1k", "duration_seconds": [1, 10]},
            id=3,
        ),
        price("requests", "0.09", {"action": "image_to_video"}, id=4),
    ]

    def winner(**asked: Any) -> int | None:
        found = price_for(
            rows, "requests", Usage({"requests": 1}, at=AT, action="text_to_video", parameters=asked)
        )
        return found.id if found else None

    assert winner(output_resolution="1k", duration_seconds=10) == 3
    assert winner(output_resolution="1k", duration_seconds=11) == 2
    assert winner(output_resolution="4k", duration_seconds=10) == 1
    assert winner() == 1
    assert price_for(rows, "requests", Usage({"requests": 1}, at=AT)) is None


def test_a_media_call_is_quoted_by_its_own_meter() -> None:
    rows = [
        price("requests", "0.14", {"action": "text_to_image", "output_resolution": "1k"}),
        price("video_seconds", "0.05", {"action": "animate"}, id=2),
    ]
    image = quote(
        rows, Usage({"requests": 3}, at=AT, action="text_to_image", parameters={"output_resolution": "1k"})
    )
    video = quote(rows, Usage({"video_seconds": Decimal("5.5")}, at=AT, action="animate"))
    assert (image.total, image.lines[0].unit) == (Decimal("0.42"), "request")
    assert (video.total, video.lines[0].unit) == (Decimal("0.275"), "second")
    assert image.lines[0].conditions == {"action": "text_to_image", "output_resolution": "1k"}


def test_two_prices_of_equal_rank_are_no_price_and_said_to_be_so() -> None:
    rows = [
        price(amount="1", id=1),
        price(amount="2", conditions={"service_tier": "batch"}, id=2),
        price(amount="3", conditions={"prompt_tokens_over": 5}, id=3),
    ]
    used = Usage({"input_tokens": 6}, at=AT, service_tier="batch")
    assert price_for(rows, "input_tokens", used) is None
    assert [row.id for row in matching(rows, "input_tokens", used)] == [2, 3]
    asked = quote(rows, used)
    assert (asked.total, asked.lines) == (None, ())
    assert [(gap.meter, gap.reason) for gap in asked.unpriced] == [("input_tokens", "ambiguous")]
    settled = [*rows, price(amount="4", conditions={"service_tier": "batch", "prompt_tokens_over": 5}, id=4)]
    assert quote(settled, used).lines[0].price_id == 4


def test_the_same_price_twice_is_no_price() -> None:
    assert price_for([price(id=1), price(id=2)], "input_tokens", Usage({"input_tokens": 1}, at=AT)) is None


@pytest.mark.parametrize(("state", "reason"), [("dynamic", "dynamic"), ("on_request", "on_request")])
def test_what_has_no_amount_is_unpriced_and_leaves_no_total(state: str, reason: str) -> None:
    rows = [*SONNET, price("searches", None, state=state, id=9)]
    asked = quote(rows, Usage({**SEED, "searches": 3, "images": 1}, at=AT))
    assert asked.total is None
    assert asked.subtotal == Decimal("0.0375")
    assert [(gap.meter, gap.reason) for gap in asked.unpriced] == [
        ("images", "not_published"),
        ("searches", reason),
    ]
    assert [gap.words for gap in asked.unpriced] == ["Not on record", REASONS[asked.unpriced[1].reason]]
    assert "searches" not in amounts(asked)


def test_a_model_without_prices_has_no_total_not_even_for_nothing() -> None:
    assert quote([], Usage({"input_tokens": 5}, at=AT)).total is None
    nothing = quote([], Usage({"input_tokens": 0}, at=AT))
    assert (nothing.total, nothing.currency, nothing.unpriced) == (None, None, ())


def test_none_of_an_unpriced_meter_does_not_hide_the_total() -> None:
    asked = quote(SONNET, Usage({**SEED, "cache_write_5m_tokens": 0, "reasoning_tokens": 0}, at=AT))
    assert asked.total == Decimal("0.0375")


def test_free_is_a_line_of_nothing() -> None:
    asked = quote([price(amount="0", state="free")], Usage({"input_tokens": 10}, at=AT))
    assert asked.total == 0
    assert [(line.state, line.amount) for line in asked.lines] == [("free", Decimal(0))]


def test_amounts_in_two_currencies_are_not_summed() -> None:
    rows = [price("input_tokens", "1"), price("output_tokens", "1", currency="EUR", id=2)]
    asked = quote(rows, Usage({"input_tokens": 10, "output_tokens": 10}, at=AT))
    assert (asked.total, asked.currency) == (None, "USD")
    assert [(gap.meter, gap.reason) for gap in asked.unpriced] == [("output_tokens", "other_currency")]


def test_a_line_says_which_wishes_its_price_does_not_know() -> None:
    rows = [price("input_tokens", "1", {"service_tier": "batch"}), price("output_tokens", "2", id=2)]
    used = {"input_tokens": 1, "output_tokens": 1}
    lines = quote(rows, Usage(used, at=AT, service_tier="batch", region="eu")).lines
    assert [line.unheeded for line in lines] == [("region",), ("service_tier", "region")]
    assert quote(rows[1:], Usage(used, at=AT)).lines[0].unheeded == ()


def test_lines_come_in_the_order_of_the_meters_whatever_was_asked_first() -> None:
    asked = quote(SONNET, Usage(dict(reversed(SEED.items())), at=AT))
    assert [line.meter for line in asked.lines] == ["input_tokens", "output_tokens", "cache_read_tokens"]


def test_the_callers_decimal_context_changes_no_amount() -> None:
    with localcontext() as context:
        context.prec = 3
        exact = cost(Decimal("123456789012345.123456789"), Decimal("999999.999999999"), 1)
        asked = quote([price(amount="1.234567891")], Usage({"input_tokens": 123_456_789}, at=AT))
        assert Usage({"input_tokens": 123_456, "cache_read_tokens": 1}, at=AT).prompt_tokens == 123_457
    assert Fraction(exact) == Fraction("123456789012345.123456789") * Fraction("999999.999999999")
    assert Fraction(asked.subtotal) == Fraction(123_456_789 * 1_234_567_891, 10**15)
