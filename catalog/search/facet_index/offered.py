"""The values that facets offer, with counts and labels."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from heapq import nsmallest
from typing import Any

from catalog.models import Family, Provider
from catalog.pricing.money import plain
from catalog.search.facet import LIST_KINDS, UNKNOWN, Kind
from catalog.search.facets import ABOVE, FACETS, OFFERED_AMOUNTS, RETIRED, label

YEARS = 6


@dataclass(frozen=True, slots=True)
class ValueCount:
    """One value and its number of models."""

    value: str
    label: str
    count: int


def offered(
    counts: dict[str, dict[str, int]], chosen: dict[str, Any], most: int | None
) -> dict[str, list[ValueCount]]:
    """Return each facet's values, commonest first or bounds in order; of a wide one `most` and the chosen."""
    return {name: _offered(name, numbers, chosen[name], most) for name, numbers in counts.items()}


def _offered(name: str, counts: dict[str, int], chosen: Any, most: int | None) -> list[ValueCount]:
    facet = FACETS[name]
    if facet.kind in LIST_KINDS:
        rows = {**dict.fromkeys(chosen, 0), **counts}
        ordered = _commonest(rows, most) if facet.wide else _commonest(rows)
        # A chosen value must stay visible, to be removed again.
        ordered += [value for value in chosen if value not in ordered]
        names = _names(name, ordered)
        return [ValueCount(value, names.get(value) or label(name, value), rows[value]) for value in ordered]
    steps = _STEPS[facet.kind](name, counts)
    return [ValueCount(value, label(name, value), number) for value, number in steps if number]


def _commonest(rows: dict[str, int], most: int | None = None) -> list[str]:
    ordered = nsmallest(len(rows) if most is None else most, rows.items(), key=lambda row: (-row[1], row[0]))
    return [value for value, _number in ordered]


def _names(name: str, values: Iterable[str]) -> dict[str, str]:
    if name == "provider":
        return dict(Provider.objects.filter(slug__in=list(values)).values_list("slug", "name"))
    if name == "family":
        return dict(Family.objects.filter(slug__in=list(values)).values_list("slug", "name"))
    return {}


def _flags(name: str, counts: dict[str, int]) -> list[tuple[str, int]]:
    if name == "retired":  # it adds to the list: all are left, if any is retired
        return [("true", sum(counts.values()) if counts.get(RETIRED) else 0)]
    return [("true", sum(number for value, number in counts.items() if value in FACETS[name].yes))]


def _neither(name: str, counts: dict[str, int]) -> list[tuple[str, int]]:
    return [("false", sum(number for value, number in counts.items() if value not in FACETS[name].yes))]


def _least(name: str, counts: dict[str, int]) -> list[tuple[str, int]]:
    known = {int(value): number for value, number in counts.items() if value != UNKNOWN}
    steps = FACETS[name].steps
    return [(str(step), sum(known[value] for value in known if value >= step)) for step in steps]


def _most(_name: str, counts: dict[str, int]) -> list[tuple[str, int]]:
    known = {Decimal(value): number for value, number in counts.items() if value not in (UNKNOWN, ABOVE)}
    return [(plain(step), sum(known[value] for value in known if value <= step)) for step in OFFERED_AMOUNTS]


def _after(_name: str, counts: dict[str, int]) -> list[tuple[str, int]]:
    years = sorted({int(value[:4]) for value in counts if value != UNKNOWN}, reverse=True)[:YEARS]
    return [
        (
            f"{year - 1:04}-12-31",
            sum(number for value, number in counts.items() if value != UNKNOWN and int(value[:4]) >= year),
        )
        for year in years
        if year > 1
    ]


_STEPS: dict[Kind, Callable[[str, dict[str, int]], list[tuple[str, int]]]] = {
    Kind.FLAG: _flags,
    Kind.EITHER: _neither,
    Kind.LEAST: _least,
    Kind.MOST: _most,
    Kind.AFTER: _after,
}
