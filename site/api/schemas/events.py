"""The shapes of what happens: trouble, changes, and requests that go wrong."""

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from api.schemas.words import SeverityWord


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


class Change(Schema):
    """One fact that a revision changed; `model_id` is null for families and providers."""

    revision: int
    at: datetime
    kind: Literal["price", "lifecycle", "status", "catalog"]
    model_id: str | None
    subject: str
    summary: str
    before: Any
    after: Any


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
