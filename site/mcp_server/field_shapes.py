"""A model's fields in the tools' answers."""

from typing import Any, assert_never

from pydantic import BaseModel, create_model

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


def shaped_fields(base: type[BaseModel], *, is_brief: bool) -> list[tuple[str, tuple[str, tuple[Any, Any]]]]:
    """List names and pydantic types of fields."""
    return [
        (field.name, (field.name, (_annotation(field.type, base), ...)))
        for field in in_output("api")
        if field.is_brief is is_brief
    ]


def _annotation(kind: FieldType, base: type[BaseModel]) -> Any:
    match kind:
        case NumberType():
            return int | None
        case YesNoType():
            return bool | None
        case SetType():
            return list[str]
        case RowsType():
            columns = {name: (_annotation(column, base), ...) for name, column in kind.columns.items()}
            return list[create_model(kind.row, __base__=base, **columns)]  # type: ignore[call-overload, misc]
        case TableType():
            columns = {name: (_annotation(column, base), ...) for name, column in kind.columns.items()}
            return create_model(kind.table, __base__=base, **columns) | None  # type: ignore[call-overload]
        case TextType() | AddressType() | MonthType() | DayType() | ChoiceType() | OtherModelType():
            return str | None
        case _:
            # A type checker reports a new type of field here.
            assert_never(kind)
