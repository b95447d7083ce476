"""Exports as CSV, a line per price, and JSON lines, a line per model."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from catalog.exchange.exports.base import Offered, Seller
from catalog.records.field_types import SetType
from catalog.records.fields import in_output

FIELDS = tuple(field for field in in_output("csv") if field.name != "lifecycle")
MODEL = ("model_id", "name", *(field.name for field in FIELDS if not isinstance(field.type, SetType)))
LISTS = (*(field.name for field in FIELDS if isinstance(field.type, SetType)), "aliases")
PRICE = ("kind", "state", "meter", "amount", "currency", "per")
DATED = ("effective_from", "effective_until", "source_url", "checked_on")
COLUMNS = (*MODEL, "provider", "family", "lifecycle", *LISTS, *PRICE, "conditions", *DATED)
# Spreadsheets run a cell that begins so.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
LINES = (
    *("model_id", "slug", "name", "provider", "family", "aliases"),
    *(field.name for field in in_output("lines") if field.name != "lifecycle"),
    *("endpoints", "parameters", "rules", "sources"),
)


def write_csv(offers: Iterable[Offered], _seller: Seller) -> Iterator[bytes]:
    """Write RFC 4180: a header, a line per price or model without."""
    yield _line(COLUMNS)
    for offered in offers:
        record = _record(offered)
        known = [
            *(_cell(record[key]) for key in MODEL),
            record["provider"]["slug"],
            record["family"]["slug"],
            offered.facts.lifecycle,
            *(" ".join(record[key]) for key in LISTS),
        ]
        rows = [row for row in offered.facts.prices if offered.kind in (None, row["kind"])]
        for row in rows:
            price: dict[str, Any] = dict(row)
            conditions = orjson.dumps(price["conditions"], option=orjson.OPT_SORT_KEYS).decode()
            yield _line([*known, *(price[key] for key in PRICE), conditions, *(price[key] for key in DATED)])
        if not rows:
            yield _line([*known, *("" for _ in (*PRICE, "conditions", *DATED))])
        _announced(offered)


def write_lines(offers: Iterable[Offered], seller: Seller) -> Iterator[bytes]:
    """Write a line per model."""
    for offered in offers:
        record = _record(offered)
        row = {key: record[key] for key in LINES} | {
            "url": f"{seller.url}{record['path']}",
            "lifecycle": offered.facts.lifecycle,
            "prices": [row for row in offered.facts.prices if offered.kind in (None, row["kind"])],
        }
        _announced(offered)
        yield orjson.dumps(row) + b"\n"


def _record(offered: Offered) -> dict[str, Any]:
    # A record stored by an earlier release lacks newer fields.
    return {field.key: field.type.unknown() for field in FIELDS} | dict(offered.record)


def _cell(value: Any) -> Any:
    if isinstance(value, bool | list):
        return orjson.dumps(value).decode() if value != [] else ""
    return value


def safe(value: Any) -> str:
    """Return a cell that no spreadsheet runs, with an apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text


def _announced(offered: Offered) -> None:
    if offered.facts.announced:
        offered.lose("announced prices", "the rows hold prices of one instant: ask with at=")


def _line(values: Iterable[Any]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([safe(value) for value in values])
    return line.getvalue().encode()
