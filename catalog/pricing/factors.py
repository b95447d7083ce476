"""Factors of a model's prices, such as batch at half: rules that make ordinary prices from their base."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal, Inexact
from itertools import combinations
from typing import Any

from catalog.pricing.conditions import parse
from catalog.pricing.money import parse_amount, plain
from catalog.pricing.price import PriceValue
from catalog.pricing.units import METERS

CONDITIONS = ("service_tier", "region")
_EXACT = Context(prec=60, traps=[Inexact])


def check_factor(text: str) -> str:
    """Return a factor as written; ValueError unless it is a decimal above 0."""
    if not parse_amount(text):
        raise ValueError(f"{text} is no factor: use a number above 0, as in 0.5")
    return text


@dataclass(frozen=True, slots=True)
class PriceFactor:
    """What multiplies the prices of one kind where a condition holds; no meters means all of them."""

    kind: str
    condition: str
    value: str
    factor: Decimal
    meters: frozenset[str] = frozenset()

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "PriceFactor":
        """Parse a row of a model's `price_factors`; ValueError says what is wrong."""
        factor = parse_amount(check_factor(row.get("factor") or ""))
        return cls(row["kind"], row["condition"], row["value"], factor, frozenset(row.get("meters") or ()))

    def fits(self, price: PriceValue) -> bool:
        """Whether it multiplies a price: of its kind and meters, and not about its condition yet."""
        return (
            price.kind == self.kind
            and price.meter in (self.meters or METERS)
            and self.condition not in price.conditions.names
        )


@dataclass(frozen=True, slots=True)
class Product:
    """A price that factors make of a base, and their product."""

    value: PriceValue
    factor: Decimal


def read_factors(rows: Iterable[Mapping[str, Any]]) -> list[PriceFactor]:
    """Parse the factors of a model."""
    return [PriceFactor.from_row(row) for row in rows]


def is_made(price: PriceValue, base: PriceValue, factors: Iterable[PriceFactor]) -> bool:
    """Whether factors make the conditions of a price from those of its base, at whatever amount."""
    given, made = base.conditions.wire, price.conditions.wire
    rest = {name: value for name, value in made.items() if name not in given}
    fitting = [(factor.condition, factor.value) for factor in factors if factor.fits(base)]
    return (
        base.key[:2] == price.key[:2]
        and given.items() <= made.items()
        and bool(rest)
        and all(item in fitting for item in rest.items())
    )


def products(
    base: PriceValue, factors: Sequence[PriceFactor], explicit: Collection[str] = ()
) -> Iterator[Product]:
    """Yield what factors make of a price, alone and together; ValueError where an amount is not exact.

    `explicit` holds the canonical conditions of stated prices of the meter: those go before any product.
    """
    if not base.amount:
        return
    fitting = [factor for factor in factors if factor.fits(base)]
    for size in range(1, len(fitting) + 1):
        for chosen in combinations(fitting, size):
            names = {factor.condition for factor in chosen}
            if len(names) == size and not _is_stated(base, chosen, explicit):
                yield _product(base, chosen)


def _is_stated(base: PriceValue, chosen: Sequence[PriceFactor], explicit: Collection[str]) -> bool:
    # A stated price is the base of what further factors make of it.
    return any(
        _conditions(base, part) in explicit
        for size in range(1, len(chosen) + 1)
        for part in combinations(chosen, size)
    )


def _conditions(base: PriceValue, chosen: Iterable[PriceFactor]) -> str:
    return parse({**base.conditions.wire, **{row.condition: row.value for row in chosen}}).canonical


def _product(base: PriceValue, chosen: Sequence[PriceFactor]) -> Product:
    factor = Decimal(1)
    for row in chosen:
        factor = _EXACT.multiply(factor, row.factor)
    conditions = parse({**base.conditions.wire, **{row.condition: row.value for row in chosen}})
    amount = _EXACT.multiply(base.amount or Decimal(0), factor)
    try:
        amount = parse_amount(amount)
    except ValueError as error:
        made = f"{base.meter} by {conditions.canonical}, {plain(factor)} times {plain(base.amount or amount)}"
        raise ValueError(f"{made}: {error}") from error
    return Product(replace(base, amount=amount, conditions=conditions), factor)
