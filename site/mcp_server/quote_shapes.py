"""The shape of a quote that a tool answers."""

from typing import Any

from pydantic import Field

from mcp_server.shapes import Answer, Shape


class LineShape(Shape):
    """One meter: `billed_quantity` at `unit_amount` for `per` makes `amount`, exactly."""

    meter: str
    quantity: str
    billed_quantity: str
    per: int
    unit: str
    unit_amount: str
    amount: str
    state: str
    conditions: dict[str, Any]
    price_id: int
    unheeded: list[str]
    unit_is_inferred: bool


class UnpricedShape(Shape):
    """A meter that was used and has no amount."""

    meter: str
    quantity: str
    reason: str


class WarningShape(Shape):
    """Why a quote might mislead."""

    code: str
    message: str


class Quoted(Answer):
    """What a use costs. `total` is null whenever `unpriced` is not empty; `subtotal` adds up the lines."""

    model: str
    kind: str
    calls: int
    currency: str | None
    total: str | None
    subtotal: str
    lines: list[LineShape]
    unpriced: list[str]
    unpriced_details: list[UnpricedShape]
    warnings: list[WarningShape]
    at: str
    revision: int
    hint: str | None = Field(description="What to ask instead, where a total is null and that would help.")
    more: str = Field(description="The same quote at the JSON API.")
