"""One difference between two models."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A difference between `this` and another, for people."""

    key: str
    label: str
    this: str
    other: str
    text: str
