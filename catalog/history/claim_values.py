"""Whether values of catalogs agree, and how far apart numbers are."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.records.field_types import NumberType
from catalog.records.fields import in_output
from catalog.text.dates_and_ratios import percent
from catalog.vocabulary import PriceState

CLAIMED = in_output("claims")
NUMBERS = tuple(field.name for field in CLAIMED if isinstance(field.type, NumberType))


@dataclass(frozen=True, slots=True)
class Number:
    """An amount for one unit, or a limit."""

    amount: Decimal
    # Empty for limits, and for 0, which is equal in any currency.
    currency: str = ""


def share_apart(mine: Any, theirs: Any) -> Decimal | None:
    """Return the difference in percent of `mine`, None if not comparable."""
    if not (isinstance(mine, Number) and isinstance(theirs, Number)):
        return None
    if not mine.amount or (theirs.amount and mine.currency != theirs.currency):
        return None
    return abs(percent(mine.amount, theirs.amount))


def comparable(name: str, value: Any) -> Any:
    """Return an amount per unit, a number, a set, or the value."""
    if isinstance(value, dict):
        if value["state"] == PriceState.FREE:
            return Number(Decimal(0))
        if value["amount"] is None:
            return value["state"]
        amount = Decimal(value["amount"]) / value["per"]
        return Number(amount, value["currency"] if amount else "")
    if name in NUMBERS and isinstance(value, int):
        return Number(Decimal(value))
    return frozenset(value) if isinstance(value, list) else value


def agree(mine: Any, theirs: Any) -> bool:
    """Whether two values mean the same."""
    if isinstance(mine, str) and isinstance(theirs, str):
        # A month agrees with each of its days.
        short, long = sorted((mine.casefold(), theirs.casefold()), key=len)
        return short == long or (
            len(short) == len("2025-01") and short[:2].isdigit() and long.startswith(short)
        )
    return bool(mine == theirs)
