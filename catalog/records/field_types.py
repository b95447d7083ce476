"""The types that a field of a model may have: how a record holds a value, how people read it, what compares.

What reads files, describes the API or builds forms matches on these classes, so that a type checker names
each place where a new type is missing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from catalog.text.dates_and_ratios import spoken
from catalog.text.language import say

MONTH = len("2026-11")


class _Type:
    """A value that a record holds as its column does, and that is null where the column is blank."""

    __slots__ = ()

    def unknown(self) -> Any:
        """Return what a record holds where nothing is stated."""
        return None

    def stored(self, value: Any) -> Any:
        """Return a column's value as the record holds it."""
        return value or None

    def words(self, value: Any) -> list[str]:
        """Return what people read for a record's value: one text for each part, none where it is unknown."""
        return [str(value)] if value else []

    def same(self, value: Any) -> Any:
        """Return what two values are compared by."""
        return value


@dataclass(frozen=True, slots=True)
class TextType(_Type):
    """One line of text; `check` raises ValueError for what cannot be one."""

    longest: int = 300
    check: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class AddressType(_Type):
    """An address of the public web."""


@dataclass(frozen=True, slots=True)
class NumberType(_Type):
    """A whole number; below `least` it says nothing."""

    least: int = 1

    def stored(self, value: Any) -> Any:
        """Return the number, 0 too."""
        return value

    def words(self, value: Any) -> list[str]:
        """Return the number with its thousands apart."""
        return [] if value is None or value < self.least else [f"{value:,}"]


@dataclass(frozen=True, slots=True)
class DayType(_Type):
    """A day, which records write as `2026-11-30`."""

    def stored(self, value: date | None) -> str | None:
        """Return the day as JSON has it."""
        return value.isoformat() if value else None

    def words(self, value: Any) -> list[str]:
        """Return the day as people write it."""
        return [spoken(value)] if value else []


@dataclass(frozen=True, slots=True)
class MonthType(_Type):
    """A month or a day, as text. By its month it compares: a day that one source adds is no difference."""

    def words(self, value: Any) -> list[str]:
        """Return the month or the day as people write it."""
        return [spoken(value)] if value else []

    def same(self, value: Any) -> Any:
        """Return the month."""
        return value[:MONTH]


@dataclass(frozen=True, slots=True)
class YesNoType(_Type):
    """Yes, no, or not known."""

    def stored(self, value: Any) -> Any:
        """Return true, false or null."""
        return value

    def words(self, value: Any) -> list[str]:
        """Return yes or no."""
        return [] if value is None else [say("Yes") if value else say("No")]


@dataclass(frozen=True, slots=True)
class ChoiceType(_Type):
    """One word of a closed list; `labels` is what people read for each."""

    labels: Mapping[str, str]

    def words(self, value: Any) -> list[str]:
        """Return the label; a word that the list no longer has stands as it is."""
        return [_label(self.labels, value)] if value else []


@dataclass(frozen=True, slots=True)
class SetType(_Type):
    """Words, each once, in no order that says anything; any words where `labels` is null.

    The API describes words of a list that `grows` as texts, because a release may bring new ones.
    """

    labels: Mapping[str, str] | None = None
    grows: bool = False

    def unknown(self) -> Any:
        """Return no words."""
        return []

    def stored(self, value: Any) -> Any:
        """Return the words; an empty list says that none are stated."""
        return value

    def words(self, value: Any) -> list[str]:
        """Return a label for each word."""
        return [_label(self.labels or {}, word) for word in value or []]

    def same(self, value: Any) -> Any:
        """Return the words without their order."""
        return frozenset(value)


@dataclass(frozen=True, slots=True)
class RowsType(_Type):
    """Small tables below one key, such as links or a date per platform; `identity` names a row, once each.

    A column that is not of the identity may be absent. `row` is what the API calls one of them.
    """

    row: str
    columns: Mapping[str, "ColumnType"]
    identity: Sequence[str]

    def unknown(self) -> Any:
        """Return no rows."""
        return []

    def stored(self, value: Any) -> Any:
        """Return each row with all of its columns: what is absent is null."""
        return [{name: row.get(name, kind.unknown()) for name, kind in self.columns.items()} for row in value]

    def words(self, value: Any) -> list[str]:
        """Return a text for each row: what its columns say, in their order."""
        return [
            " · ".join(text for name, kind in self.columns.items() for text in kind.words(row.get(name)))
            for row in value or []
        ]

    def addresses(self, value: Any) -> list[str]:
        """Return for each row the address that it leads to, empty where it leads nowhere."""
        leading = [name for name, kind in self.columns.items() if isinstance(kind, AddressType)]
        return [next((row[name] for name in leading if row.get(name)), "") for row in value or []]

    def same(self, value: Any) -> Any:
        """Return the rows without their order."""
        return frozenset(orjson.dumps(row, option=orjson.OPT_SORT_KEYS) for row in value)


@dataclass(frozen=True, slots=True)
class OtherModelType(_Type):
    """Another model of the catalog, named by its ID; records add the path of its page."""

    def stored(self, value: Any) -> str | None:
        """Return the model's ID."""
        return value.model_id if value else None


ColumnType = TextType | AddressType | NumberType | DayType | MonthType | YesNoType | ChoiceType | SetType
FieldType = ColumnType | RowsType | OtherModelType


def _label(labels: Mapping[str, str], word: str) -> str:
    return say(labels[word]) if word in labels else word
