"""What a search finds: hits, their groups, and how many there may be."""

from dataclasses import dataclass
from typing import NamedTuple

from catalog.search.ranking import Score


class Caps(NamedTuple):
    """How many candidates are ranked, the first by position, so that cost stays flat."""

    keys: int
    groups: int
    models: int

    def reached(self, kind: str, count: int) -> bool:
        """Whether there may be more of a kind than were counted."""
        return count >= (self.models if kind == "model" else self.groups)


WIDE = Caps(keys=20, groups=20, models=60)
NARROW = Caps(keys=10, groups=10, models=20)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found. `pk` is the key of its row; a page of text has none."""

    kind: str
    label: str
    title: str
    path: str
    detail: str
    pk: int
    score: Score


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The best hits of one kind; `count` is how many there are, and `is_capped` that there may be more."""

    kind: str
    hits: list[Hit]
    count: int
    is_capped: bool


@dataclass(frozen=True, slots=True)
class SearchHits:
    """What a query finds, the group with the best hit first.

    `corrected` is the query that was used where nothing matches the typed one; `words` is what to highlight.
    """

    words: tuple[str, ...]
    corrected: str
    groups: list[HitGroup]

    @property
    def count(self) -> int:
        """Count all hits."""
        return sum(group.count for group in self.groups)

    @property
    def is_capped(self) -> bool:
        """Whether there may be more than were counted."""
        return any(group.is_capped for group in self.groups)
