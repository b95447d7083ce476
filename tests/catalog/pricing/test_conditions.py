"""Conditions compose, have one canonical form, and rank exactly."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal, localcontext
from typing import Any

import pytest

from catalog.pricing import conditions
from catalog.pricing.conditions import canonical, describe, parse
from catalog.pricing.quote import Usage

FRIDAY = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


def usage(prompt: int = 1, at: datetime = FRIDAY, **asked: Any) -> Usage:
    words = {key: asked.pop(key) for key in ("service_tier", "region", "action") if key in asked}
    return Usage({"input_tokens": prompt}, at=at, parameters=asked, **words)


def hold(wire: dict[str, Any], asked: Usage) -> bool:
    return conditions.holds(parse(wire), asked)


@pytest.mark.parametrize(("prompt", "over"), [(199_999, False), (200_000, False), (200_001, True)])
def test_a_prompt_is_over_its_limit_only_past_it(prompt: int, over: bool) -> None:
    assert hold({"prompt_tokens_over": 200_000}, usage(prompt)) is over
    assert hold({"prompt_tokens_up_to": 200_000}, usage(prompt)) is not over


def test_a_part_of_a_token_past_the_limit_is_past_it() -> None:
    asked = Usage({"input_tokens": Decimal("200000.5")}, at=FRIDAY)
    assert hold({"prompt_tokens_over": 200_000}, asked)
    assert not hold({"prompt_tokens_up_to": 200_000}, asked)


@pytest.mark.parametrize("key", ["service_tier", "region", "action"])
def test_a_word_must_be_said_exactly(key: str) -> None:
    assert hold({key: "batch"}, usage(**{key: "batch"}))
    assert not hold({key: "batch"}, usage(**{key: "Batch"}))
    assert not hold({key: "batch"}, usage())


CLOCK = [
    ("16:29:59.999", False),
    ("16:30:00", True),
    ("23:59:59.999", True),
    ("00:00:00", True),
    ("00:29:59.999", True),
    ("00:30:00", False),
]


@pytest.mark.parametrize(("clock", "inside"), CLOCK)
def test_a_window_wraps_midnight_and_is_half_open(clock: str, inside: bool) -> None:
    at = datetime.fromisoformat(f"2026-11-27T{clock}+00:00")
    assert hold({"utc_window": ["16:30", "00:30"]}, usage(at=at)) is inside
    assert hold({"utc_window": ["00:30", "16:30"]}, usage(at=at)) is not inside


def test_a_window_is_read_in_utc_wherever_the_instant_was_written() -> None:
    at = datetime(2026, 11, 27, 2, 0, tzinfo=timezone(timedelta(hours=9)))
    assert hold({"utc_window": ["16:30", "17:30"], "weekdays": [4]}, usage(at=at))


def test_a_window_may_end_at_midnight() -> None:
    late = datetime(2026, 11, 27, 23, 59, 59, 999_000, tzinfo=UTC)
    assert hold({"utc_window": ["16:30", "24:00"]}, usage(at=late))
    assert not hold({"utc_window": ["16:30", "24:00"]}, usage(at=late + timedelta(milliseconds=1)))
    assert canonical({"utc_window": ["16:30", "24:00"]}) == canonical({"utc_window": ["16:30", "00:00"]})


def test_a_weekday_is_that_of_the_instant_also_after_midnight_of_a_window() -> None:
    wire = {"utc_window": ["16:30", "00:30"], "weekdays": [5]}
    assert hold(wire, usage(at=datetime(2026, 11, 27, 23, 59, 59, 999_000, tzinfo=UTC)))
    assert not hold(wire, usage(at=datetime(2026, 11, 28, 0, 0, tzinfo=UTC)))
    assert hold(wire, usage(at=datetime(2026, 11, 27, 0, 10, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("seconds", "inside"),
    [(0, False), (1, True), (10, True), (11, False), (Decimal("10.001"), False), (5.5, True), ("5", False)],
)
def test_a_range_of_a_parameter_includes_its_ends(seconds: Any, inside: bool) -> None:
    assert hold({"duration_seconds": [1, 10]}, usage(duration_seconds=seconds)) is inside


def test_a_parameter_is_equal_only_to_a_value_of_its_type() -> None:
    values: list[Any] = ["1", 1, True, "true", False, 0, "0", None]
    for wanted in values[:-1]:
        held = [value for value in values if hold({"x": wanted}, usage(x=value))]
        assert len(held) == 1
        assert held[0] is wanted
    assert hold({"x": 1}, usage(x=Decimal("1.0")))
    assert not hold({"x": 1}, usage(x=[1]))
    assert not hold({"x": 1}, usage())


def test_all_conditions_of_a_set_must_hold() -> None:
    wire = {"service_tier": "batch", "prompt_tokens_over": 10, "output_resolution": "1k"}
    asked: dict[str, Any] = {"service_tier": "batch", "output_resolution": "1k"}
    assert hold(wire, usage(11, **asked))
    assert not hold(wire, usage(10, **asked))
    assert not hold(wire, usage(11, service_tier="batch"))
    assert hold({}, usage())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"b": 1, "a": "x"}, {"a": "x", "b": 1.0}),
        ({"x": Decimal("0.50")}, {"x": 0.5}),
        ({"x": [5, 5]}, {"x": 5}),
        ({"x": (1, 10)}, {"x": [1.0, Decimal(10)]}),
        ({"weekdays": [5, 1, 1, 3]}, {"weekdays": [1, 3, 5]}),
        ({"prompt_tokens_over": 200000.0}, {"prompt_tokens_over": 200_000}),
    ],
)
def test_equal_conditions_have_equal_text(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert canonical(one) == canonical(other)
    assert parse(one) == parse(other)
    assert hash(parse(one)) == hash(parse(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"x": "1"}, {"x": 1}),
        ({"x": True}, {"x": 1}),
        ({"x": "true"}, {"x": True}),
        ({"x": [1, 2]}, {"x": [1, 3]}),
        ({"utc_window": ["01:00", "02:00"]}, {"utc_window": ["02:00", "01:00"]}),
        ({}, {"x": 1}),
    ],
)
def test_different_conditions_have_different_text(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert canonical(one) != canonical(other)


def test_the_canonical_text_is_compact_sorted_json() -> None:
    wire = {
        "service_tier": "batch",
        "prompt_tokens_over": 200_000,
        "duration_seconds": [1, 10],
        "audio": True,
    }
    assert canonical(wire) == (
        '{"audio":true,"duration_seconds":[1,10],"prompt_tokens_over":200000,"service_tier":"batch"}'
    )
    assert canonical({}) == "{}"
    assert parse(wire).wire == wire
    assert parse(wire).specificity == 4


@pytest.mark.parametrize(
    ("wire", "right"),
    [
        ({"prompt_tokens_over": -1}, "whole number"),
        ({"prompt_tokens_over": True}, "whole number"),
        ({"prompt_tokens_over": "200000"}, "whole number"),
        ({"prompt_tokens_over": 1.5}, "whole number"),
        ({"prompt_tokens_over": 10**5000}, "whole number"),
        ({"prompt_tokens_over": 5, "prompt_tokens_up_to": 5}, "never hold together"),
        ({"service_tier": 1}, "use a text"),
        ({"service_tier": ""}, "printable"),
        ({"service_tier": " batch"}, "printable"),
        ({"region": "a\x00b"}, "printable"),
        ({"action": "\ud800"}, "printable"),
        ({"x": "a" * 201}, "printable"),
        ({"utc_window": "16:30"}, "times of day"),
        ({"utc_window": ["16:30"]}, "times of day"),
        ({"utc_window": ["16:30", "16:30"]}, "times of day"),
        ({"utc_window": ["00:00", "24:00"]}, "times of day"),
        ({"utc_window": ["9:30", "16:30"]}, "times of day"),
        ({"utc_window": ["16:60", "17:00"]}, "times of day"),
        ({"utc_window": ["\u0661\u0666:30", "17:00"]}, "times of day"),
        ({"utc_window": [16, 17]}, "times of day"),
        ({"weekdays": []}, "ISO weekdays"),
        ({"weekdays": [0]}, "ISO weekdays"),
        ({"weekdays": [8]}, "ISO weekdays"),
        ({"weekdays": [True]}, "ISO weekdays"),
        ({"weekdays": ["1"]}, "ISO weekdays"),
        ({"weekdays": 1}, "ISO weekdays"),
        ({"x": None}, "use a text"),
        ({"x": {"y": 1}}, "use a text"),
        ({"x": float("nan")}, "use a text"),
        ({"x": Decimal("Infinity")}, "use a text"),
        ({"x": Decimal("sNaN")}, "use a text"),
        ({"x": Decimal("1e999999")}, "use a text"),
        ({"x": 10**15}, "use a text"),
        ({"x": 10**5000}, "use a text"),
        ({"x": [1]}, "range of two numbers"),
        ({"x": [2, 1]}, "range of two numbers"),
        ({"x": [1, True]}, "range of two numbers"),
        ({"x": ["a", "b"]}, "range of two numbers"),
        ({"x": [10**5000, 1]}, "range of two numbers"),
        ({"input_tokens": 1}, "that is a meter"),
        ({"a b": 1}, "a key is a name"),
        ({"": 1}, "a key is a name"),
        ({3: 1}, "a key is a name"),
        ({f"k{n}": n for n in range(17)}, "at most 16"),
    ],
)
def test_a_wrong_condition_is_refused_with_what_would_be_right(wire: dict[str, Any], right: str) -> None:
    with pytest.raises(ValueError, match=right) as refusal:
        parse(wire)
    assert len(str(refusal.value)) < 260
    assert len(wire) > 1 or str(next(iter(wire))) in str(refusal.value)


@pytest.mark.parametrize("wire", [None, [], "x", 1])
def test_conditions_are_a_table(wire: Any) -> None:
    with pytest.raises(ValueError, match="table of keys and values"):
        parse(wire)


@pytest.mark.parametrize(
    ("wire", "words"),
    [
        ({}, []),
        ({"prompt_tokens_over": 200_000}, ["Prompt over 200,000 tokens"]),
        ({"prompt_tokens_up_to": 200_000}, ["Prompt up to 200,000 tokens"]),
        ({"prompt_tokens_over": 1000, "service_tier": "batch"}, ["Batch", "Prompt over 1,000 tokens"]),
        ({"output_resolution": "1k", "action": "text_to_video"}, ["Text to video", "Output resolution: 1k"]),
        ({"duration_seconds": [1, 10]}, ["Duration: 1\N{EN DASH}10 seconds"]),
        ({"duration_seconds": 1}, ["Duration: 1 second"]),
        ({"duration_seconds": "6"}, ["Duration: 6 seconds"]),
        ({"duration_seconds": 2.5}, ["Duration: 2.5 seconds"]),
        ({"duration_seconds": "any"}, ["Duration seconds: any"]),
        ({"duration_band": "1-10"}, ["Duration band: 1-10"]),
        ({"audio": False, "enable_pro": True}, ["Audio: no", "Enable pro: yes"]),
        ({"output_count": 2}, ["Output count: 2"]),
        ({"action": "ai_avatar", "fps": 24}, ["AI avatar", "FPS: 24"]),
        ({"utc_window": ["16:30", "00:30"]}, ["16:30\N{EN DASH}00:30 UTC"]),
        ({"weekdays": [1, 2, 3, 4, 5]}, ["Monday\N{EN DASH}Friday"]),
        ({"weekdays": [7, 6]}, ["Saturday, Sunday"]),
        ({"weekdays": [1, 3, 5]}, ["Monday, Wednesday, Friday"]),
        ({"region": "eu"}, ["Region: eu"]),
    ],
)
def test_conditions_are_said_in_plain_words(wire: dict[str, Any], words: list[str]) -> None:
    assert describe(wire) == words


def test_the_callers_decimal_context_changes_nothing() -> None:
    with localcontext() as context:
        context.prec = 2
        assert hold({"prompt_tokens_over": 123_456}, usage(123_457))
        assert not hold({"prompt_tokens_over": 123_456}, usage(123_456))
        assert canonical({"x": 123_456.5}) == '{"x":123456.5}'
