"""The admin confirms inferred units of prices, which are then no longer marked."""

from contextlib import contextmanager

import pytest
from django.contrib.auth.models import Permission

from catalog.admin import prices
from catalog.models import ChangeEvent, Price
from catalog.publishing.price_changes import RefusedError, confirm_unit
from catalog.publishing.publish import publish
from catalog.vocabulary import Origin
from price_desk import to
from rows import a_price

pytestmark = pytest.mark.django_db


def act(client, *prices):
    sent = {"action": "confirm_units", "_selected_action": [price.pk for price in prices]}
    return client.post(to("price_changelist"), sent, follow=True).content.decode()


def test_the_unit_of_selected_prices_is_confirmed(desk, price):
    doubtful = a_price(price.variant, meter="images", unit_is_inferred=True)
    assert "Inferred" in desk.get(to("price_changelist") + "?unit_is_inferred__exact=1").content.decode()
    assert "Unit confirmed: 1 price." in act(desk, price, doubtful)
    assert not Price.objects.get(pk=doubtful.pk).is_doubtful
    event = ChangeEvent.objects.order_by("-pk").first()
    assert "unit confirmed" in event.summary
    assert event.revision.actor is not None
    assert "No unit of these prices is inferred." in act(desk, doubtful)


def test_two_who_confirm_at_once_are_one_event(desk, price, monkeypatch):
    doubtful = a_price(price.variant, meter="images", unit_is_inferred=True)

    @contextmanager
    def after_another(**how):
        with publish(actor=None, origin=Origin.ADMIN, reason="Just before") as edition:
            confirm_unit(edition, Price.objects.get(pk=doubtful.pk))
        with publish(**how) as edition:
            yield edition

    monkeypatch.setattr(prices, "publish", after_another)
    assert "No unit of these prices is inferred." in act(desk, doubtful)
    assert ChangeEvent.objects.filter(summary__contains="unit confirmed").count() == 1


def test_a_unit_that_cannot_be_confirmed_is_refused_in_words(desk, price, monkeypatch):
    doubtful = a_price(price.variant, meter="images", unit_is_inferred=True)

    def refuse(*_args):
        raise RefusedError("Not this one.")

    monkeypatch.setattr(prices, "confirm_unit", refuse)
    assert "Not this one." in act(desk, doubtful)


def test_who_may_not_change_prices_may_not_confirm_their_units(client, price, django_user_model):
    viewer = django_user_model.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_price"))
    client.force_login(viewer)
    doubtful = a_price(price.variant, meter="images", unit_is_inferred=True)
    act(client, doubtful)
    assert Price.objects.get(pk=doubtful.pk).is_doubtful
