"""Exact numbers and streamed JSON."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import orjson

from catalog.pricing.money import plain
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import decimal_places

MILLION_PLACES = 6


def each(price: PriceRecord) -> Decimal:
    """Return the amount for one."""
    return _scaled(price, -decimal_places(price["per"]))


def per_million(price: PriceRecord) -> Decimal:
    """Return the amount for a million."""
    return _scaled(price, MILLION_PLACES - decimal_places(price["per"]))


def per_thousand(price: PriceRecord) -> Decimal:
    """Return the amount for a thousand."""
    return _scaled(price, 3 - decimal_places(price["per"]))


def number(amount: Decimal) -> orjson.Fragment:
    """Return a plain JSON number."""
    # Digits as they are: a float would round them.
    return orjson.Fragment(plain(amount))


def json_object(members: Iterable[tuple[str, Any]]) -> Iterator[bytes]:
    """Yield an object, a line per member."""
    yield b"{"
    before = b"\n"
    for key, value in members:
        yield before + orjson.dumps(key) + b":" + orjson.dumps(value)
        before = b",\n"
    yield b"\n}"


def json_list(items: Iterable[Any]) -> Iterator[bytes]:
    """Yield a list, a line per item."""
    yield b"["
    before = b"\n"
    for item in items:
        yield before + orjson.dumps(item)
        before = b",\n"
    yield b"\n]"


def _scaled(price: PriceRecord, places: int) -> Decimal:
    return Decimal(price["amount"] or 0).scaleb(places)
