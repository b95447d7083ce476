"""The shape of a comparison, and the one rule of which values differ and which is best."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from catalog.records.facts import Facts
from catalog.text.language import mark, say

Better = Literal["lower", "higher", "later"]

FIRST: dict[Better, Callable[[Sequence[Any]], Any]] = {"lower": min, "higher": max, "later": max}
NOT_STATED = mark("Not stated")
NOT_PUBLISHED = mark("Not published")
NOT_LISTED = mark("Not listed")


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """What one model says in a row: `value` is plain JSON, null where unknown.

    `same` is what two values are compared by, null where there is nothing to compare. `rank` orders them,
    null where this value cannot be first or last. Neither is shown.
    """

    value: Any
    text: str
    note: str = ""
    same: Any = None
    rank: Any = None
    is_best: bool = False

    @property
    def is_known(self) -> bool:
        """Whether a value is stated."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One row of the comparison; `better` is null where no value is better than another.

    `unit` and `condition` belong to what is compared: amounts share a row only where both are equal.
    """

    group: str
    key: str
    label: str
    cells: tuple[ComparedCell, ...]
    better: Better | None = None
    unit: str = ""
    condition: str = ""
    is_code: bool = False

    @property
    def differs(self) -> bool:
        """Whether two models state different values."""
        stated = [cell.same for cell in self.cells if cell.same is not None]
        return any(one != stated[0] for one in stated[1:])

    @property
    def is_stated(self) -> bool:
        """Whether any model states a value."""
        return any(cell.is_known for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ComparedGroup:
    """Rows under one heading."""

    key: str
    label: str
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    """Models side by side; `unstated` names the rows without any value."""

    members: tuple[Facts, ...]
    groups: tuple[ComparedGroup, ...]
    unstated: tuple[str, ...]

    @property
    def rows(self) -> list[ComparedRow]:
        """Return the rows of all groups, in order."""
        return [row for group in self.groups for row in group.rows]


def unknown(text: str = "", note: str = "") -> ComparedCell:
    """Return the cell of a model that states nothing: it neither wins nor loses."""
    return ComparedCell(None, text or say(NOT_STATED), note)


def best_of(cells: Sequence[ComparedCell], members: Sequence[Facts], better: Better | None) -> int | None:
    """Return the index of the best cell, if there is exactly one.

    At least two models must state a value. A tie has no winner. A retired model never wins; where it holds
    the best value, nobody does.
    """
    ranks = [cell.rank for cell in cells if cell.rank is not None]
    if better is None or len(ranks) < 2:
        return None
    first = FIRST[better](ranks)
    holders = [place for place, cell in enumerate(cells) if cell.rank is not None and cell.rank == first]
    if len(holders) != 1 or members[holders[0]].is_retired:
        return None
    return holders[0]
