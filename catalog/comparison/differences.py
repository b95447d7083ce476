"""How two models differ in what both state."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.comparison.difference import FieldDifference
from catalog.comparison.difference_rules import RULES
from catalog.comparison.similarity import nearest
from catalog.records.facts import Facts


@dataclass(frozen=True, slots=True)
class ModelContrast:
    """Another model, and the differences."""

    other: Facts
    differences: list[FieldDifference]


def contrasts(this: Facts, family: Iterable[Facts], limit: int = 3) -> list[ModelContrast]:
    """List the nearest siblings that differ."""
    nearest_first: list[ModelContrast] = []
    for other in nearest(this, family):
        differing = differences(this, other)
        if differing:
            nearest_first.append(ModelContrast(other, differing))
        if len(nearest_first) == limit:
            break
    return nearest_first


def differences(this: Facts, other: Facts) -> list[FieldDifference]:
    """List all differences, most telling first."""
    rows: list[FieldDifference] = []
    for rule in RULES:
        rows.extend(rule(this, other))
    return rows
