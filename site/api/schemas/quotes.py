"""A quote's shape."""

from datetime import datetime
from typing import Any, Literal

from ninja import Schema

from api.schemas.words import KindWord, ProtocolWord, ReasonWord, WarningWord


class QuoteLine(Schema):
    """One meter: `billed_quantity` at `unit_amount` for `per` makes `amount`, exactly."""

    meter: str
    quantity: str
    billed_quantity: str
    per: int
    unit: str
    unit_amount: str
    amount: str
    state: Literal["known", "free"]
    conditions: dict[str, Any]
    price_id: int
    unheeded: list[str]
    unit_is_inferred: bool


class UnpricedMeter(Schema):
    """A meter that was used and has no amount."""

    meter: str
    quantity: str
    reason: ReasonWord


class QuoteWarning(Schema):
    """Why a quote might mislead."""

    code: WarningWord
    message: str


class Quote(Schema):
    """What a use costs. `total` is null whenever `unpriced` is not empty; `subtotal` adds up the lines.

    A `total` stands for what was meant only where `warnings` is empty.
    """

    model: str
    kind: KindWord
    calls: int
    currency: str | None
    total: str | None
    subtotal: str
    lines: list[QuoteLine]
    unpriced: list[str]
    unpriced_details: list[UnpricedMeter]
    warnings: list[QuoteWarning]
    at: datetime
    revision: int


class UsageQuote(Schema):
    """What a usage object counts, and what that costs. `unread` lists fields that no meter counts."""

    protocol: ProtocolWord
    meters: dict[str, int]
    unread: list[str]
    quote: Quote
