"""Price rows, usages and the rules of choice stated a second time, for the tests of pricing."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from catalog.pricing.conditions import parse
from catalog.pricing.price import PriceValue
from catalog.pricing.quote import PriceRow, Usage
from catalog.pricing.units import METERS

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
START = datetime(2026, 7, 2, tzinfo=UTC)
CASES = int(os.environ.get("PROPERTY_CASES", "100"))
"""How many cases a property is tried on: PROPERTY_CASES=100000 is the long run."""

many = settings(max_examples=CASES, deadline=None, database=None, print_blob=False)


def price(
    meter: str = "input_tokens",
    amount: str | None = "1.5",
    conditions: dict[str, Any] | None = None,
    **fields: Any,
) -> PriceRow:
    """Build a sell price that is in force at AT."""
    row = {name: fields.pop(name) for name in ("id", "effective_from", "effective_until") if name in fields}
    value = PriceValue(
        meter=meter,
        amount=None if amount is None else Decimal(amount),
        conditions=parse(conditions or {}),
        **{"kind": "sell", "per": METERS[meter].per, **fields},
    )
    return PriceRow(**{"id": 1, "value": value, "effective_from": START, **row})


quantities = st.one_of(
    st.integers(0, 10**15 - 1),
    st.integers(0, 10**24 - 1).map(lambda nanos: Decimal(nanos).scaleb(-9)),
    st.integers(0, 5_000_000),
)
exact_amounts = st.integers(0, 10**15 - 1).map(lambda nanos: Decimal((0, tuple(map(int, str(nanos))), -9)))
pers = st.integers(0, 9).map(lambda places: 10**places)


wires = st.fixed_dictionaries(
    {},
    optional={
        "prompt_tokens_over": st.sampled_from([0, 100, 200_000]),
        "service_tier": st.sampled_from(["batch", "flex"]),
        "output_resolution": st.sampled_from(["1k", "4k"]),
        "duration_seconds": st.sampled_from([[1, 10], [11, 20], 5]),
    },
)
days = st.integers(0, 6).map(lambda day: START + timedelta(days=day))
STATES = ["known", "known", "known", "free", "dynamic", "on_request"]
SOME_METERS = ("input_tokens", "cache_read_tokens", "output_tokens", "requests")


@st.composite
def price_rows(draw: st.DrawFn) -> list[PriceRow]:
    """Draw up to six rows of a few meters, kinds, states and days."""
    rows = []
    for number in range(draw(st.integers(0, 6))):
        state = draw(st.sampled_from(STATES))
        start, length = draw(days), draw(st.one_of(st.none(), st.integers(1, 4)))
        rows.append(
            price(
                draw(st.sampled_from(SOME_METERS)),
                {"known": str(draw(exact_amounts)), "free": "0"}.get(state),
                draw(wires),
                id=number,
                state=state,
                per=draw(pers),
                kind=draw(st.sampled_from(["sell", "sell", "list"])),
                effective_from=start,
                effective_until=None if length is None else start + timedelta(days=length),
            )
        )
    return rows


usages = st.builds(
    Usage,
    st.dictionaries(
        st.sampled_from(SOME_METERS),
        st.one_of(quantities, st.sampled_from([99, 100, 101, 200_001])),
        min_size=1,
    ),
    at=days,
    parameters=st.fixed_dictionaries(
        {},
        optional={
            "output_resolution": st.sampled_from(["1k", "4k"]),
            "duration_seconds": st.sampled_from([1, 5, 10, 11, "5"]),
        },
    ),
    service_tier=st.sampled_from([None, "batch", "flex"]),
)


def plainly_found(rows: Sequence[PriceRow], name: str, asked: Usage) -> list[int]:
    """Choose the rows of a meter without the code under test: filter, then count, then compare limits."""
    size = sum(Fraction(asked.quantities.get(part, 0)) for part in ("input_tokens", "cache_read_tokens"))

    def met(key: str, value: Any) -> bool:
        got = asked.parameters.get(key)
        if key == "prompt_tokens_over":
            return size > value
        if key == "service_tier":
            return asked.service_tier == value
        if isinstance(value, list):
            return isinstance(got, int) and value[0] <= got <= value[1]
        return type(got) is type(value) and got == value

    held = [
        row
        for row in rows
        if (row.value.kind, row.value.meter) == ("sell", name)
        and row.effective_from <= asked.at
        and not (row.effective_until and row.effective_until <= asked.at)
        and all(met(key, value) for key, value in row.value.conditions.wire.items())
    ]
    most = max((len(row.value.conditions.wire) for row in held), default=0)
    best = [row for row in held if len(row.value.conditions.wire) == most]

    def rest(row: PriceRow) -> dict[str, Any]:
        return {key: value for key, value in row.value.conditions.wire.items() if key != "prompt_tokens_over"}

    def limit(row: PriceRow) -> int:
        return int(row.value.conditions.wire.get("prompt_tokens_over", -1))

    return [row.id for row in best if not any(rest(row) == rest(o) and limit(o) > limit(row) for o in best)]
