"""The base of other catalogs' readers: limits, refused rows, exact prices."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Context, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from catalog.exchange.document import CatalogDocument, Citation, FilePlace, ModelEntry, PriceEntry
from catalog.exchange.file_table import CatalogFileError, FileTable
from catalog.pricing import money
from catalog.pricing.conditions import Conditions, parse
from catalog.pricing.price import ALWAYS, PriceValue
from catalog.pricing.units import METERS, decimal_places
from catalog.text.refusal import shown
from catalog.vocabulary import Modality, PriceKind, PriceState

LARGEST_FILE = 50_000_000
MOST_REFUSED_SHOWN = 40
PLACES = Decimal("1E-9")
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


def number(table: FileTable, key: str, value: Any) -> Decimal:
    """Read a JSON number, zero or more."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise table.refuse(key, f"{shown(value)} is not a number")
    amount = Decimal(value) if not isinstance(value, Decimal) else value
    if not amount.is_finite() or amount.is_signed():
        raise table.refuse(key, f"{shown(value)} is not an amount: zero or more")
    return amount


def digits(table: FileTable, key: str, value: Any) -> Decimal:
    """Read a decimal text such as "0.0000002"."""
    if not isinstance(value, str) or not re.fullmatch(
        r"[0-9]{1,12}(\.[0-9]{1,40})?([eE]-?[0-9]{1,2})?", value
    ):
        raise table.refuse(key, f'{shown(value)} is not a decimal text: write it as in "0.0000002"')
    return Decimal(value)


@dataclass(slots=True)
class OfferedPrices:
    """The prices of a row being read."""

    table: FileTable
    origin: ReadCatalog
    source_url: str
    currency: str = "USD"
    found: dict[tuple[str, str], PriceEntry] = field(default_factory=dict)

    def add(
        self,
        key: str,
        meter: str,
        each: Decimal | None,
        when: dict[str, Any] | None = None,
        *,
        per: int = 0,
        begins: datetime | None = None,
        ends: datetime | None = None,
    ) -> None:
        """Add a price for one, or for `per`; None means dynamic."""
        lot = per or METERS[meter].per
        held = self._held(key, when) if when else ALWAYS
        amount, note = None, ""
        if each is not None:
            amount, note = self._amount(key, each, 0 if per else decimal_places(lot))
        state = PriceState.DYNAMIC if amount is None else PriceState.KNOWN if amount else PriceState.FREE
        entry = PriceEntry(
            value=PriceValue(
                kind=PriceKind.LIST.value,
                meter=meter,
                per=lot,
                state=state.value,
                amount=amount,
                currency=self.currency,
                conditions=held,
            ),
            effective_from=begins or self.origin.at,
            effective_until=ends,
            place=self.table.place(),
            source_url=self.source_url,
            source_label=self.origin.label,
            checked_on=self.origin.day,
            note=note,
            # Another catalog says what holds, not since when, unless it gives the day.
            on_record_since=None if begins else self.origin.at,
        )
        # Of one meter and set of conditions the last one holds.
        self.found[meter, held.canonical + (begins.isoformat() if begins else "")] = entry

    def _held(self, key: str, when: dict[str, Any]) -> Conditions:
        try:
            return _conditions(json.dumps(when, sort_keys=True))
        except (TypeError, ValueError) as error:
            raise self.table.refuse(key, str(error)) from error

    def _amount(self, key: str, each: Decimal, places: int) -> tuple[Decimal, str]:
        if each and not -40 < each.adjusted() < 12:
            raise self.table.refuse(key, f"{shown(each)} is out of range")
        exact = money.plain(each.scaleb(places, _WIDE))
        if len(exact.partition(".")[2]) <= money.MAX_DECIMALS:
            return self._parsed(key, exact), ""
        # The one place where an amount is rounded, which its note says.
        rounded = Decimal(exact).quantize(PLACES, context=_WIDE)
        if not rounded:
            raise self.table.refuse(key, f"{shown(each)} is too small to be kept: nine decimals")
        return self._parsed(key, money.plain(rounded)), f"Rounded to nine decimals from {exact}"

    def _parsed(self, key: str, text: str) -> Decimal:
        try:
            return money.parse_amount(text)
        except ValueError as error:
            raise self.table.refuse(key, str(error)) from error


_WIDE = Context(prec=80)


@lru_cache(maxsize=4_096)
def _conditions(text: str) -> Conditions:
    return parse(json.loads(text))


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is not a number of JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        twin = Counter(key for key, _value in pairs).most_common(1)[0][0]
        raise ValueError(f"the key {shown(twin)} stands there twice")
    return values
