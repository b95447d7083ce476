"""The neutral shape of a catalog outside the database: what a file states, in the words of our own rows.

`fields` holds values of the row's columns by their name; a column that is absent is not stated, and a loader
leaves it alone. `place` says where in its file a thing stands, for messages.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from catalog.pricing.price import PriceValue

GROUPS = ("aliases", "endpoints", "parameters", "rules", "use_cases", "faqs", "sources")
"""The lists of a model that are stated as a whole: a list in a file takes the place of the one on record."""


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A position: `anthropic.toml:12`, or `map.json` alone where the line is unknown (0)."""

    file: str
    line: int = 1
    path: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class ProviderEntry:
    """One provider as a file states it."""

    slug: str
    fields: dict[str, Any]
    place: FilePlace


@dataclass(frozen=True, slots=True)
class FamilyEntry:
    """One family as a file states it."""

    slug: str
    provider: str
    fields: dict[str, Any]
    place: FilePlace


@dataclass(frozen=True, slots=True)
class PriceEntry:
    """One price row as a file states it."""

    value: PriceValue
    effective_from: datetime
    place: FilePlace
    effective_until: datetime | None = None
    source_url: str = ""
    source_label: str = ""
    checked_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model as a file states it; `groups` holds the lists of `GROUPS` that the file states."""

    model_id: str
    family: str
    fields: dict[str, Any]
    place: FilePlace
    replacement: str | None = None
    groups: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    prices: list[PriceEntry] = field(default_factory=list)
    abilities: dict[str, bool] = field(default_factory=dict)
    """Capabilities said one by one, yes or no, where a file does not state the whole list."""
    listed_as: tuple[str, ...] = ()
    """The exact names under which another catalog lists it."""


@dataclass(frozen=True, slots=True)
class Citation:
    """How rows cite another catalog: its name, address, and the day it was read."""

    label: str
    url: str
    day: date

    def row(self, fields: Iterable[str]) -> dict[str, Any]:
        """Return the source row of some fields."""
        return {"fields": sorted(fields), "url": self.url, "label": self.label, "checked_on": self.day}


@dataclass(slots=True)
class CatalogDocument:
    """Everything that one or more files state; `cited` where another catalog states it.

    Another catalog states its models one value at a time: it sets no whole list, and renames no provider.
    """

    providers: list[ProviderEntry] = field(default_factory=list)
    families: list[FamilyEntry] = field(default_factory=list)
    models: list[ModelEntry] = field(default_factory=list)
    cited: Citation | None = None

    @classmethod
    def joined(cls, parts: Iterable["CatalogDocument"]) -> "CatalogDocument":
        """Join the documents of several files; the plan finds duplicates."""
        whole = cls()
        for part in parts:
            whole.providers += part.providers
            whole.families += part.families
            whole.models += part.models
        return whole
