"""Counts the models that a selection leaves, and the values of each facet among them, segment by segment."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from catalog.facet_index.segments import Bits, Key, Turned, turned, unpack
from catalog.facets import FACETS, UNKNOWN
from catalog.models import FacetBits, FacetClock, FacetTally

WIDEST = 200
"""Of a wide facet so many values are read where nothing is selected: the commonest."""
TRIES = 3


@dataclass(frozen=True, slots=True)
class Constraint:
    """One thing that is asked for: the models with any of the values, and those that are named beside them.

    Values are named, or accepted one by one where they are steps of a number.
    """

    name: str
    values: tuple[str, ...] = ()
    accepts: Callable[[str], bool] | None = None
    models: Bits = field(default_factory=dict)
    is_shared: bool = False
    """Whether the facet's own counts are under it: where all that is chosen is wanted together."""

    @property
    def stored(self) -> str:
        """Name the facet under which the bits of its values are stored."""
        return FACETS[self.name].stored if self.name in FACETS else ""


@dataclass(slots=True)
class Counted:
    """What is left of all models; `models` is None where nothing was asked: all of them.

    `facets` counts stored values by the name of the facet, `without` the models where one constraint is
    dropped. `unknown` are those of the models of which it is not known what they are ordered by.
    """

    count: int = 0
    models: Bits | None = None
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    without: list[int] = field(default_factory=list)
    unknown: Bits = field(default_factory=dict)


def count(
    constraints: Sequence[Constraint], at: datetime, names: Iterable[str], unknown_of: str = ""
) -> Counted:
    """Count under constraints; as many queries for a large catalog as for a small one."""
    wanted, found = list(names), Counted()
    for _try in range(TRIES):
        clock = _clock()
        if clock is None:
            break
        changes = turned(clock[0], at)
        found = Counted(without=[0] * len(constraints), facets={name: {} for name in wanted})
        if constraints:
            found.models = {}
            for segment, bits in _segments(changes):
                _add(found, segment, bits, constraints, unknown_of)
        else:
            _all(found, changes)
            found.unknown = _bits(unknown_of, changes) if unknown_of else {}
        # A write between two of these queries would have bits turned twice: then all is read again.
        if _clock() == clock:
            break
    return found


def _clock() -> tuple[datetime, int] | None:
    return FacetClock.objects.values_list("as_of", "writes").first()


def _all(found: Counted, changes: Turned) -> None:
    """Read the tallies, and add what time has changed since."""
    wide = [name for name in found.facets if FACETS[name].wide]
    tallies = FacetTally.objects.values_list("facet", "value", "count")
    narrow = {FACETS[name].stored for name in found.facets} - set(wide)
    rows = list(tallies.filter(facet__in=["", *narrow]))
    for name in wide:
        rows += tallies.filter(facet=name).order_by("-count", "value")[:WIDEST]
    held: dict[str, dict[str, int]] = {}
    for facet, value, number in rows:
        held.setdefault(facet, {})[value] = number
    for (facet, value), more in changes.more.items():
        values = held.setdefault(facet, {})
        values[value] = values.get(value, 0) + more
    found.count = held.get("", {}).get("", 0)
    for name in found.facets:
        values = held.get(FACETS[name].stored, {})
        found.facets[name] = {value: number for value, number in values.items() if number > 0}


def _bits(stored: str, changes: Turned) -> Bits:
    """Read of which models a value is not known."""
    rows = FacetBits.objects.filter(facet=stored, value=UNKNOWN).values_list("segment", "bits")
    found = {segment: unpack(bits) for segment, bits in rows}
    for segment, flips in changes.bits.items():
        found[segment] = found.get(segment, 0) ^ flips.get((stored, UNKNOWN), 0)
    return found


def _segments(changes: Turned) -> Iterator[tuple[int, dict[str, dict[str, int]]]]:
    """Read one segment after the other: facet -> value -> bits."""
    rows = FacetBits.objects.order_by("segment").values_list("segment", "facet", "value", "bits")
    for segment, group in groupby(rows.iterator(chunk_size=500), itemgetter(0)):
        held: dict[str, dict[str, int]] = {}
        for _segment, facet, value, bits in group:
            if facet in held:
                held[facet][value] = unpack(bits)
            else:
                held[facet] = {value: unpack(bits)}
        _turn(held, changes.bits.get(segment, {}))
        yield segment, held


def _turn(held: dict[str, dict[str, int]], flips: dict[Key, int]) -> None:
    for (facet, value), mask in flips.items():
        values = held.setdefault(facet, {})
        values[value] = values.get(value, 0) ^ mask


def _add(
    found: Counted,
    segment: int,
    held: dict[str, dict[str, int]],
    constraints: Sequence[Constraint],
    unknown_of: str,
) -> None:
    """Count one segment."""
    exist = held.get("", {}).get("", 0)
    sets = [_allowed(held, constraint, segment) & exist for constraint in constraints]
    left = _together(exist, sets)
    if left and found.models is not None:
        found.models[segment] = left
        found.count += left.bit_count()
    for index in range(len(sets)):
        found.without[index] += _together(exist, sets[:index] + sets[index + 1 :]).bit_count()
    if unknown_of and (unknown := held.get(unknown_of, {}).get(UNKNOWN, 0) & left):
        found.unknown[segment] = unknown
    for name, counts in found.facets.items():
        own = {at for at, one in enumerate(constraints) if one.name == name and not one.is_shared}
        under = _together(exist, [one for at, one in enumerate(sets) if at not in own]) if own else left
        if under:
            for value, bits in held.get(FACETS[name].stored, {}).items():
                if number := (bits & under).bit_count():
                    counts[value] = counts.get(value, 0) + number


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
