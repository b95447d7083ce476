"""Types of a model's fields: how they are stored, shown and compared."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from catalog.text.dates_and_ratios import spoken
from catalog.text.language import say

MONTH = len("2026-11")


class _Type:
    """A value stored as in its column, or null."""

    __slots__ = ()

    def unknown(self) -> Any:
        """Return what a record holds if nothing is stated."""
        return None

    def stored(self, value: Any) -> Any:
        """Return a column's value for the record."""
        return value or None

    def words(self, value: Any) -> list[str]:
        """Return a record's value for people: a text per part, none if unknown."""
        return [str(value)] if value else []

    def same(self, value: Any) -> Any:
        """Return what two values are compared by."""
        return value


@dataclass(frozen=True, slots=True)
class TextType(_Type):
    """One line of text; `check` raises ValueError."""

    longest: int = 300
    check: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class AddressType(_Type):
    """An address of the public web."""


@dataclass(frozen=True, slots=True)
class NumberType(_Type):
    """A whole number, unknown below `least`."""

    least: int = 1

    def stored(self, value: Any) -> Any:
        """Return the number, 0 too."""
        return value

    def words(self, value: Any) -> list[str]:
        """Return the number with thousands separators."""
        return [] if value is None or value < self.least else [f"{value:,}"]


@dataclass(frozen=True, slots=True)
class DayType(_Type):
    """A day, stored as `2026-11-30`."""

    def stored(self, value: date | None) -> str | None:
        """Return the ISO date."""
        return value.isoformat() if value else None

    def words(self, value: Any) -> list[str]:
        """Return the day for people."""
        return [spoken(value)] if value else []


@dataclass(frozen=True, slots=True)
class MonthType(_Type):
    """A month or a day, as text."""

    def words(self, value: Any) -> list[str]:
        """Return the month or day for people."""
        return [spoken(value)] if value else []

    def same(self, value: Any) -> Any:
        """Return the month."""
        # Sources differ in precision: a day within the same month is no difference.
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
    """One word of a closed list."""

    labels: Mapping[str, str]

    def words(self, value: Any) -> list[str]:
        """Return the label."""
        return [_label(self.labels, value)] if value else []


@dataclass(frozen=True, slots=True)
class SetType(_Type):
    """Unordered words; any words without `labels`."""

    labels: Mapping[str, str] | None = None
    # A release may add words: then the API's schema says text, not an enum.
    grows: bool = False

    def unknown(self) -> Any:
        """Return no words."""
        return []

    def stored(self, value: Any) -> Any:
        """Return the words."""
        return value

    def words(self, value: Any) -> list[str]:
        """Return the labels."""
        return [_label(self.labels or {}, word) for word in value or []]

    def same(self, value: Any) -> Any:
        """Return the words as a set."""
        return frozenset(value)


@dataclass(frozen=True, slots=True)
class RowsType(_Type):
    """Small tables under one key; `identity` columns are unique together.

    A column of `needs` says nothing without the one that it names.
    """

    # The name of a row's schema in the API.
    row: str
    columns: Mapping[str, "ColumnType"]
    identity: Sequence[str]
    needs: Mapping[str, str] = field(default_factory=dict)

    def unknown(self) -> Any:
        """Return no rows."""
        return []

    def stored(self, value: Any) -> Any:
        """Return rows with all columns, absent ones null."""
        return [{name: row.get(name, kind.unknown()) for name, kind in self.columns.items()} for row in value]

    def words(self, value: Any) -> list[str]:
        """Return one text per row."""
        return [_row_words(self.columns, row) for row in value or []]

    def addresses(self, value: Any) -> list[str]:
        """Return each row's link, or an empty string."""
        return [_address(self.columns, row) for row in value or []]

    def same(self, value: Any) -> Any:
        """Return the rows as a set."""
        # Dicts are not hashable, their JSON with sorted keys is.
        return frozenset(orjson.dumps(row, option=orjson.OPT_SORT_KEYS) for row in value)


@dataclass(frozen=True, slots=True)
class TableType(_Type):
    """One small table; the `required` columns are in each."""

    # The name of its schema in the API.
    table: str
    columns: Mapping[str, "ColumnType"]
    required: Sequence[str]

    def stored(self, value: Any) -> Any:
        """Return the table with all columns, absent ones null."""
        if not value:
            return None
        return {name: value.get(name, kind.unknown()) for name, kind in self.columns.items()}

    def words(self, value: Any) -> list[str]:
        """Return one text."""
        return [_row_words(self.columns, value)] if value else []

    def addresses(self, value: Any) -> list[str]:
        """Return its link, or an empty string."""
        return [_address(self.columns, value)] if value else []

    def same(self, value: Any) -> Any:
        """Return its words."""
        # Of one license, sources name different addresses.
        return tuple(self.words(value))


@dataclass(frozen=True, slots=True)
class OtherModelType(_Type):
    """Another model, stored by its ID."""

    def stored(self, value: Any) -> str | None:
        """Return the model's ID."""
        return value.model_id if value else None


# Closed unions: where a module matches on them, a type checker finds each place that lacks a new type.
ColumnType = TextType | AddressType | NumberType | DayType | MonthType | YesNoType | ChoiceType | SetType
FieldType = ColumnType | RowsType | TableType | OtherModelType


def _row_words(columns: Mapping[str, ColumnType], row: Mapping[str, Any]) -> str:
    # The words lead to the address, where there are any.
    shown = [kind for kind in columns.items() if not isinstance(kind[1], AddressType)]
    words = [text for name, kind in shown for text in kind.words(row.get(name))]
    return " · ".join(words) or _address(columns, row)


def _address(columns: Mapping[str, ColumnType], row: Mapping[str, Any]) -> str:
    leading = [name for name, kind in columns.items() if isinstance(kind, AddressType)]
    return next((row[name] for name in leading if row.get(name)), "")


def _label(labels: Mapping[str, str], word: str) -> str:
    # A record may hold a word that the list has lost since.
    return say(labels[word]) if word in labels else word
