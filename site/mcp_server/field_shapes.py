"""The fields of a model as the tools answer them, from the table that names them."""

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
    TextType,
    YesNoType,
)
from catalog.records.fields import in_output


def shaped_fields(base: type[BaseModel], *, is_brief: bool) -> list[tuple[str, tuple[str, tuple[Any, Any]]]]:
    """List each field's name, and for pydantic its name and type: those of lists, or those of one model."""
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
        case TextType() | AddressType() | MonthType() | DayType() | ChoiceType() | OtherModelType():
            return str | None
        case _:
            assert_never(kind)
