"""A model's rank in one value."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.records.facts import Facts
from catalog.text.language import say, say_many


@dataclass(frozen=True, slots=True)
class Rank:
    """One superlative."""

    key: str
    title: str
    text: str


Value = Decimal | int | str


@dataclass(frozen=True, slots=True)
class _Place:
    compared: int
    shared_with: int


def place_among(
    mine: Value, values: Sequence[Value], best: Callable[[Iterable[Value]], Value]
) -> _Place | None:
    """Return the first place if the value is best, alone or shared."""
    # Best among equals says nothing.
    if len(values) < 2 or mine != best(values) or len(set(values)) == 1:
        return None
    return _Place(len(values), sum(1 for value in values if value == mine) - 1)


def rank_of(key: str, title: str, superlative: str, value: str, this: Facts, place: _Place) -> Rank:
    """Build a superlative's sentence."""
    words = {
        "said": value,
        "superlative": superlative,
        "compared": place.compared,
        "family": this.record["family"]["name"],
    }
    if place.shared_with:
        text = say_many(
            "{said}: the {superlative} of the {compared} {family} models still served that state one, "
            "shared with {number} other.",
            "{said}: the {superlative} of the {compared} {family} models still served that state one, "
            "shared with {number} others.",
            place.shared_with,
            **words,
        )
    else:
        text = say(
            "{said}: the {superlative} of the {compared} {family} models still served that state one.",
            **words,
        )
    return Rank(key, title, text)
