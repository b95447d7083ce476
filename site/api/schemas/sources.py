"""Shapes of other catalogs' statements."""

from datetime import date, datetime
from typing import Any

from ninja import Schema


class Saying(Schema):
    """What one catalog says of a field. `agrees` is null where nothing is shown to agree with.

    `apart_percent` is how far a number lies from the one that is shown, in per cent of it.
    """

    source: str
    listed_as: str
    value: Any
    as_of: date
    agrees: bool | None
    apart_percent: str | None


class SourceField(Schema):
    """One field: what is shown, where it is from and why, and what each other catalog says."""

    field: str
    shown: Any
    source: str | None
    source_url: str | None
    checked_on: date | None
    why: str
    disagrees: bool
    says: list[Saying]


class SourceFields(Schema):
    """Every field that this catalog or another one states of a model."""

    model_id: str
    items: list[SourceField]
    count: int
    disagreements: int
    at: datetime
    revision: int
