"""Prices of files with values drawn anew, for tests of made-up documents."""

import string
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from catalog.pricing.units import METERS
from catalog.vocabulary import PriceKind, PriceState

TEXT = st.text(string.printable[:94] + "éß\N{GRINNING FACE}", min_size=1, max_size=200)
DAY = st.dates() | st.dates(date(2025, 1, 1), date(2027, 1, 1))
INSTANT = st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
AMOUNT = st.decimals(Decimal(0), Decimal("999999.999999999"), places=9, allow_nan=False, allow_infinity=False)
VALUE = {
    "kind": st.sampled_from(PriceKind.values),
    "meter": st.sampled_from(list(METERS)),
    "per": st.sampled_from([1, 1_000, 1_000_000]),
    "state": st.sampled_from(PriceState.values),
    "amount": st.none() | AMOUNT,
    "currency": st.sampled_from(["USD", "EUR"]),
}
PRICE = {
    "effective_from": INSTANT | st.just(datetime(2026, 1, 1, tzinfo=UTC)),
    "effective_until": st.none() | INSTANT,
    "checked_on": st.none() | DAY,
    "note": TEXT,
}


def drawn(draw, entry, choices):
    """Give an entry with one of its values drawn anew."""
    key = draw(st.sampled_from(list(choices)))
    return replace(entry, **{key: draw(choices[key])})


def another_price(draw, entry):
    """Give an entry with one of its values drawn anew, where a price can hold it."""
    if draw(st.booleans()):
        return drawn(draw, entry, PRICE)
    with suppress(ValueError):
        return replace(entry, value=drawn(draw, entry.value, VALUE))
    return entry
