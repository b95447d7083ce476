"""A catalog outside the database, in the words of its rows.

`fields` maps columns to values; an absent column is not stated, and left alone. `place` is for messages.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from catalog.pricing.price import PriceValue
from catalog.records.end_of_life import ending

# A list that a file states replaces the stored one as a whole.
GROUPS = ("aliases", "endpoints", "parameters", "rules", "use_cases", "faqs", "sources")


@dataclass(frozen=True, slots=True)
class FilePlace:
    """`anthropic.toml:12`, or `map.json` alone where the line is unknown (0)."""

    file: str
    line: int = 1
    path: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class ProviderEntry:
    """A provider."""

    slug: str
    fields: dict[str, Any]
    place: FilePlace


@dataclass(frozen=True, slots=True)
class FamilyEntry:
    """A family."""

    slug: str
    provider: str
    fields: dict[str, Any]
    place: FilePlace


@dataclass(frozen=True, slots=True)
class PromiseEntry:
    """A promise of the operator; its name is its slug."""

    slug: str
    fields: dict[str, Any]
    place: FilePlace


@dataclass(frozen=True, slots=True)
class PriceEntry:
    """A price."""

    value: PriceValue
    effective_from: datetime
    place: FilePlace
    effective_until: datetime | None = None
    source_url: str = ""
    source_label: str = ""
    checked_on: date | None = None
    note: str = ""
    on_record_since: datetime | None = None
    # What a rule multiplied its base by.
    factor: Decimal | None = None
    # None is not stated.
    unit_is_inferred: bool | None = None
    # What its source also prices, and has no place here.
    omits: str = ""

    @property
    def doubts(self) -> dict[str, Any]:
        """Return what is stored beside the frozen columns."""
        return {
            "on_record_since": self.on_record_since,
            "unit_is_inferred": bool(self.unit_is_inferred),
            "omits": self.omits,
        }


def begins_when_read(start: datetime, checked_on: date | None) -> bool:
    """Whether a price begins on the day it was read: then nothing is known of the days before."""
    return start.astimezone(UTC).date() == checked_on


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model; `groups` has the stated lists of `GROUPS`."""

    model_id: str
    family: str
    fields: dict[str, Any]
    place: FilePlace
    replacement: str | None = None
    groups: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    prices: list[PriceEntry] = field(default_factory=list)
    # One by one, where a file does not state the whole list.
    abilities: dict[str, bool] = field(default_factory=dict)
    # The exact names in another catalog.
    listed_as: tuple[str, ...] = ()
    # Of a list of many makers: the maker, and its own name for the model.
    author: str = ""
    behind_author: str = ""

    @property
    def successors(self) -> tuple[str, ...]:
        """Return the IDs that may be its replacement, the first that the catalog has."""
        if self.replacement:
            return (self.replacement,)
        return ending(self.fields.get("end_of_life") or ()).replacements


@dataclass(frozen=True, slots=True)
class Citation:
    """Another catalog's name and address, and the day it was read."""

    label: str
    url: str
    day: date

    def row(self, fields: Iterable[str]) -> dict[str, Any]:
        """Return the source row of some fields."""
        return {"fields": sorted(fields), "url": self.url, "label": self.label, "checked_on": self.day}


@dataclass(slots=True)
class CatalogDocument:
    """What files state; `cited` if another catalog states it."""

    providers: list[ProviderEntry] = field(default_factory=list)
    families: list[FamilyEntry] = field(default_factory=list)
    models: list[ModelEntry] = field(default_factory=list)
    # Another catalog states value by value: it sets no whole list, and renames no provider.
    cited: Citation | None = None
    promises: list[PromiseEntry] = field(default_factory=list)

    @classmethod
    def joined(cls, parts: Iterable["CatalogDocument"]) -> "CatalogDocument":
        """Join documents, duplicates included."""
        whole = cls()
        for part in parts:
            whole.providers += part.providers
            whole.families += part.families
            whole.models += part.models
            whole.promises += part.promises
        return whole
