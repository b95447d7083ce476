"""Set algebra on one axis: number ranges and listed values."""

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class NumberRange:
    """From `low` to `high`, inclusive; None is unbounded."""

    low: Decimal
    high: Decimal | None


Values = frozenset[Hashable]
Accepted = NumberRange | Values
"""What a condition accepts on its axis."""

NOTHING: Values = frozenset()


def has(accepted: Accepted, value: Hashable) -> bool:
    """Whether a value is in the set."""
    if isinstance(accepted, NumberRange):
        # Texts and booleans are on the same axis as numbers.
        return isinstance(value, Decimal) and accepted.low <= value and _reaches(accepted.high, value)
    return value in accepted


def intersect(one: Accepted, other: Accepted) -> Accepted:
    """Return the intersection."""
    if isinstance(one, NumberRange) and isinstance(other, NumberRange):
        ends = [end for end in (one.high, other.high) if end is not None]
        low, high = max(one.low, other.low), min(ends, default=None)
        return NOTHING if high is not None and high < low else NumberRange(low, high)
    if isinstance(one, NumberRange) or isinstance(other, NumberRange):
        return NOTHING
    return one & other


def contains(outer: Accepted, inner: Accepted) -> bool:
    """Whether `inner` is a subset."""
    return intersect(outer, inner) == inner


def _reaches(high: Decimal | None, value: Decimal) -> bool:
    return high is None or value <= high
