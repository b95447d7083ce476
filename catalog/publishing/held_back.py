"""Holds back prices whose inferred unit is too good to be true, and closes fallbacks that price nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from catalog.models import Parameter, Price
from catalog.pricing.conditions import Conditions
from catalog.pricing.conditions.ranges import NumberRange
from catalog.pricing.doubtful_units import is_too_low
from catalog.publishing.covered_spans import covered_spans

SECONDS = "duration_seconds"
COLUMNS = ("is_held_back", "covered_from", "covered_until")


def hold_back(
    prices: Mapping[int, Sequence[Price]], parameters: Mapping[int, Sequence[Parameter]], at: datetime
) -> None:
    """Set what is held back or covered of all prices of some models, and store what differs."""
    changed = []
    for pk, rows in prices.items():
        stated = parameters.get(pk, ())
        covered = covered_spans(rows, stated, at)
        for row in rows:
            judged = (_is_held_back(row, rows, stated, at), *covered.get(row.pk, (None, None)))
            if judged != tuple(getattr(row, name) for name in COLUMNS):
                row.is_held_back, row.covered_from, row.covered_until = judged
                changed.append(row)
    if changed:
        Price.objects.bulk_update(changed, COLUMNS, batch_size=500)


def _is_held_back(row: Price, rows: Sequence[Price], parameters: Sequence[Parameter], at: datetime) -> bool:
    # Nearly no model has such a price: the list prices of all others are not parsed.
    if not row.is_doubtful:
        return False
    # What has ended says nothing of the unit today, nor does what is only announced.
    when = max(at, row.effective_from)
    listed = [
        other.value
        for other in rows
        if other.kind == "list"
        and other.effective_from <= when
        and (other.effective_until is None or when < other.effective_until)
    ]
    if not listed:
        return False
    value = row.value
    return is_too_low(value, listed, _seconds(value.conditions, parameters))


def _seconds(conditions: Conditions, parameters: Iterable[Parameter]) -> Decimal:
    """Return the seconds of a usual call that a price is for: the default, else the fewest."""
    for item in conditions.items:
        if item.key == SECONDS and isinstance(item.accepted, NumberRange):
            return item.accepted.low
    action = conditions.wire.get("action")
    usual: list[Decimal] = []
    fewest: list[Decimal] = []
    for row in parameters:
        if row.name == SECONDS and action in (None, row.action):
            usual += _numbers([row.default])
            fewest += _numbers([*(row.enum or ()), row.minimum])
    return min(usual or fewest, default=Decimal(1))


def _numbers(values: Iterable[Any]) -> list[Decimal]:
    # Through text: Decimal(0.1) is not a tenth.
    return [
        Decimal(str(value))
        for value in values
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    ]
