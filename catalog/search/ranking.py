"""Ranks candidates: exact ID first, then names, then text."""

from collections.abc import Sequence
from typing import NamedTuple

EXACT_ID, SAME_ID, SAME_NAME, BEGINNING, PHRASE, WHOLE_WORDS, WORDS, TEXT = range(8)
ID, ALIAS, NAME = "i", "a", "n"
"""First letter of a line of names: its kind."""

KINDS = ("model", "family", "provider", "docs")


# Tuples rather than dataclasses here: hundreds are made and compared per query.
class Candidate(NamedTuple):
    """One entry from the index."""

    position: int
    kind: str
    label: str
    title: str
    path: str
    names: str
    released: int
    retired_from: int | None


Score = tuple[int, int, bool, int, int, str]
"""Smallest is best: level, words missing in names, retired, extra words of the name, age, label."""


class Judge:
    """Scores candidates for one query: `text` in lower case, `today` as an ordinal."""

    def __init__(self, text: str, query: Sequence[str], today: int) -> None:
        self.text = text
        self.today = today
        self.joined = "".join(query)
        self.initial = self.joined[:1]
        self.phrase = f" {' '.join(query)} "
        self.begun = [f" {word}" for word in query]
        self.whole = [f" {word} " for word in query]

    def score(self, candidate: Candidate) -> Score:
        """Return the score of a candidate's best name."""
        level, elsewhere, besides = min(map(self._line, candidate.names.split("\n")))
        if candidate.label.lower() == self.text:
            level = EXACT_ID
        is_retired = candidate.retired_from is not None and candidate.retired_from <= self.today
        return level, elsewhere, is_retired, besides, -candidate.released, candidate.label

    def _line(self, line: str) -> tuple[int, int, int]:
        besides = max(0, line.count(" ") + 1 - len(self.begun))
        # Most lines fail this cheap test, and need not be joined.
        if line[1:2] == self.initial:
            solid = line[1:].replace(" ", "")
            if solid == self.joined:
                return (SAME_NAME if line[0] == NAME else SAME_ID), 0, 0
            if solid.startswith(self.joined):
                return BEGINNING, 0, besides
        padded = f" {line[1:]} "
        if self.phrase in padded:
            return PHRASE, 0, besides
        elsewhere = 0
        for word in self.begun:
            if word not in padded:
                elsewhere += 1
        if elsewhere:
            return TEXT, elsewhere, besides
        for word in self.whole:
            if word not in padded:
                return WORDS, 0, besides
        return WHOLE_WORDS, 0, besides
