"""Describes a model's fields for the API, from the field table."""

from datetime import date
from typing import Any, Literal, assert_never

from ninja import Field, Schema
from pydantic import create_model

from catalog.records.field_types import (
    AddressType,
    ChoiceType,
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
from catalog.records.fields import in_output


def described_fields() -> list[tuple[str, tuple[str, tuple[Any, Any]]]]:
    """List each field's name, and pydantic's name, type and description."""
    return [
        (field.name, (field.name, (_annotation(field.type), Field(description=field.api_docs or None))))
        for field in in_output("api")
    ]


def _annotation(kind: FieldType) -> Any:
    # What is not known is null, and of several values an empty list.
    match kind:
        case NumberType():
            return int | None
        case DayType():
            return date | None
        case YesNoType():
            return bool | None
        case ChoiceType():
            return Literal[*kind.labels] | None
        case SetType():
            return list[str] if kind.grows or kind.labels is None else list[Literal[*kind.labels]]  # type: ignore[valid-type]
        case RowsType():
            columns = {name: (_annotation(column), ...) for name, column in kind.columns.items()}
            return list[create_model(kind.row, __base__=Schema, **columns)]  # type: ignore[call-overload, misc]
        case TableType():
            columns = {name: (_annotation(column), ...) for name, column in kind.columns.items()}
            return create_model(kind.table, __base__=Schema, **columns) | None  # type: ignore[call-overload]
        case TextType() | AddressType() | MonthType() | OtherModelType():
            return str | None
        case _:
            assert_never(kind)
