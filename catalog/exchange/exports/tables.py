"""Writes the catalog as rows: CSV, one line a price, and JSON lines, one line a model."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from catalog.exchange.exports.base import Offered, Seller

MODEL = (
    "model_id",
    "name",
    "modality",
    "released_on",
    "deprecated_on",
    "retires_on",
    "context_window",
    "max_output_tokens",
    "knowledge_cutoff",
)
LISTS = ("input_modalities", "output_modalities", "capabilities", "aliases")
PRICE = ("kind", "state", "meter", "amount", "currency", "per")
DATED = ("effective_from", "effective_until", "source_url", "checked_on")
COLUMNS = (*MODEL, "provider", "family", "lifecycle", *LISTS, *PRICE, "conditions", *DATED)
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
LINES = (
    *("model_id", "slug", "name", "provider", "family", "aliases", "modality", "input_modalities"),
    *("output_modalities", "task_type", "released_on", "deprecated_on", "retires_on", "replacement"),
    *("commercial_use", "open_weights", "context_window", "max_output_tokens", "knowledge_cutoff"),
    *("capabilities", "actions", "endpoints", "parameters", "rules", "sources"),
)


def write_csv(offers: Iterable[Offered], _seller: Seller) -> Iterator[bytes]:
    """Write RFC 4180: a header, then a line for each price, and one for a model without any."""
    yield _line(COLUMNS)
    for offered in offers:
        record: dict[str, Any] = dict(offered.record)
        known = [
            *(record[key] for key in MODEL),
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
    """Write a line for each model, with its prices in force."""
    for offered in offers:
        record: dict[str, Any] = dict(offered.record)
        row = {key: record[key] for key in LINES} | {
            "url": f"{seller.url}{record['path']}",
            "lifecycle": offered.facts.lifecycle,
            "prices": [row for row in offered.facts.prices if offered.kind in (None, row["kind"])],
        }
        _announced(offered)
        yield orjson.dumps(row) + b"\n"


def safe(value: Any) -> str:
    """Write a cell that no spreadsheet takes for a formula: such a text gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text


def _announced(offered: Offered) -> None:
    if offered.facts.announced:
        offered.lose("announced prices", "the rows hold prices of one instant: ask with at=")


def _line(values: Iterable[Any]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([safe(value) for value in values])
    return line.getvalue().encode()
