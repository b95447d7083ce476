"""A price as it is stored and answered."""

from typing import Any, TypedDict


class PriceRecord(TypedDict):
    """One price row; `amount` is a plain decimal string or null, instants are RFC 3339 UTC."""

    id: int
    kind: str
    state: str
    meter: str
    per: int
    unit: str
    amount: str | None
    currency: str
    conditions: dict[str, Any]
    effective_from: str
    effective_until: str | None
    source_url: str | None
    source_label: str
    checked_on: str | None
    note: str
