"""Shapes of trouble, changes and errors."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from ninja import Field, Schema
from pydantic import create_model

from api.schemas.models import Price
from api.schemas.words import ChangeWord, SeverityWord
from catalog.pricing.price import DatedPriceRecord

VALUE = (
    "Null is nothing. Of a `price` a price, or a sentence where version 0.1.0 kept the change; of what was "
    "`added` its ID or slug; else the fields that changed, a word of status, or all rows of a list."
)


class StatusItem(Schema):
    """A model that is not operational."""

    model_id: str
    severity: SeverityWord
    since: datetime | None
    message: str | None


class Status(Schema):
    """The health of the whole catalog."""

    overall: SeverityWord
    items: list[StatusItem]


# Made from the record's own fields, which mypy cannot follow.
if TYPE_CHECKING:
    ChangedPrice = Price
else:
    ChangedPrice = create_model(
        "ChangedPrice",
        __base__=Schema,
        __doc__="A price before or after a change. `amount` is a plain decimal string for `per` of `meter`.",
        **{name: (Price.model_fields[name].annotation, ...) for name in DatedPriceRecord.__annotations__},
    )
ChangedValue = ChangedPrice | dict[str, Any] | list[Any] | str | None


class Change(Schema):
    """One fact that a revision changed; `model_id` is null for families and providers."""

    revision: int
    at: datetime
    kind: ChangeWord
    model_id: str | None
    subject: str
    summary: str
    before: ChangedValue = Field(description=VALUE)
    after: ChangedValue = Field(description=VALUE)


class ChangeList(Schema):
    """A page of changes."""

    items: list[Change]
    count: int
    next: str | None


class BadParameter(Schema):
    """One parameter that was refused, and why."""

    loc: str
    msg: str


class Problem(Schema):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[BadParameter] | None = Field(None, description="With 422: what was refused, and why.")
    suggestions: list[str] | None = Field(
        None, description="With 404 for a model: the IDs that come nearest to what was asked for."
    )
