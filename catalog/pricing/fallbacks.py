"""Fallback prices that price nothing: each value of a parameter has a price of its own."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from math import prod
from typing import Any

from catalog.pricing.conditions import overlap, parse
from catalog.pricing.price import PriceValue
from catalog.pricing.units import METERS

# A grid of more is not tried out: its fallback stays.
MOST_REQUESTS = 512
CENT = Decimal("0.01")

Values = Mapping[str, Sequence[Any]]
"""Parameter -> all values that a request may give it."""


def is_covered(price: PriceValue, others: Iterable[PriceValue], values: Values) -> bool:
    """Whether no request reaches a price, or it is one of its own tiers, shown rounded to cents."""
    tiers = [
        other
        for other in others
        if (other.kind, other.meter) == (price.kind, price.meter)
        and price.conditions.wire.items() < other.conditions.wire.items()
    ]
    return bool(tiers) and (_is_rounded(price, tiers) or _has_tier_for_all(price, tiers, values))


def _is_rounded(price: PriceValue, tiers: Iterable[PriceValue]) -> bool:
    # Tokens cost far less than a cent each, and their fallback is the standard price.
    return METERS[price.meter].group != "tokens" and any(
        tier.amount is not None
        and tier.amount != price.amount == tier.amount.quantize(CENT, rounding=ROUND_HALF_UP)
        for tier in tiers
    )


def _has_tier_for_all(price: PriceValue, tiers: Sequence[PriceValue], values: Values) -> bool:
    known = [tier for tier in tiers if _further(tier, price) <= values.keys()]
    names = sorted({name for tier in known for name in _further(tier, price)})
    if not names or prod(len(values[name]) for name in names) > MOST_REQUESTS:
        return False
    return all(
        any(_is_met(tier, price, dict(zip(names, chosen, strict=True))) for tier in known)
        for chosen in product(*(values[name] for name in names))
    )


def _further(tier: PriceValue, price: PriceValue) -> set[str]:
    return {*tier.conditions.names} - {*price.conditions.names}


def _is_met(tier: PriceValue, price: PriceValue, request: Mapping[str, Any]) -> bool:
    try:
        return all(
            overlap(parse({name: tier.conditions.wire[name]}), parse({name: request[name]}))
            for name in _further(tier, price)
        )
    except ValueError:
        # What no condition can name has no price of its own.
        return False
