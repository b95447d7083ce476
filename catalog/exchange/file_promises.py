"""Reads and writes the operator's promises in catalog files."""

from typing import Any

from catalog.exchange.document import PromiseEntry
from catalog.exchange.file_prices import checked, read_source
from catalog.exchange.file_table import FileTable
from catalog.records.promises import OF_DAYS, OF_PATHS, check_value
from catalog.vocabulary import PromiseName

# No provider's slug has an underscore.
FILE = "_promises"
COLUMNS = ("value", "is_stated", "source_url", "source_label", "checked_on")


def read_promises(top: FileTable) -> list[PromiseEntry]:
    """Read the promises of a file."""
    return [_promise(table) for table in top.tables("promise") or []]


def _promise(table: FileTable) -> PromiseEntry:
    name = table.choice("name", PromiseName.values, required=True) or ""
    value = _value(table, name)
    checked(table, "value", value, lambda text: check_value(name, text))
    is_stated = table.flag("is_stated")
    fields = {"value": value, "is_stated": is_stated is not False, **read_source(table)}
    table.finish()
    stated = {key: field for key, field in fields.items() if field is not None}
    return PromiseEntry(name, stated, table.place())


def _value(table: FileTable, name: str) -> str:
    if name in OF_DAYS:
        return str(table.whole("value", least=1, required=True))
    return table.text("value", longest=300, required=name in OF_PATHS) or ""


def written_promise(entry: PromiseEntry) -> dict[str, Any]:
    """Return a promise as files state it, without its source."""
    value = entry.fields.get("value")
    return {
        "name": entry.slug,
        "value": int(value) if value and entry.slug in OF_DAYS else value,
        # Silence of a file about it means that it is promised.
        "is_stated": None if entry.fields["is_stated"] else False,
    }
