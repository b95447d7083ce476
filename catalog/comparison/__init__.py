"""Models side by side: rows in groups, a cell per model, and the best where "better" is defined.

Better is a lower price or cost of the same usage, a larger limit, a longer duration, a later knowledge
cutoff. Unknown neither wins nor loses, and a tie has no winner.
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

# What an address compares; compare() takes any number.
LEAST, MOST = 2, 6

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
"""Group -> heading, in reading order."""


def compare(members: Sequence[Facts], usage: Mapping[str, str] | None = None) -> ComparisonTable:
    """Compare models, with the cost of `usage` if given; UsageError if it cannot be read."""
    rows = [_judged(row, members) for row in _rows(members, usage or {})]
    groups = [
        ComparedGroup(key, say(label), tuple(row for row in rows if row.group == key and row.is_stated))
        for key, label in GROUPS.items()
    ]
    return ComparisonTable(
        members=tuple(members),
        groups=tuple(group for group in groups if group.rows),
        # A cost is computed: no model failed to state it.
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
