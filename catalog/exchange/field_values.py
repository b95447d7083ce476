"""Reads and writes fields of models in files, by their types."""

from collections.abc import Mapping
from datetime import date
from typing import Any, assert_never

from catalog.exchange.file_table import FileTable
from catalog.records.field_types import (
    AddressType,
    ChoiceType,
    ColumnType,
    DayType,
    FieldType,
    MonthType,
    NumberType,
    OtherModelType,
    RowsType,
    SetType,
    TextType,
    YesNoType,
)
from catalog.records.fields import FIELDS
from catalog.text.identifiers import check_cutoff

# A replacement is read apart, once every model is there.
FILE_FIELDS = tuple(field for field in FIELDS if not isinstance(field.type, OtherModelType))


def read_fields(table: FileTable) -> dict[str, Any]:
    """Read all fields, None if absent."""
    return {field.name: read_value(table, field.name, field.type) for field in FILE_FIELDS}


def written_fields(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns as files state them."""
    return {field.name: _written(columns.get(field.name), field.type) for field in FILE_FIELDS}


def read_value(table: FileTable, key: str, kind: FieldType) -> Any:
    """Read a value; CatalogFileError says what would be right."""
    match kind:
        case TextType():
            return table.checked_text(key, kind.check, longest=kind.longest)
        case MonthType():
            return table.checked_text(key, check_cutoff)
        case AddressType():
            return table.url(key)
        case NumberType():
            return table.whole(key, least=kind.least)
        case DayType():
            return table.day(key)
        case YesNoType():
            return table.flag(key)
        case ChoiceType():
            return table.choice(key, kind.labels)
        case SetType():
            return table.texts(key) if kind.labels is None else table.choices(key, kind.labels)
        case RowsType():
            return _read_rows(table, key, kind)
        case OtherModelType():
            return table.text(key, longest=200)
        case _:
            assert_never(kind)


def _read_rows(table: FileTable, key: str, kind: RowsType) -> list[dict[str, Any]] | None:
    tables = table.tables(key)
    if tables is None:
        return None
    rows: list[dict[str, Any]] = []
    for row in tables:
        values = {name: _plain(read_value(row, name, column)) for name, column in kind.columns.items()}
        row.finish()
        for name in kind.identity:
            if values[name] is None:
                raise row.refuse(None, f"{name!r} is missing")
        rows.append({name: value for name, value in values.items() if value is not None})
    named = [" ".join(str(row[name]) for name in kind.identity) for row in rows]
    twice = next((words for words in named if named.count(words) > 1), None)
    if twice:
        raise table.refuse(key, f"{twice} stands there twice")
    return rows


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _written(value: Any, kind: FieldType) -> Any:
    if isinstance(kind, RowsType):
        return [{name: _dated(item, kind.columns[name]) for name, item in row.items()} for row in value or []]
    return value


def _dated(value: Any, kind: ColumnType) -> Any:
    return date.fromisoformat(value) if isinstance(kind, DayType) else value
