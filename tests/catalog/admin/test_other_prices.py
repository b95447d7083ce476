"""Prices beside those in force: added, announced and taken back, and by whom."""

import pytest
from django.utils import timezone

from catalog.models import ChangeEvent, Document, Price
from catalog.pricing.units import METERS
from catalog.publishing.publish import current_revision
from catalog.records.record import read_record
from price_desk import GOOD, NEW, NOON, WHY, after, refused, state_of, to
from rows import a_price

pytestmark = pytest.mark.django_db


def test_a_price_is_added_for_another_component(desk, price):
    answer = desk.post(to("price_new", price.variant_id), NEW, follow=True)
    assert "Published for testfam-priced: $1.875 per 1M tokens" in answer.content.decode()
    new = Price.objects.get(variant=price.variant, meter="output_tokens")
    assert (new.kind, new.per, new.conditions, new.conditions_key) == ("sell", 1_000_000, {}, "{}")
    assert (new.origin, new.reason, new.revision.number) == ("admin", WHY, current_revision()[0])


@pytest.mark.slow
@pytest.mark.parametrize("meter", [name for name in METERS if name != "input_tokens"])
def test_a_unit_that_is_left_out_is_the_usual_one_of_the_meter(desk, price, meter):
    sent = NEW | {"meter": meter, "per": ""}
    assert desk.post(to("price_new", price.variant_id), sent)["Location"] == to(
        "variant_change", price.variant_id
    )
    assert Price.objects.get(variant=price.variant, meter=meter).per == METERS[meter].per


def test_the_form_itself_chooses_no_unit_and_says_what_is_usual(desk, price):
    page = desk.get(to("price_new", price.variant_id)).content.decode()
    assert '<option value="" selected>As usual for the meter</option>' in page
    assert "1M tokens, image, second, 1K characters, 1M UTF-8 bytes, page, 1K searches, request." in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"meter": "input_tokens"}, "it is now"),
        ({"meter": "bogus"}, "not one of the available choices"),
        ({"per": "7"}, "not one of the available choices"),
        ({"kind": ""}, "required"),
        ({"conditions": "{"}, "Enter a valid JSON"),
        ({"conditions": "[1]"}, "conditions"),
        ({"conditions": '"x"'}, "conditions"),
        ({"conditions": '{"service_tier": 5}'}, "service_tier"),
        ({"conditions": '{"prompt_tokens_over": -1}'}, "prompt_tokens_over"),
        ({"conditions": "[" * 100_000}, "Enter a valid JSON"),
        ({"amount": "1,5"}, "not an amount"),
        ({"effective_from_0": "2020-01-01", **NOON}, "has passed"),
    ],
)
def test_a_price_that_cannot_be_is_not_added(desk, price, sent, words):
    assert words in refused(desk, price.variant, to("price_new", price.variant_id), NEW | sent)


def test_a_tie_is_refused_when_it_is_saved(desk, price):
    a_price(price.variant, conditions={"service_tier": "batch"})
    sent = NEW | {"meter": "input_tokens", "conditions": '{"prompt_tokens_over": 200000}'}
    assert "neither wins" in refused(desk, price.variant, to("price_new", price.variant_id), sent)


def test_an_announced_price_is_cancelled_by_one_click(desk, price):
    desk.post(to("price_succeed", price.pk), GOOD | after(1))
    announced = Price.objects.get(variant=price.variant, effective_until=None)
    address = to("price_cancel", announced.pk)
    assert desk.get(address).status_code == 404
    answer = desk.post(address, follow=True)
    assert "The announced price is cancelled." in answer.content.decode()
    price.refresh_from_db()
    assert price.effective_until is None
    assert list(Price.objects.filter(variant=price.variant)) == [price]
    prices = read_record(Document.objects.get(pk=price.variant_id).body)["prices"]
    assert [row["effective_until"] for row in prices] == [None]
    assert ChangeEvent.objects.first().summary.endswith("cancelled")
    assert desk.post(address).status_code == 404


def test_a_price_that_has_begun_is_not_cancelled(desk, price):
    before = state_of(price.variant)
    answer = desk.post(to("price_cancel", price.pk), follow=True)
    assert "This price has begun" in answer.content.decode()
    assert state_of(price.variant) == before


@pytest.mark.slow
def test_a_price_row_is_read_only_for_everybody(desk, price_desk, content_desk, price):
    address, before = to("price_change", price.pk), state_of(price.variant)
    for who in (desk, price_desk, content_desk):
        page = who.get(address).content.decode()
        assert 'name="amount"' not in page
        assert 'name="_save"' not in page
        assert who.post(address, {"amount": "9"}).status_code == 403
        assert who.get(to("price_add")).status_code == 403
    assert state_of(price.variant) == before


def test_a_price_editor_changes_prices_and_a_content_editor_does_not(price_desk, content_desk, price):
    screens = [to("price_succeed", price.pk), to("price_new", price.variant_id)]
    before = state_of(price.variant)
    for address in screens:
        assert content_desk.get(address).status_code == 404
        assert content_desk.post(address, NEW).status_code == 404
    page = content_desk.get(to("variant_change", price.variant_id)).content.decode()
    assert screens[0] not in page
    assert state_of(price.variant) == before
    page = price_desk.get(to("variant_change", price.variant_id)).content.decode()
    assert all(address in page for address in screens)
    assert price_desk.post(screens[0], GOOD | after(1)).status_code == 302
    assert price_desk.post(screens[1], NEW).status_code == 302
    announced = Price.objects.filter(variant=price.variant).after(timezone.now()).get()
    assert content_desk.post(to("price_cancel", announced.pk)).status_code == 404
    assert price_desk.post(to("price_cancel", announced.pk)).status_code == 302


def test_a_price_or_model_that_is_not_there_is_not_found(desk):
    for address in (to("price_succeed", 10**9), to("price_cancel", 10**9), to("price_new", 10**9)):
        assert desk.get(address).status_code == 404
        assert desk.post(address, GOOD).status_code == 404


def test_a_number_beyond_all_databases_is_not_found(desk):
    for address in (to("price_succeed", 10**30), to("price_new", 10**30), to("variant_change", 10**30)):
        assert desk.get(address).status_code in (302, 404)


def test_a_stranger_is_asked_to_sign_in_and_a_forged_form_is_refused(client, administrator, price):
    before = state_of(price.variant)
    assert client.post(to("price_succeed", price.pk), GOOD)["Location"].startswith("/admin/login/")
    forger = type(client)(enforce_csrf_checks=True)
    forger.force_login(administrator)
    for address in (to("price_succeed", price.pk), to("price_cancel", price.pk)):
        assert forger.post(address, GOOD).status_code == 403
    assert state_of(price.variant) == before
