"""One difference between two models."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One difference between `this` model and another, with both values as people read them."""

    key: str
    label: str
    this: str
    other: str
    text: str
