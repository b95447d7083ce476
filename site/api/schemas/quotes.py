"""A quote's shape."""

from datetime import datetime
from typing import Any, Literal

from ninja import Schema

from api.schemas.words import KindWord


class QuoteLine(Schema):
    """One meter: `quantity` at `unit_amount` for `per` makes `amount`, exactly."""

    meter: str
    quantity: str
    per: int
    unit: str
    unit_amount: str
    amount: str
    state: Literal["known", "free"]
    conditions: dict[str, Any]
    price_id: int
    unheeded: list[str]


class UnpricedMeter(Schema):
    """A meter that was used and has no amount."""

    meter: str
    quantity: str
    reason: Literal["not_published", "dynamic", "on_request", "ambiguous", "other_currency"]


class Quote(Schema):
    """What a use costs. `total` is null whenever `unpriced` is not empty; `subtotal` adds up the lines."""

    model: str
    kind: KindWord
    currency: str | None
    total: str | None
    subtotal: str
    lines: list[QuoteLine]
    unpriced: list[str]
    unpriced_details: list[UnpricedMeter]
    at: datetime
    revision: int
