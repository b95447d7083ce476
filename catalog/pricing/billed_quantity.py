"""What calls are billed for: each at least a minimum, in whole steps."""

from decimal import Decimal

from catalog.pricing.money import MAX_DECIMALS, plain
from catalog.pricing.price import PriceValue
from catalog.text.refusal import shown

MOST_CALLS = 1_000_000_000


class UnevenCallsError(ValueError):
    """A quantity that calls cannot share evenly."""


def read_calls(calls: int) -> int:
    """Return a number of calls; ValueError unless it is whole and within bounds."""
    if isinstance(calls, bool) or not isinstance(calls, int) or not 1 <= calls <= MOST_CALLS:
        raise ValueError(f"{shown(calls)} is no number of calls: use a whole number from 1 to {MOST_CALLS}")
    return calls


def billed_quantity(price: PriceValue, quantity: Decimal, calls: int) -> Decimal:
    """Return what all calls are billed for together; each has an equal share of the quantity.

    5 seconds in one call, billed by the second for at least 10, are 10.
    """
    if not quantity or (price.minimum is None and price.step is None):
        return quantity
    # In billionths, as integers: exact, and rounded up without a context.
    share, rest = divmod(_billionths(quantity), calls)
    if rest:
        raise UnevenCallsError(
            f"{price.meter}: {plain(quantity)} cannot be shared evenly by {calls} calls, and each is billed "
            "for a minimum or in steps: give a multiple of the calls"
        )
    if price.step is not None:
        step = _billionths(price.step)
        share = -(-share // step) * step
    if price.minimum is not None:
        share = max(share, _billionths(price.minimum))
    return _decimal(share * calls)


def per_call(quantity: Decimal, calls: int) -> Decimal:
    """Return the share of one call, rounded up to a billionth."""
    return quantity if calls == 1 else _decimal(-(-_billionths(quantity) // calls))


def _billionths(quantity: Decimal) -> int:
    whole, _, decimals = plain(quantity).partition(".")
    return int(whole + decimals.ljust(MAX_DECIMALS, "0"))


def _decimal(billionths: int) -> Decimal:
    digits = str(billionths).rjust(MAX_DECIMALS + 1, "0")
    return Decimal(plain(Decimal(f"{digits[:-MAX_DECIMALS]}.{digits[-MAX_DECIMALS:]}")))
