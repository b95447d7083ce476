"""The shape of a comparison, which values differ, and which is best."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from catalog.records.facts import Facts
from catalog.text.language import mark, say

Better = Literal["lower", "higher", "later"]

FIRST: dict[Better, Callable[[Sequence[Any]], Any]] = {"lower": min, "higher": max, "later": max}
NOT_STATED = mark("Not stated")
NOT_PUBLISHED = mark("Not on record")
NOT_LISTED = mark("Not listed")
DOES_NOT_APPLY = mark("Does not apply")
DISPUTED = mark("Sources disagree")


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """One model's value, null if unknown; `same` and `rank` are not shown."""

    value: Any
    text: str
    note: str = ""
    # What two values are compared by; None where there is nothing to compare.
    same: Any = None
    # What orders them; None where this value cannot be first or last.
    rank: Any = None
    is_best: bool = False

    @property
    def is_known(self) -> bool:
        """Whether a value is stated."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One row; amounts share it only with equal `unit` and `condition`."""

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
        """Whether two stated values differ."""
        stated = [cell.same for cell in self.cells if cell.same is not None]
        return any(one != stated[0] for one in stated[1:])

    @property
    def is_stated(self) -> bool:
        """Whether any value is stated."""
        return any(cell.is_known for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ComparedGroup:
    """Rows under a heading."""

    key: str
    label: str
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    """Models side by side; `unstated` names empty rows."""

    members: tuple[Facts, ...]
    groups: tuple[ComparedGroup, ...]
    unstated: tuple[str, ...]

    @property
    def rows(self) -> list[ComparedRow]:
        """Return all rows."""
        return [row for group in self.groups for row in group.rows]


def unknown(text: str = "", note: str = "") -> ComparedCell:
    """Return an empty cell, which neither wins nor loses."""
    return ComparedCell(None, text or say(NOT_STATED), note)


def best_of(cells: Sequence[ComparedCell], members: Sequence[Facts], better: Better | None) -> int | None:
    """Return the index of the single best cell, if at least two models state a value."""
    ranks = [cell.rank for cell in cells if cell.rank is not None]
    if better is None or len(ranks) < 2:
        return None
    first = FIRST[better](ranks)
    holders = [place for place, cell in enumerate(cells) if cell.rank is not None and cell.rank == first]
    # A retired model never wins; where it is best, nobody does.
    if len(holders) != 1 or members[holders[0]].is_retired:
        return None
    return holders[0]
