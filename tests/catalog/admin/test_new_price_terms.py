"""A price is added in another currency, and changed for a time only."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Price
from price_desk import GOOD, NEW, to

pytestmark = pytest.mark.django_db


def days(number):
    day = timezone.now() + timedelta(days=number)
    return {"effective_until_0": f"{day:%Y-%m-%d}", "effective_until_1": "00:00:00"}


def test_a_price_is_added_in_another_currency(desk, price):
    desk.post(to("price_new", price.variant_id), {**NEW, "currency": "CNY"})
    assert Price.objects.get(variant=price.variant, meter="output_tokens").currency == "CNY"


def test_what_is_no_currency_is_refused(desk, price):
    page = desk.post(to("price_new", price.variant_id), {**NEW, "currency": "yen"}).content.decode()
    assert "is not a currency" in page


def test_a_price_is_changed_for_a_time_only(desk, price):
    desk.post(to("price_succeed", price.pk), {**GOOD, **days(5)})
    promotion = Price.objects.get(variant=price.variant, is_promotion=True)
    again = Price.objects.get(variant=price.variant, effective_from=promotion.effective_until)
    assert (again.amount, again.is_promotion, again.effective_until) == (price.amount, False, None)


def test_a_promotion_ends_after_it_begins(desk, price):
    page = desk.post(to("price_succeed", price.pk), {**GOOD, **days(-1)}).content.decode()
    assert "A promotion ends after it begins." in page
    assert Price.objects.filter(variant=price.variant).count() == 1
