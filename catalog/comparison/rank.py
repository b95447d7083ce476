"""A model's rank in one value."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.records.facts import Facts
from catalog.text.language import mark, mark_many, say, say_many


@dataclass(frozen=True, slots=True)
class Rank:
    """One superlative."""

    key: str
    title: str
    text: str


Value = Decimal | int | str


@dataclass(frozen=True, slots=True)
class Rivals:
    """The served siblings that can be compared, the model too, and how many of the family are served."""

    alike: Sequence[Facts]
    served: int


@dataclass(frozen=True, slots=True)
class _Place:
    compared: int
    shared_with: int
    alike: int


def place_among(
    mine: Value, values: Sequence[Value | None], best: Callable[[Iterable[Value]], Value]
) -> _Place | None:
    """Return the first place if the value is best, alone or shared; None is a sibling's unknown value."""
    stated = [value for value in values if value is not None]
    # Best among equals says nothing, nor does what more than half have.
    if len(stated) < 2 or mine != best(stated) or stated.count(mine) * 2 > len(stated):
        return None
    return _Place(len(stated), sum(1 for value in stated if value == mine) - 1, len(values))


def rank_of(
    key: str, title: str, superlative: str, value: str, this: Facts, place: _Place, served: int
) -> Rank:
    """Build a superlative's sentence; `served` is the number of the family's served models."""
    words = {
        "said": value,
        "superlative": superlative,
        "compared": place.compared,
        "group": say(_GROUP[place.alike == served], number=place.alike, family=this.record["family"]["name"]),
    }
    is_of_all = place.compared == place.alike
    if not is_of_all:
        # A sibling of which nothing is known may be first.
        title = say("{title}, of {compared} on record", title=title, compared=place.compared)
    elif place.alike != served:
        # A reader takes the title alone for one in the whole family.
        title = say("{title}, of {number} with the same calls", title=title, number=place.alike)
    if place.shared_with:
        text = say_many(*_SHARED[is_of_all], place.shared_with, **words)
    else:
        text = say(_ALONE[is_of_all], **words)
    return Rank(key, title, text)


_GROUP: Mapping[bool, str] = {
    True: mark("{number} {family} models still served"),
    False: mark("{number} {family} models still served that take the same calls"),
}
"""Whether these are all that are served -> what they are."""
_ALONE: Mapping[bool, str] = {
    True: mark("{said}: the {superlative} of the {group}."),
    False: mark("{said}: the {superlative} of the {compared} on record, of {group}."),
}
_SHARED: Mapping[bool, tuple[str, str]] = {
    True: mark_many(
        "{said}: the {superlative} of the {group}, shared with {number} other.",
        "{said}: the {superlative} of the {group}, shared with {number} others.",
    ),
    False: mark_many(
        "{said}: the {superlative} of the {compared} on record, of {group}, shared with {number} other.",
        "{said}: the {superlative} of the {compared} on record, of {group}, shared with {number} others.",
    ),
}
"""Whether every sibling states a value -> sentence."""
