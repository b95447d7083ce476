"""Sets of conditions: parsed, evaluated and ranked."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from catalog.pricing.conditions.circumstances import Circumstances
from catalog.pricing.conditions.condition import Condition
from catalog.pricing.conditions.kinds import KINDS, canonical_limits
from catalog.pricing.conditions.parameter import ParameterCondition
from catalog.pricing.conditions.ranges import NOTHING, Accepted, contains, intersect
from catalog.pricing.units import METERS

MOST_CONDITIONS = 16
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]{0,63}")


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions that must all hold; equal however written."""

    items: tuple[Condition, ...] = ()

    @property
    def specificity(self) -> int:
        """Count the conditions: the most win."""
        return len(self.items)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the keys."""
        return tuple(item.key for item in self.items)

    @property
    def canonical(self) -> str:
        """Return compact JSON with sorted keys."""
        # Joined by hand: each value's text has its digits exactly, which json.dumps would not keep.
        return f"{{{','.join(f'{json.dumps(item.key)}:{item.text}' for item in self.items)}}}"

    @property
    def wire(self) -> dict[str, Any]:
        """Return canonical JSON values."""
        return dict(json.loads(self.canonical))

    def holds(self, circumstances: Circumstances) -> bool:
        """Whether all conditions hold."""
        return all(item.holds(circumstances) for item in self.items)

    def describe(self) -> list[str]:
        """Describe each in plain words, in reading order."""
        order = {key: position for position, key in enumerate(KINDS)}
        ordered = sorted(self.items, key=lambda item: (order.get(item.key, len(order)), item.key))
        return [item.describe() for item in ordered]

    def region(self) -> dict[str, Accepted]:
        """Return axis -> accepted values; a missing axis accepts all."""
        axes: dict[str, Accepted] = {}
        for item in self.items:
            axis = item.looks_at()
            axes[axis] = intersect(axes[axis], item.accepted) if axis in axes else item.accepted
        return axes

    def outranks(self, other: "Conditions") -> bool:
        """Whether this set wins wherever both hold.

        `{prompt_tokens_over: 272000}` outranks `{prompt_tokens_over: 200000}`.
        """
        if self.specificity != other.specificity:
            return self.specificity > other.specificity
        differing = [pair for pair in zip(self.items, other.items, strict=True) if pair[0] != pair[1]]
        # With as many conditions each, only a single tighter limit decides.
        if len(differing) != 1:
            return False
        mine, theirs = differing[0]
        return mine.key == theirs.key and mine.is_step and contains(theirs.accepted, mine.accepted)


def parse(conditions: Mapping[str, Any]) -> Conditions:
    """Parse a set; ValueError names the key and what would be right."""
    if not isinstance(conditions, Mapping):
        raise ValueError(f"conditions are a table of keys and values, not {type(conditions).__name__}")  # noqa: TRY004
    if len(conditions) > MOST_CONDITIONS:
        raise ValueError(f"{len(conditions)} conditions on one price: at most {MOST_CONDITIONS}")
    conditions = canonical_limits(conditions)
    condition_set = Conditions(tuple(_read(key, conditions[key]) for key in sorted(conditions, key=str)))
    # Two keys can share an axis: prompt_tokens_over 10 and prompt_tokens_up_to 5 never hold together.
    for axis, accepted in condition_set.region().items():
        if accepted == NOTHING:
            raise ValueError(f"conditions on {axis} can never hold together: {condition_set.canonical}")
    return condition_set


def canonical(conditions: Mapping[str, Any]) -> str:
    """Return the text that databases compare sets by."""
    return parse(conditions).canonical if conditions else "{}"


def describe(conditions: Mapping[str, Any]) -> list[str]:
    """Return plain words, one text per condition."""
    return parse(conditions).describe()


def holds(conditions: Conditions, circumstances: Circumstances) -> bool:
    """Whether all conditions hold."""
    return conditions.holds(circumstances)


def overlap(one: Conditions, other: Conditions) -> bool:
    """Whether some request can meet both sets."""
    # Exact, as axes are independent and each condition accepts a range or list on one axis.
    return _both(one, other) is not None


def ties(one: Conditions, other: Conditions) -> bool:
    """Whether two different sets can hold at once and neither wins.

    `{service_tier: batch}` ties with `{region: eu}`, not with `{service_tier: flex}`.
    """
    # Equal sets are an overlap in time, which the database refuses.
    if one == other or one.outranks(other) or other.outranks(one):
        return False
    return overlap(one, other)


def unsettled_ties(sets: Iterable[Conditions]) -> list[tuple[Conditions, Conditions]]:
    """Return pairs that tie, unless a third set wins wherever both hold.

    `{service_tier: batch, prompt_tokens_over: 200000}` settles the tie of its two parts.
    """
    known = list(sets)
    return [
        (one, other)
        for one, other in combinations(known, 2)
        # One set must settle a tie alone: what only several settle together is reported.
        if ties(one, other) and not any(_settles(third, one, other) for third in known)
    ]


def winners(sets: Iterable[Conditions]) -> list[Conditions]:
    """Return the sets that no other outranks."""
    known = list(sets)
    return [one for one in known if not any(other.outranks(one) for other in known)]


def _settles(third: Conditions, one: Conditions, other: Conditions) -> bool:
    both = _both(one, other)
    if both is None or not (third.outranks(one) or third.outranks(other)):
        return False
    return all(axis in both and contains(outer, both[axis]) for axis, outer in third.region().items())


def _both(one: Conditions, other: Conditions) -> dict[str, Accepted] | None:
    axes = one.region()
    for axis, accepted in other.region().items():
        axes[axis] = intersect(axes[axis], accepted) if axis in axes else accepted
        if axes[axis] == NOTHING:
            return None
    return axes


def _read(key: object, value: object) -> Condition:
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise ValueError(f"condition {key!r}: a key is a name such as service_tier or output_resolution")
    if key in METERS:
        raise ValueError(
            f"condition {key}: that is a meter; a limit on the prompt's size is prompt_tokens_over"
        )
    return KINDS.get(key, ParameterCondition).read(key, value)
