"""Counts selected models and their facet values."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from catalog.models import FacetTally
from catalog.search.facet import UNKNOWN
from catalog.search.facet_index.current_bits import read_bits, read_clock, read_segments, turned_tally
from catalog.search.facet_index.segments import Bits, Turned, size, turned
from catalog.search.facets import FACETS, RETIRED

# The commonest values of a wide facet that are read where nothing is selected.
WIDEST = 200
TRIES = 3


@dataclass(frozen=True, slots=True)
class Constraint:
    """Models with any of the values, or named in `models`."""

    name: str
    values: tuple[str, ...] = ()
    # For values that are tested, not named: steps of a number, or all but some.
    accepts: Callable[[str], bool] | None = None
    models: Bits = field(default_factory=dict)
    is_shared: bool = False
    """Whether it also narrows the facet's own counts."""
    is_default: bool = False
    """Whether it holds without being selected."""

    @property
    def stored(self) -> str:
        """Return the facet that stores its values."""
        return FACETS[self.name].stored if self.name in FACETS else ""


SERVED = Constraint("retired", accepts=lambda value: value != RETIRED, is_default=True)
"""Holds unless retired models are selected."""


@dataclass(slots=True)
class Counted:
    """Selected models, with counts by facet."""

    count: int = 0
    # None: all but those `left_out`.
    models: Bits | None = None
    left_out: Bits = field(default_factory=dict)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    # How many match if one constraint is dropped.
    without: list[int] = field(default_factory=list)
    # Models without a value to sort by.
    unknown: Bits = field(default_factory=dict)


def count(
    constraints: Sequence[Constraint], at: datetime, names: Iterable[str], unknown_of: str = ""
) -> Counted:
    """Count under constraints; the number of queries is constant."""
    facet_names = list(names)

    def nothing() -> Counted:
        return Counted(without=[0] * len(constraints), facets={name: {} for name in facet_names})

    counted = nothing()
    for _try in range(TRIES):
        clock = read_clock()
        if clock is None:
            break
        changes = turned(clock[0], at)
        counted = nothing()
        # Nothing is selected: stored tallies answer, and few bits are read.
        if all(constraint.is_default for constraint in constraints) and constraints:
            _served(counted, changes)
            counted.unknown = read_bits(unknown_of, UNKNOWN, changes) if unknown_of else {}
        else:
            counted.models = {}
            for segment, bits in read_segments(changes):
                _add(counted, segment, bits, constraints, unknown_of)
        # A write between two of these queries would have bits turned twice: then all is read again.
        if read_clock() == clock:
            break
    return counted


def _served(counted: Counted, changes: Turned) -> None:
    """Read the stored tallies, with what time has changed since."""
    counted.left_out = read_bits("lifecycle", RETIRED, changes)
    wide = [name for name in counted.facets if FACETS[name].wide]
    tallies = FacetTally.objects.values_list("facet", "value", "count")
    narrow = {FACETS[name].stored for name in counted.facets} - set(wide)
    rows = list(tallies.filter(facet__in=["", *narrow]))
    for name in wide:
        rows += tallies.filter(facet=name).order_by("-count", "value")[:WIDEST]
    held: dict[str, dict[str, int]] = {}
    for facet, value, number in rows:
        held.setdefault(facet, {})[value] = number
    for (facet, value), more in turned_tally(changes, counted.left_out).items():
        values = held.setdefault(facet, {})
        if value in values or facet not in wide:
            values[value] = values.get(value, 0) + more
    counted.count = held.get("", {}).get("", 0)
    counted.without = [counted.count + size(counted.left_out)]
    for name in counted.facets:
        values = held.get(FACETS[name].stored, {})
        counted.facets[name] = {value: number for value, number in values.items() if number > 0}


def _add(
    counted: Counted,
    segment: int,
    held: dict[str, dict[str, int]],
    constraints: Sequence[Constraint],
    unknown_of: str,
) -> None:
    """Count one segment."""
    exist = held.get("", {}).get("", 0)
    sets = [_allowed(held, constraint, segment) & exist for constraint in constraints]
    left = _together(exist, sets)
    if left and counted.models is not None:
        counted.models[segment] = left
        counted.count += left.bit_count()
    for index in range(len(sets)):
        counted.without[index] += _together(exist, sets[:index] + sets[index + 1 :]).bit_count()
    if unknown_of and (unknown := held.get(unknown_of, {}).get(UNKNOWN, 0) & left):
        counted.unknown[segment] = unknown
    for name, counts in counted.facets.items():
        # Alternatives are counted as if their facet had no filter: choosing one more adds models.
        own = {at for at, one in enumerate(constraints) if _is_own(one, name)}
        under = _together(exist, [one for at, one in enumerate(sets) if at not in own]) if own else left
        if under:
            for value, bits in held.get(FACETS[name].stored, {}).items():
                if number := (bits & under).bit_count():
                    counts[value] = counts.get(value, 0) + number


def _is_own(constraint: Constraint, name: str) -> bool:
    """Whether a facet is counted without this constraint."""
    if constraint.is_default:
        return name in (constraint.name, constraint.stored)
    return constraint.name == name and not constraint.is_shared


def _allowed(held: dict[str, dict[str, int]], constraint: Constraint, segment: int) -> int:
    values = held.get(constraint.stored, {}) if constraint.stored else {}
    allowed = constraint.models.get(segment, 0)
    accepts = constraint.accepts
    for value in filter(accepts, values) if accepts else constraint.values:
        allowed |= values.get(value, 0)
    return allowed


def _together(exist: int, sets: Iterable[int]) -> int:
    for one in sets:
        exist &= one
    return exist
