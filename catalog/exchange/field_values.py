"""Reads and writes fields of models in files, by their types."""

from collections.abc import Iterable, Mapping, Sequence
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
    TableType,
    TextType,
    YesNoType,
)
from catalog.records.fields import FIELDS
from catalog.text.identifiers import check_cutoff
from catalog.vocabulary import Protocol

# A replacement is read apart, once every model is there.
FILE_FIELDS = tuple(field for field in FIELDS if not isinstance(field.type, OtherModelType))


def read_fields(table: FileTable) -> dict[str, Any]:
    """Read all fields, None if absent."""
    return {field.name: read_value(table, field.name, field.type) for field in FILE_FIELDS}


def written_fields(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns as files state them."""
    return {field.name: _written(columns.get(field.name), field.type) for field in FILE_FIELDS}


def name_vector_size(fields: dict[str, Any], groups: Mapping[str, Sequence[dict[str, Any]]]) -> None:
    """Call what an embedding model has as its longest output the size of its vectors."""
    # Release 0.1.0 wrote it so.
    protocols = {row["protocol"] for row in groups.get("endpoints", ())}
    if (
        protocols != {Protocol.OPENAI_EMBEDDINGS}
        or fields["max_output_tokens"] is None
        or fields["vector_size"] is not None
    ):
        return
    fields["vector_size"], fields["max_output_tokens"] = fields["max_output_tokens"], None
    for row in groups.get("sources", ()):
        row["fields"] = ["vector_size" if name == "max_output_tokens" else name for name in row["fields"]]


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
        case TableType():
            inner = table.table(key)
            return None if inner is None else _read_table(inner, kind.columns, kind.required)
        case OtherModelType():
            return table.text(key, longest=200)
        case _:
            assert_never(kind)


def _read_rows(table: FileTable, key: str, kind: RowsType) -> list[dict[str, Any]] | None:
    tables = table.tables(key)
    if tables is None:
        return None
    rows = [_read_table(row, kind.columns, kind.identity, kind.needs) for row in tables]
    named = [" ".join(str(row[name]) for name in kind.identity) for row in rows]
    twice = next((words for words in named if named.count(words) > 1), None)
    if twice:
        raise table.refuse(key, f"{twice} stands there twice")
    return rows


def _read_table(
    table: FileTable,
    columns: Mapping[str, ColumnType],
    required: Iterable[str],
    needs: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    values = {name: _plain(read_value(table, name, column)) for name, column in columns.items()}
    table.finish()
    for name in required:
        if values[name] is None:
            raise table.refuse(None, f"{name!r} is missing")
    for name, other in (needs or {}).items():
        if values[name] is not None and values[other] is None:
            words = ", ".join(getattr(columns[other], "labels", None) or ())
            raise table.refuse(None, f"{name!r} needs {other!r}: use one of {words}")
    return {name: value for name, value in values.items() if value is not None}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _written(value: Any, kind: FieldType) -> Any:
    if isinstance(kind, RowsType):
        return [_table(row, kind.columns) for row in value or []]
    return _table(value, kind.columns) if isinstance(kind, TableType) and value else value


def _table(row: Mapping[str, Any], columns: Mapping[str, ColumnType]) -> dict[str, Any]:
    # PostgreSQL's jsonb forgets the order of keys.
    return {name: _dated(row[name], kind) for name, kind in columns.items() if name in row}


def _dated(value: Any, kind: ColumnType) -> Any:
    return date.fromisoformat(value) if isinstance(kind, DayType) else value
