"""Ties between sets of conditions are decided exactly, as trying every request of a small world shows."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.pricing import conditions
from catalog.pricing.conditions import canonical, describe, overlap, parse, ties, unsettled_ties
from catalog.pricing.quote import Usage
from pricing_samples import many

TIES = [
    ({"service_tier": "batch"}, {"region": "eu"}, True),
    ({"service_tier": "batch"}, {"prompt_tokens_over": 200_000}, True),
    ({"service_tier": "batch"}, {"service_tier": "flex"}, False),
    ({"service_tier": "batch"}, {}, False),
    ({"prompt_tokens_over": 200_000}, {"prompt_tokens_over": 272_000}, False),
    ({"prompt_tokens_over": 200_000}, {"prompt_tokens_up_to": 200_000}, False),
    ({"prompt_tokens_over": 199_999}, {"prompt_tokens_up_to": 200_000}, True),
    ({"prompt_tokens_up_to": 200_000, "service_tier": "batch"}, {"prompt_tokens_over": 200_000}, False),
    (
        {"prompt_tokens_over": 200_000, "service_tier": "batch"},
        {"prompt_tokens_over": 272_000, "region": "eu"},
        True,
    ),
    (
        {"prompt_tokens_over": 200_000, "service_tier": "batch"},
        {"prompt_tokens_over": 272_000, "service_tier": "batch"},
        False,
    ),
    (
        {"prompt_tokens_over": 100, "prompt_tokens_up_to": 300},
        {"prompt_tokens_over": 200, "prompt_tokens_up_to": 400},
        True,
    ),
    (
        {"prompt_tokens_over": 100, "prompt_tokens_up_to": 200},
        {"prompt_tokens_over": 200, "prompt_tokens_up_to": 300},
        False,
    ),
    ({"duration_seconds": [1, 10]}, {"duration_seconds": [11, 20]}, False),
    ({"duration_seconds": [1, 10]}, {"duration_seconds": [10, 20]}, True),
    ({"duration_seconds": [1, 10]}, {"duration_seconds": 10}, True),
    ({"duration_seconds": [1, 10]}, {"duration_seconds": "10"}, False),
    ({"duration_seconds": 10}, {"duration_seconds": 10.0}, False),
    ({"duration_seconds": [1, 10]}, {"duration_seconds": [Decimal("10.5"), 20]}, False),
    ({"utc_window": ["16:30", "00:30"]}, {"utc_window": ["00:30", "16:30"]}, False),
    ({"utc_window": ["16:30", "00:31"]}, {"utc_window": ["00:30", "16:30"]}, True),
    ({"weekdays": [1, 2]}, {"weekdays": [3]}, False),
    ({"weekdays": [1, 2]}, {"weekdays": [2, 3]}, True),
    ({"weekdays": [1]}, {"utc_window": ["01:00", "02:00"]}, True),
    ({"output_resolution": "1k"}, {"quality": "high"}, True),
    ({"enable_sound": True}, {"enable_sound": False}, False),
]


@pytest.mark.parametrize(("one", "other", "tied"), TIES)
def test_a_tie_is_two_sets_of_which_neither_wins_for_some_request(
    one: dict[str, Any], other: dict[str, Any], tied: bool
) -> None:
    assert ties(parse(one), parse(other)) is tied
    assert ties(parse(other), parse(one)) is tied


def test_a_set_for_both_settles_a_tie() -> None:
    batch, large = parse({"service_tier": "batch"}), parse({"prompt_tokens_over": 200_000})
    both = parse({"service_tier": "batch", "prompt_tokens_over": 200_000})
    wider = parse({"service_tier": "batch", "prompt_tokens_over": 100_000})
    larger = parse({"service_tier": "batch", "prompt_tokens_over": 272_000})
    elsewhere = parse({"service_tier": "batch", "region": "eu"})
    assert unsettled_ties([batch, large]) == [(batch, large)]
    assert unsettled_ties([batch, large, both]) == []
    assert unsettled_ties([both, large, wider, batch]) == []
    assert (batch, large) in unsettled_ties([batch, large, larger])
    assert (batch, large) in unsettled_ties([batch, large, elsewhere])


# A small world in which every request can be tried: what the set algebra says is compared with trying all.
PROMPTS = range(6)
TIMES = ("00:00", "06:00", "12:00", "18:00")
ANSWERS: tuple[Any, ...] = (None, "1", "x", True, False, 0, 1, 2, 3, 1.5, 2.5)

sets = st.fixed_dictionaries(
    {},
    optional={
        "prompt_tokens_over": st.integers(0, 4),
        "prompt_tokens_up_to": st.integers(0, 5),
        "service_tier": st.sampled_from(["batch", "flex"]),
        "q": st.one_of(
            st.sampled_from(["1", "x", True, False, 0, 1, 2, 1.5]),
            st.tuples(st.integers(0, 3), st.integers(0, 3)).map(sorted),
        ),
        "utc_window": st.permutations(TIMES).map(lambda times: list(times[:2])),
        "weekdays": st.lists(st.integers(1, 4), min_size=1, max_size=3),
    },
).filter(lambda wire: wire.get("prompt_tokens_over", -1) < wire.get("prompt_tokens_up_to", 9))


def plainly_holds(wire: dict[str, Any], asked: Usage) -> bool:
    """Decide the same question without any of the code under test."""
    at, size = asked.at, int(asked.quantities["input_tokens"])
    for key, value in wire.items():
        if key == "prompt_tokens_over":
            fine = size > value
        elif key == "prompt_tokens_up_to":
            fine = size <= value
        elif key == "service_tier":
            fine = asked.service_tier == value
        elif key == "weekdays":
            fine = at.isoweekday() in value
        elif key == "utc_window":
            now, (start, end) = f"{at:%H:%M}", value
            fine = start <= now < end if start < end else now >= start or now < end
        else:
            got = asked.parameters.get(key)
            if isinstance(value, list):
                fine = (
                    isinstance(got, int | float) and not isinstance(got, bool) and value[0] <= got <= value[1]
                )
            else:
                fine = got == value and isinstance(got, bool) == isinstance(value, bool)
        if not fine:
            return False
    return True


def every_request(*wires: dict[str, Any]) -> Iterator[Usage]:
    """Try every value of each axis that a set names, and one of the others."""
    named = {key for wire in wires for key in wire}
    prompts = PROMPTS if named & {"prompt_tokens_over", "prompt_tokens_up_to"} else [0]
    tiers = (None, "batch", "flex") if "service_tier" in named else (None,)
    answers = ANSWERS if "q" in named else (None,)
    hours = (0, 6, 12, 18) if "utc_window" in named else (0,)
    days = range(5) if "weekdays" in named else [0]
    for prompt, tier, answer, hour, day in product(prompts, tiers, answers, hours, days):
        at = datetime(2026, 11, 23 + day, hour, tzinfo=UTC)
        yield Usage({"input_tokens": prompt}, at=at, parameters={"q": answer}, service_tier=tier)


@many
@given(
    sets,
    st.integers(0, 5),
    st.sampled_from([None, "batch", "flex"]),
    st.sampled_from(ANSWERS),
    st.datetimes(),
)
def test_a_set_holds_exactly_where_each_of_its_conditions_does(
    wire: dict[str, Any], prompt: int, tier: str | None, answer: Any, at: datetime
) -> None:
    asked = Usage({"input_tokens": prompt}, at.replace(tzinfo=UTC), {"q": answer}, service_tier=tier)
    assert conditions.holds(parse(wire), asked) is plainly_holds(wire, asked)


@many
@given(sets, sets)
def test_two_sets_overlap_exactly_where_some_request_meets_both(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    met = any(
        plainly_holds(one, asked) and plainly_holds(other, asked) for asked in every_request(one, other)
    )
    assert overlap(parse(one), parse(other)) is met


@pytest.mark.slow
@many
@given(st.lists(sets, min_size=2, max_size=3))
def test_where_no_tie_is_left_one_set_wins_every_request(wires: list[dict[str, Any]]) -> None:
    known = list({parse(wire).canonical: parse(wire) for wire in wires}.values())
    if unsettled_ties(known):
        return
    for asked in every_request(*wires):
        held = [one for one in known if one.holds(asked)]
        assert len(conditions.winners(held)) == min(1, len(held))


@many
@given(sets, sets)
def test_a_tie_means_a_request_that_nobody_wins(one: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = parse(one), parse(other)
    lost = first != second and any(
        plainly_holds(one, asked)
        and plainly_holds(other, asked)
        and len(conditions.winners([first, second])) == 2
        for asked in every_request(one, other)
    )
    assert ties(first, second) is lost
    assert not (first.outranks(second) and second.outranks(first))


@many
@given(sets)
def test_the_canonical_text_reads_back_to_the_same_set(wire: dict[str, Any]) -> None:
    text = canonical(wire)
    assert canonical(json.loads(text)) == text
    assert parse(json.loads(text, parse_float=Decimal)) == parse(wire)
    assert json.dumps(parse(wire).wire, sort_keys=True, separators=(",", ":")) == text
    assert len(describe(wire)) == len(wire)
