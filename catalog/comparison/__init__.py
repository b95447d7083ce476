"""Models side by side: groups of rows, a cell for each model, and the best one where "better" is defined.

Better is a lower price, a lower cost of the same usage, a larger limit, a longer duration, a later knowledge
cutoff. Nothing else has an order. Unknown neither wins nor loses, and a tie has no winner.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from catalog.comparison import cost, prices, specs
from catalog.comparison.cost import UsageError, first_use
from catalog.comparison.plot import Plot, Plotted, plots
from catalog.comparison.table import ComparedCell, ComparedGroup, ComparedRow, ComparisonTable, best_of
from catalog.records.facts import Facts
from catalog.text.language import mark, say

__all__ = [
    "LEAST",
    "MOST",
    "ComparedCell",
    "ComparedGroup",
    "ComparedRow",
    "ComparisonTable",
    "Plot",
    "Plotted",
    "UsageError",
    "compare",
    "first_use",
    "plots",
]

LEAST, MOST = 2, 6
"""So many models an address compares; `compare` itself takes any number of them."""

GROUPS: Mapping[str, str] = {
    "cost": mark("Cost of a use"),
    "price": mark("Price"),
    "list_price": mark("List price"),
    "limits": mark("Limits"),
    "modalities": mark("Modalities"),
    "capabilities": mark("Capabilities"),
    "parameters": mark("Parameters"),
    "lifecycle": mark("Lifecycle"),
    "endpoints": mark("Endpoints"),
}
"""Group -> heading, in the order people read them."""


def compare(members: Sequence[Facts], usage: Mapping[str, str] | None = None) -> ComparisonTable:
    """Compare models; `usage`, as `catalog.records.read_usage` reads it, adds its cost with each.

    UsageError where a quantity cannot be read. A row without any stated value is left out and named in
    `unstated`.
    """
    rows = [_judged(row, members) for row in _rows(members, usage or {})]
    groups = [
        ComparedGroup(key, say(label), tuple(row for row in rows if row.group == key and row.is_stated))
        for key, label in GROUPS.items()
    ]
    return ComparisonTable(
        members=tuple(members),
        groups=tuple(group for group in groups if group.rows),
        unstated=tuple(row.label for row in rows if not row.is_stated and row.group != "cost"),
    )


def _rows(members: Sequence[Facts], usage: Mapping[str, str]) -> Iterable[ComparedRow]:
    if usage:
        yield from cost.rows(members, usage)
    yield from prices.rows(members)
    yield from specs.rows(members)


def _judged(row: ComparedRow, members: Sequence[Facts]) -> ComparedRow:
    best = best_of(row.cells, members, row.better)
    if best is None:
        return row
    cells = tuple(replace(cell, is_best=place == best) for place, cell in enumerate(row.cells))
    return replace(row, cells=cells)
