"""Turns filters into sets of models."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from catalog.models import FacetSpan, ListKey
from catalog.pricing.money import plain
from catalog.search.facet import UNKNOWN, Kind
from catalog.search.facet_index.counting import Constraint
from catalog.search.facet_index.segments import gather
from catalog.search.facets import ABOVE, AMOUNTS, FACETS

# The largest number in a column of tokens.
LARGEST = 2**31 - 1


def constraint(name: str, chosen: Any, at: datetime) -> Constraint:
    """Return the constraint of a filter."""
    return _KINDS[FACETS[name].kind](name, chosen, at)


def _any(name: str, chosen: tuple[str, ...], _at: datetime) -> Constraint:
    return Constraint(name, chosen)


def _flag(name: str, _chosen: bool, _at: datetime) -> Constraint:  # noqa: FBT001 - all kinds are called alike
    return Constraint(name, tuple(FACETS[name].yes))


def _either(name: str, chosen: bool, _at: datetime) -> Constraint:  # noqa: FBT001
    yes = FACETS[name].yes
    return Constraint(name, accepts=lambda value: (value in yes) is chosen)


def _least(name: str, chosen: int, _at: datetime) -> Constraint:
    def accepts(value: str) -> bool:
        return value != UNKNOWN and int(value) >= chosen

    steps, column = FACETS[name].steps, FACETS[name].column
    if chosen <= 0 or chosen in steps or chosen > LARGEST:
        return Constraint(name, accepts=accepts if chosen <= LARGEST else lambda _value: False)
    rows = ListKey.objects.filter(**{f"{column}__gte": chosen})
    # Whole steps come from bits; only the step that the bound cuts is read by row.
    above = min((step for step in steps if step > chosen), default=LARGEST + 1)
    rows = rows.filter(**{f"{column}__lt": above}) if above <= LARGEST else rows
    return Constraint(name, accepts=accepts, models=gather(rows.values_list("pk", flat=True).iterator()))


def _most(name: str, chosen: Decimal, at: datetime) -> Constraint:
    def accepts(value: str) -> bool:
        return value not in (UNKNOWN, ABOVE) and Decimal(value) <= chosen

    if chosen in AMOUNTS or chosen < 0:
        return Constraint(name, accepts=accepts)
    cut = next((plain(step) for step in AMOUNTS if step > chosen), ABOVE)
    rows = FacetSpan.objects.at(at).filter(
        facet=FACETS[name].stored, amount__isnull=False, amount__lte=float(chosen), value=cut
    )
    models = gather(rows.values_list("variant_id", flat=True).iterator())
    return Constraint(name, accepts=accepts, models=models)


def _after(name: str, chosen: date, _at: datetime) -> Constraint:
    month = f"{chosen.isoformat()[:7]}"

    def accepts(value: str) -> bool:
        return value != UNKNOWN and value > month

    column = FACETS[name].column
    rows = ListKey.objects.filter(**{f"{column}__gt": chosen, f"{column}__lte": _last_day(chosen)})
    # A year ends with its month: nothing of that month is left.
    pks = () if (chosen.month, chosen.day) == (12, 31) else rows.values_list("pk", flat=True).iterator()
    return Constraint(name, accepts=accepts, models=gather(pks))


def _last_day(day: date) -> date:
    for last in (31, 30, 29):
        try:
            return day.replace(day=last)
        except ValueError:
            continue
    return day.replace(day=28)


_KINDS: dict[Kind, Callable[[str, Any, datetime], Constraint]] = {
    Kind.ANY: _any,
    Kind.FLAG: _flag,
    Kind.EITHER: _either,
    Kind.LEAST: _least,
    Kind.MOST: _most,
    Kind.AFTER: _after,
}
