"""Rows for tests of the database: a model of an own family, and prices that begin when a test says."""

from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from catalog.models import Family, Price, Provider, Variant
from catalog.pricing.conditions import canonical
from catalog.pricing.units import METERS
from catalog.publishing.publish import publish
from catalog.vocabulary import ChangeKind, Origin

_numbers = count(1)


def a_family(slug: str = "testfam") -> Family:
    """A family of a provider of its own; the same one when asked for again."""
    provider, _ = Provider.objects.get_or_create(slug="test-labs", defaults={"name": "Test Labs"})
    family, _ = Family.objects.get_or_create(slug=slug, defaults={"name": slug.title(), "provider": provider})
    return family


def a_variant(model_id: str = "", **fields: Any) -> Variant:
    """A published model of which nothing is known but what a test says."""
    model_id = model_id or f"testfam-{next(_numbers)}"
    values = {"family": a_family(), "slug": model_id.removeprefix("testfam-"), **fields}
    with publish(actor=None, origin=Origin.FILE, reason="Test") as edition:
        variant = edition.add(Variant(model_id=model_id, **values))
        edition.record(ChangeKind.ADDED, variant, f"{variant} added", after=variant.model_id)
    return variant


def price_row(variant: Variant, **fields: Any) -> Price:
    """An unsaved sell price of input, in force since an hour ago."""
    meter = fields.get("meter", "input_tokens")
    conditions = fields.get("conditions", {})
    values: dict[str, Any] = {
        "variant": variant,
        "kind": "sell",
        "state": "known",
        "meter": meter,
        "per": METERS[meter].per,
        "amount": Decimal("1.5"),
        "conditions_key": canonical(conditions),
        "effective_from": timezone.now() - timedelta(hours=1),
        "source_label": "Test price list",
    }
    return Price(**{**values, **fields})


def a_price(variant: Variant, **fields: Any) -> Price:
    """A published price; its model's record shows it."""
    with publish(actor=None, origin=Origin.FILE, reason="Test") as edition:
        price = edition.add(price_row(variant, **fields))
        edition.touch(variant)
    return price
