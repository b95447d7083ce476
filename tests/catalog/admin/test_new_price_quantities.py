"""A new price may say what each call is billed for at least, and in which steps."""

from decimal import Decimal

import pytest

from catalog.models import Price
from price_desk import NEW, refused, to
from rows import a_variant

pytestmark = pytest.mark.django_db


def test_minimum_and_step_are_published(desk):
    variant = a_variant()
    sent = NEW | {"meter": "audio_seconds", "per": "", "minimum": "10", "step": "0.5"}
    assert desk.post(to("price_new", variant.pk), sent).status_code == 302
    price = Price.objects.get(variant=variant)
    assert (price.minimum, price.step, price.is_promotion) == (Decimal(10), Decimal("0.5"), False)


def test_left_empty_there_is_none(desk):
    variant = a_variant()
    assert desk.post(to("price_new", variant.pk), NEW).status_code == 302
    price = Price.objects.get(variant=variant)
    assert (price.minimum, price.step) == (None, None)


@pytest.mark.parametrize(("field", "value"), [("minimum", "0"), ("step", "-1"), ("step", "a second")])
def test_a_quantity_that_is_none_is_refused(desk, field, value):
    variant = a_variant()
    assert "quantity" in refused(desk, variant, to("price_new", variant.pk), NEW | {field: value})
