"""Reads tables of files strictly; errors name file, line, key and value."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from catalog.exchange.document import FilePlace
from catalog.exchange.line_numbers import DEEPEST, Path
from catalog.text.clean_markdown import clean
from catalog.text.identifiers import LONGEST_NAME, check_text, check_web_address, unix_lines
from catalog.text.refusal import shown

LONGEST_TEXT = 20_000
# PostgreSQL's integer.
LARGEST_WHOLE = 2_147_483_647
# Larger ones come back from a JSON column as floats: see models.parameter.Numbers.
LARGEST_INTEGER = 2**63 - 1
YEARS = range(1990, 2100)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})")


class CatalogFileError(Exception):
    """A file that cannot be read: where and why."""

    def __init__(self, place: FilePlace, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


@dataclass(slots=True)
class FileTable:
    """One table; readers take keys, `finish` refuses the rest."""

    file: str
    lines: Mapping[Path, int]
    path: Path
    values: dict[str, Any]
    taken: set[str] = field(default_factory=set)

    def place(self, key: str | int | None = None) -> FilePlace:
        """Return a key's position, or its nearest table's."""
        path: Path = self.path if key is None else (*self.path, key)
        while path not in self.lines and path:
            path = path[:-1]
        line = self.lines.get(path, 1)
        return FilePlace(self.file, line, "" if line else _dotted(self.path))

    def refuse(self, key: str | None, reason: str) -> CatalogFileError:
        """Return the error for a key or the table."""
        where = _dotted((*self.path, key) if key else self.path)
        return CatalogFileError(self.place(key), f"{where}: {reason}" if where else reason)

    def take(self, key: str) -> Any:
        """Take a value, None if absent."""
        self.taken.add(key)
        return self.values.get(key)

    def text(
        self, key: str, *, longest: int = 300, required: bool = False, lines: bool = False
    ) -> str | None:
        """Read printable text."""
        value = self.take(key)
        if value is None:
            if required:
                raise self.refuse(None, f"{key!r} is missing")
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(key, f"{shown(value)} is not a text: leave the key out where it is not known")
        try:
            return check_text(unix_lines(value) if lines else value, longest=longest, lines=lines)
        except ValueError as error:
            raise self.refuse(key, str(error)) from error

    def checked_text(self, key: str, check: Callable[[str], str] | None, *, longest: int = 300) -> str | None:
        """Read text that `check` accepts."""
        value = self.text(key, longest=longest)
        try:
            return check(value) if check and value else value
        except ValueError as error:
            raise self.refuse(key, str(error)) from error

    def name(self, key: str) -> str | None:
        """Read a name of at most 80 characters."""
        return self.text(key, longest=LONGEST_NAME)

    def markdown(self, key: str, *, required: bool = False) -> str | None:
        """Read Markdown without raw HTML, images and unsafe links."""
        value = self.text(key, longest=LONGEST_TEXT, required=required, lines=True)
        cleaned = clean(value) if value else value
        if value and cleaned is not None and not cleaned.strip():
            raise self.refuse(
                key, f"{shown(value)} holds nothing but HTML, images or links that are not kept"
            )
        return cleaned

    def choice(self, key: str, words: Iterable[str], *, required: bool = False) -> str | None:
        """Read one of `words`."""
        value = self.text(key, required=required)
        if value is not None and value not in (known := list(words)):
            raise self.refuse(key, f"{shown(value)} is not known: {_nearest(value, known)}")
        return value

    def choices(self, key: str, words: Iterable[str]) -> list[str] | None:
        """Read a list of `words`."""
        values, known = self.texts(key), list(words)
        for value in values or []:
            if value not in known:
                raise self.refuse(key, f"{shown(value)} is not known: {_nearest(value, known)}")
        return values

    def texts(self, key: str) -> list[str] | None:
        """Read different texts."""
        value = self.take(key)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.refuse(key, f"{shown(value)} is not a list of texts")
        if len(set(value)) != len(value):
            raise self.refuse(key, "the same text stands there twice")
        return [self._checked(key, item) for item in value]

    def _checked(self, key: str, item: str) -> str:
        try:
            return check_text(item, longest=300)
        except ValueError as error:
            raise self.refuse(key, str(error)) from error

    def flag(self, key: str) -> bool | None:
        """Read a boolean."""
        value = self.take(key)
        if value is not None and not isinstance(value, bool):
            raise self.refuse(key, f"{shown(value)} is neither true nor false")
        return value

    def whole(self, key: str, *, least: int = 0, required: bool = False) -> int | None:
        """Read a whole number."""
        value = self.take(key)
        if value is None and not required:
            return None
        if value is None:
            raise self.refuse(None, f"{key!r} is missing")
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= LARGEST_WHOLE:
            raise self.refuse(key, f"{shown(value)} is not a whole number from {least} to {LARGEST_WHOLE}")
        return value

    def decimal(self, key: str) -> Decimal | None:
        """Read a bound: eleven digits, four decimals."""
        value = self.take(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.refuse(key, f"{shown(value)} is not a number")
        number = Decimal(value)
        if (
            not number.is_finite()
            # Before rounding, which raises for huge exponents.
            or (number and not -5 < number.adjusted() < 11)
            or number != round(number, 4)
        ):
            raise self.refuse(key, f"{shown(value)} is out of range: eleven digits, four decimals")
        return number

    def day(self, key: str) -> date | None:
        """Read a date, TOML's or text."""
        value = self.take(key)
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        elif value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        raise self.refuse(key, f"{shown(value)} is not a date: write 2026-11-30")

    def instant(self, key: str, *, required: bool = False) -> datetime | None:
        """Read an instant with zone, TOML's or text, as UTC."""
        value = self.take(key)
        if value is None and required:
            raise self.refuse(None, f"{key!r} is missing")
        if isinstance(value, str) and _INSTANT.fullmatch(value):
            with suppress(ValueError):
                value = datetime.fromisoformat(value)
        if value is None:
            return None
        if isinstance(value, datetime) and value.tzinfo is not None and value.year in YEARS:
            return value.astimezone(UTC)
        right = f"an instant from {YEARS[0]} to {YEARS[-1]} with a zone: write 2026-11-30T00:00:00Z"
        raise self.refuse(key, f"{shown(value)} is not {right}")

    def url(self, key: str) -> str | None:
        """Read a public web address, never fetched."""
        value = self.text(key, longest=500)
        try:
            return value and check_web_address(value)
        except ValueError as error:
            raise self.refuse(key, str(error)) from error

    def json(self, key: str) -> Any:
        """Read any JSON value; decimals become numbers."""
        value = self.take(key)
        try:
            return _plain(value)
        except ValueError as error:
            raise self.refuse(key, str(error)) from error

    def table(self, key: str) -> "FileTable | None":
        """Read an inner table."""
        value = self.take(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.refuse(key, f"{shown(value)} is not a table")
        return FileTable(self.file, self.lines, (*self.path, key), value)

    def tables(self, key: str) -> "list[FileTable] | None":
        """Read inner tables."""
        value = self.take(key)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.refuse(key, f"{shown(value)} is not a list of tables")
        return [
            FileTable(self.file, self.lines, (*self.path, key, at), item) for at, item in enumerate(value)
        ]

    def finish(self) -> None:
        """Refuse unread keys."""
        for key in self.values:
            if key not in self.taken:
                raise self.refuse(key, f"the key is not known: {_nearest(key, sorted(self.taken))}")


def _plain(value: Any, depth: int = 0) -> Any:
    if depth > DEEPEST:
        raise ValueError(f"is nested too deeply: at most {DEEPEST} levels")
    if isinstance(value, dict):
        return {check_text(key, longest=300): _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, str):
        return check_text(value, longest=LONGEST_TEXT, lines=True)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGEST_INTEGER:
        raise ValueError(f"{shown(value)} is out of range: an integer has at most 64 bits")
    if isinstance(value, bool | int) or (value is None and not depth):
        return value
    if value is None:
        raise ValueError("null within a value cannot be kept: leave it out")  # TOML has no null
    raise ValueError(f"{shown(value)} is neither text, number, true, false, list nor table")


def _number(value: Decimal) -> int | float:
    if not value.is_finite():
        raise ValueError(f"{value} is not a number")
    # Looked at before it is spelt out: the digits of 1e999999999 would fill the memory.
    if value and not -300 < value.adjusted() < 300:
        raise ValueError(f"{shown(value)} is out of range: from 1e-299 to 1e+299")
    if value != value.to_integral_value() or "." in str(value) or abs(value) > LARGEST_INTEGER:
        return float(value)
    return int(value)


def _nearest(value: str, known: list[str]) -> str:
    near = difflib.get_close_matches(value, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(known)}"


def _dotted(path: Path) -> str:
    return "".join(_steps(path)).lstrip(".")


def _steps(path: Path) -> Iterator[str]:
    for step in path:
        yield f"[{step + 1}]" if isinstance(step, int) else f".{step}"
