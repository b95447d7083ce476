"""The base of other catalogs' readers: limits, refused rows, unknown keys."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from catalog.exchange.document import CatalogDocument, Citation, FilePlace, ModelEntry
from catalog.exchange.file_table import CatalogFileError, FileTable
from catalog.text.refusal import shown
from catalog.vocabulary import Modality

LARGEST_FILE = 50_000_000
SAID_AGAIN = "rows that say again what one before them said"
MOST_REFUSED_SHOWN = 40
# Other catalogs are often one long line: errors give a path instead.
NO_LINES: Mapping[Any, int] = {(): 0}

_WORD = re.compile(r"[A-Za-z0-9_.:@/~+-]{1,120}")


@dataclass(frozen=True, slots=True)
class Refused:
    """A row set aside, and why."""

    subject: str
    place: FilePlace
    reason: str


@dataclass(slots=True)
class CatalogReading:
    """A catalog's statements and refused rows; `lost` counts values without a place here."""

    document: CatalogDocument
    refused: list[Refused] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    rows: int = 0


@dataclass(frozen=True, slots=True)
class ReadCatalog:
    """The catalog being read: name, address, instant."""

    format: str
    label: str
    url: str
    at: datetime
    file: str

    @property
    def day(self) -> date:
        """Return the day."""
        return self.at.date()

    def reading(self) -> CatalogReading:
        """Begin an empty reading."""
        return CatalogReading(CatalogDocument(cited=Citation(self.label, self.url, self.day)))


def read_json(content: bytes, file: str) -> Any:
    """Parse JSON strictly: exact numbers, no duplicate keys, NaN or BOM."""
    check_size(len(content), file)
    if content.startswith(b"\xef\xbb\xbf"):
        raise CatalogFileError(
            FilePlace(file, 0), "begins with a byte order mark: save it as UTF-8 without one"
        )
    try:
        return json.loads(
            content.decode(), parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_once
        )
    except UnicodeDecodeError as error:
        raise CatalogFileError(FilePlace(file, 0), "is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise CatalogFileError(FilePlace(file, error.lineno), f"is not JSON: {error.msg}") from error
    except RecursionError as error:
        raise CatalogFileError(FilePlace(file, 0), "is nested too deeply") from error
    except (ValueError, ArithmeticError) as error:
        raise CatalogFileError(
            FilePlace(file, 0), f"is not JSON that can be read: {str(error)[:200]}"
        ) from error


def check_size(size: int, file: str) -> None:
    """Refuse a file larger than any catalog."""
    if size > LARGEST_FILE:
        raise CatalogFileError(FilePlace(file, 0), f"has {size:,} bytes: at most {LARGEST_FILE:,}")


def read_file(path: Path) -> bytes:
    """Read a file within the limit."""
    check_size(path.stat().st_size, path.name)
    with path.open("rb") as opened:
        # A device or pipe has no size, and may be endless.
        content = opened.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise CatalogFileError(FilePlace(path.name, 0), f"has more than {LARGEST_FILE:,} bytes")
    return content


def named(key: str) -> str:
    """Return a key for messages, escaped if unusual."""
    return key if _WORD.fullmatch(key) else ascii(key)[:120]


def row_table(file: str, path: tuple[str | int, ...], values: Any) -> FileTable:
    """Return a row's reader."""
    if not isinstance(values, dict):
        raise CatalogFileError(
            FilePlace(file, 0), f"{'.'.join(map(str, path))}: {shown(values)} is not an object"
        )
    return FileTable(file, NO_LINES, path, values)


def take_rows(
    reading: CatalogReading, rows: Iterable[tuple[str, Any]], read: Callable[[str, Any], ModelEntry | None]
) -> None:
    """Read rows; wrong ones are set aside."""
    for key, values in rows:
        reading.rows += 1
        try:
            entry = read(key, values)
        except CatalogFileError as error:
            reading.refused.append(Refused(named(key), error.place, error.reason))
            continue
        if entry is not None:
            reading.document.models.append(entry)


def trimmed(table: FileTable, key: str) -> FileTable:
    """Trim the space around a text, which stays as it is in the file; return the table."""
    value = table.values.get(key)
    if isinstance(value, str):
        table.values = {**table.values, key: value.strip()}
    return table


def short_write(model: str) -> str:
    """Return the meter of a cache write whose lifetime a catalog does not state.

    OpenAI keeps what a request writes for 30 minutes (openai 3.57.0, read 2026-11-29), others 5 minutes.
    """
    return "cache_write_30m_tokens" if "gpt-" in model.lower() else "cache_write_5m_tokens"


def is_empty(value: Any) -> bool:
    """Whether a value of another catalog says nothing."""
    return value in (None, "", [], {})


def count_unknown(table: FileTable | None, lost: Counter[str], prefix: str = "") -> list[str]:
    """Count the keys that no reader took and that say something; return their names."""
    if table is None:
        return []
    names = [
        f"{prefix}{named(key)}"[:120]
        for key, value in table.values.items()
        if key not in table.taken and not is_empty(value)
    ]
    lost.update(names)
    return names


def modalities(table: FileTable, key: str, words: Mapping[str, str], lost: Counter[str]) -> list[str] | None:
    """Translate a list of modalities; unknown ones are counted as lost."""
    ours_in_order: list[str] = []
    for word in table.texts(key) or []:
        ours = words.get(word, word if word in Modality.values else "")
        if not ours:
            lost[f"{key} {named(word)}"] += 1
        elif ours not in ours_in_order:
            ours_in_order.append(ours)
    return ours_in_order or None


def chief(output: list[str] | None) -> str | None:
    """Return the modality to list a model under: output other than text, if any."""
    for word in ("video", "image", "audio", "text"):
        if output and word in output:
            return word
    return None


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is not a number of JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        twin = Counter(key for key, _value in pairs).most_common(1)[0][0]
        raise ValueError(f"the key {shown(twin)} stands there twice")
    return values
