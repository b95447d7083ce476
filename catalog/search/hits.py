"""What a search finds."""

from dataclasses import dataclass
from typing import NamedTuple

from catalog.search.ranking import Score


class Caps(NamedTuple):
    """How many candidates are ranked."""

    keys: int
    groups: int
    models: int

    def reached(self, kind: str, count: int) -> bool:
        """Whether more of a kind may match than were counted."""
        return count >= (self.models if kind == "model" else self.groups)


WIDE = Caps(keys=20, groups=20, models=60)
NARROW = Caps(keys=10, groups=10, models=20)


@dataclass(frozen=True, slots=True)
class Hit:
    """One hit; `pk` is the key of its row, 0 for a page of docs."""

    kind: str
    label: str
    title: str
    path: str
    detail: str
    pk: int
    score: Score


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The best hits of one kind, and how many there are."""

    kind: str
    hits: list[Hit]
    count: int
    is_capped: bool


@dataclass(frozen=True, slots=True)
class SearchHits:
    """All hits, the group with the best one first."""

    # To highlight.
    words: tuple[str, ...]
    # The query that was used, if nothing matches the typed one.
    corrected: str
    groups: list[HitGroup]

    @property
    def count(self) -> int:
        """Count all hits."""
        return sum(group.count for group in self.groups)

    @property
    def is_capped(self) -> bool:
        """Whether more may match than were counted."""
        return any(group.is_capped for group in self.groups)
