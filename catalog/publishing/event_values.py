"""Values of change events: as JSON, and in the words of a summary; what a price is called there."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import models

from catalog.models import Price
from catalog.pricing.conditions import describe
from catalog.pricing.units import METERS


def as_json(value: Any) -> Any:
    """Convert for JSON; amounts become plain decimal strings."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [as_json(item) for item in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, models.Model):
        return str(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value


def in_words(value: Any) -> str:
    """Return a value for a summary; rows of a table are counted."""
    if value is None or value in ("", []):
        return "not stated"
    if isinstance(value, list):
        is_table = isinstance(value[0], dict)
        return f"{len(value)} row{'s'[: len(value) > 1]}" if is_table else ", ".join(map(str, value))
    return row_in_words(value) if isinstance(value, dict) else str(value)


def row_in_words(row: Mapping[str, Any]) -> str:
    """Return what a row of a table holds, by name: a database gives its keys in an order of its own."""
    return " · ".join(str(row[name]) for name in sorted(row) if row[name])


def subject(price: Price) -> str:
    """Return model, meter and conditions of a price."""
    where = f" ({', '.join(describe(price.conditions))})" if price.conditions else ""
    kind = "" if price.kind == "sell" else "list "
    return f"{price.variant}: {kind}price of {METERS[price.meter].label.lower()}{where}"
