"""What a load will do, line by line."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from catalog.exchange.document import (
    CatalogDocument,
    FamilyEntry,
    FilePlace,
    ModelEntry,
    PriceEntry,
    PromiseEntry,
    ProviderEntry,
)
from catalog.exchange.known_rows import KnownRows
from catalog.exchange.reader_base import Refused
from catalog.models import Price, Variant
from catalog.models.provider import Sourced

Verb = Literal["new", "change", "conflict", "warning", "question", "loss"]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One change, or what is left alone and why."""

    verb: Verb
    subject: str
    said: str
    place: FilePlace


@dataclass(slots=True)
class Plan:
    """What a load will do, in order, and what it leaves alone."""

    document: CatalogDocument
    force: bool
    on_record: KnownRows
    providers: list[ProviderEntry] = field(default_factory=list)
    families: list[FamilyEntry] = field(default_factory=list)
    models: list[ModelEntry] = field(default_factory=list)
    promises: list[PromiseEntry] = field(default_factory=list)
    fields: list[tuple[Sourced, dict[str, Any]]] = field(default_factory=list)
    groups: list[tuple[Variant, str, list[dict[str, Any]]]] = field(default_factory=list)
    replacements: list[tuple[str, str]] = field(default_factory=list)
    prices: list[tuple[Variant, PriceEntry]] = field(default_factory=list)
    successors: list[tuple[Price, PriceEntry]] = field(default_factory=list)
    checked: list[tuple[Price, PriceEntry]] = field(default_factory=list)
    doubted: list[tuple[Price, PriceEntry]] = field(default_factory=list)
    ended: list[tuple[Price, datetime]] = field(default_factory=list)
    # Numbers of prices that a factor has made, and that the document states itself.
    stated: set[int] = field(default_factory=set)
    lines: list[PlanLine] = field(default_factory=list)
    warnings: list[PlanLine] = field(default_factory=list)
    losses: list[PlanLine] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    rows: int = 0

    def add(self, verb: Verb, subject: str, reason: str, place: FilePlace) -> None:
        """Add a line."""
        self.lines.append(PlanLine(verb, subject, reason, place))

    def lose(self, subject: str, reasons: Iterable[str], place: FilePlace) -> None:
        """Note known values that would become unknown."""
        self.losses += [PlanLine("loss", subject, reason, place) for reason in reasons]

    def count(self, verb: Verb) -> int:
        """Count lines of a verb."""
        return sum(line.verb == verb for line in self.lines)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not (self.checked or any(line.verb != "conflict" for line in self.lines))
