"""Orders candidates: the exact ID first, then names, then text; alike on every database."""

from collections.abc import Sequence
from dataclasses import dataclass

EXACT_ID, SAME_ID, SAME_NAME, BEGINNING, PHRASE, WHOLE_WORDS, WORDS, TEXT = range(8)
ID, ALIAS, NAME = "i", "a", "n"
"""How a line of names begins: what kind of name it holds."""

KINDS = ("model", "family", "provider", "docs")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry that the index found."""

    position: int
    kind: str
    label: str
    title: str
    path: str
    names: str
    released: int
    retired_from: int | None


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """How well an entry answers; the smallest is the best."""

    level: int
    words_elsewhere: int
    is_retired: bool
    words_besides: int
    age: int
    label: str


def score(candidate: Candidate, text: str, asked: Sequence[str], today: int) -> Score:
    """Judge one candidate for what was typed, `asked` being its words."""
    phrase, joined = " ".join(asked), "".join(asked)
    level, elsewhere, besides = TEXT, len(asked), 99
    for line in candidate.names.split("\n"):
        found = _line(line[0], line[1:], asked, phrase, joined)
        level, elsewhere, besides = min((level, elsewhere, besides), found)
    if candidate.label.lower() == text:
        level = EXACT_ID
    is_retired = candidate.retired_from is not None and candidate.retired_from <= today
    return Score(level, elsewhere, is_retired, besides, -candidate.released, candidate.label)


def _line(kind: str, line: str, asked: Sequence[str], phrase: str, joined: str) -> tuple[int, int, int]:
    besides = max(0, line.count(" ") + 1 - len(asked))
    solid = line.replace(" ", "")
    if solid.startswith(joined):
        if len(solid) == len(joined):
            return (SAME_NAME if kind == NAME else SAME_ID), 0, 0
        return BEGINNING, 0, besides
    padded = f" {line} "
    if f" {phrase} " in padded:
        return PHRASE, 0, besides
    elsewhere = sum(f" {word}" not in padded for word in asked)
    if elsewhere:
        return TEXT, elsewhere, besides
    if all(f" {word} " in padded for word in asked):
        return WHOLE_WORDS, 0, besides
    return WORDS, 0, besides
