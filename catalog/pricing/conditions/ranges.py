"""Sets of values on one axis, as a range of numbers or a list, with the set algebra conditions need."""

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Every number from `low` to `high`, both included; None as `high` means without end."""

    low: Decimal
    high: Decimal | None


Values = frozenset[Hashable]
Accepted = NumberRange | Values
"""What a condition lets through on its axis: numbers as a span, anything else by listing it."""

NOTHING: Values = frozenset()


def has(accepted: Accepted, value: Hashable) -> bool:
    """Whether a value is in the set; only a Decimal is ever in a span."""
    if isinstance(accepted, NumberRange):
        return isinstance(value, Decimal) and accepted.low <= value and _reaches(accepted.high, value)
    return value in accepted


def intersect(one: Accepted, other: Accepted) -> Accepted:
    """Return the intersection; numbers and listed values have nothing in common."""
    if isinstance(one, NumberRange) and isinstance(other, NumberRange):
        ends = [end for end in (one.high, other.high) if end is not None]
        low, high = max(one.low, other.low), min(ends, default=None)
        return NOTHING if high is not None and high < low else NumberRange(low, high)
    if isinstance(one, NumberRange) or isinstance(other, NumberRange):
        return NOTHING
    return one & other


def contains(outer: Accepted, inner: Accepted) -> bool:
    """Whether everything in `inner` is in `outer`."""
    return intersect(outer, inner) == inner


def _reaches(high: Decimal | None, value: Decimal) -> bool:
    return high is None or value <= high
