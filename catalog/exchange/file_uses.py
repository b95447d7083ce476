"""Reads and writes what families are best for in catalog files."""

from collections.abc import Mapping
from typing import Any

from catalog.exchange.file_table import FileTable

KEYS = ("title", "body", "rests_on")


def read_uses(table: FileTable) -> list[dict[str, Any]] | None:
    """Read what a family is best for."""
    tables = table.tables("best_for")
    return None if tables is None else [_use(row) for row in tables]


def written_use(use: Mapping[str, Any]) -> dict[str, Any]:
    """Return a use with its keys in order."""
    return {key: use.get(key) for key in KEYS}


def _use(table: FileTable) -> dict[str, Any]:
    row = {
        "title": table.text("title", longest=120, required=True),
        "body": table.markdown("body", required=True),
        "rests_on": table.text("rests_on", longest=60, required=True),
    }
    table.finish()
    return row
