"""Changing prices in the admin: a successor from the model's page, previewed, published, and never twice."""

import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from catalog.models import ChangeEvent, Price, Revision
from catalog.publishing import build_records
from catalog.publishing.price_changes import RefusedError, Successor, succeed
from catalog.publishing.publish import current_revision, publish
from catalog.vocabulary import Origin, PriceState
from price_desk import GOOD, HOUR, NOON, WHY, YEAR, after, refused, state_of, to
from rows import a_price, a_variant

pytestmark = pytest.mark.django_db


def test_the_model_page_shows_every_price_and_the_way_to_change_it(desk, price):
    start = timezone.now() + HOUR
    closed = a_price(price.variant, meter="output_tokens", amount=Decimal(3), effective_until=start)
    announced = a_price(price.variant, meter="output_tokens", amount=Decimal(2), effective_from=start)
    page = desk.get(to("variant_change", price.variant_id)).content.decode()
    for text in ("$1.50", "$3.00", "$2.00", "1M tokens", "Test price list", "Successor announced"):
        assert text in page, text
    assert f"{start:%Y-%m-%d %H:%M} UTC (announced)" in page
    assert to("price_succeed", price.pk) in page
    assert to("price_cancel", announced.pk) in page
    assert to("price_succeed", closed.pk) not in page
    assert to("price_new", price.variant_id) in page
    assert ".00" not in page.partition("(announced)")[0].rpartition("<td>")[2]


def test_a_model_without_prices_says_what_visitors_see(desk):
    page = desk.get(to("variant_change", a_variant().pk)).content.decode()
    assert "No price is recorded" in page


def test_the_screen_shows_old_and_new_with_unit_reason_and_source(desk, price):
    page = desk.get(to("price_succeed", price.pk)).content.decode()
    assert "$1.50 per 1M tokens" in page
    for field in ("state", "amount", "effective_from_0", "reason", "source_label", "source_url"):
        assert f'name="{field}"' in page
    assert "Test price list" not in page


def test_a_preview_says_what_visitors_will_see_and_changes_nothing(desk, price):
    before = state_of(price.variant)
    sent = {key: value for key, value in GOOD.items() if key != "_apply"} | {"_preview": "1"}
    answer = desk.post(to("price_succeed", price.pk), sent)
    said = " ".join(answer.content.decode().partition('id="preview"')[2].partition("</fieldset>")[0].split())
    assert "<strong>$1.875 per 1M tokens</strong>, at once." in said
    assert "Before: $1.50 per 1M tokens. That is 25% more." in said
    assert 'value="1.875"' in answer.content.decode()
    assert state_of(price.variant) == before
    later = desk.post(to("price_succeed", price.pk), sent | {"effective_from_0": f"{YEAR}-05-01"} | NOON)
    assert f"on {YEAR}-05-01 at 12:00 UTC." in later.content.decode()
    assert state_of(price.variant) == before


def test_a_price_is_changed_at_once_and_everybody_sees_it(desk, administrator, price, client):
    number, _ = current_revision()
    answer = desk.post(to("price_succeed", price.pk), GOOD, follow=True)
    assert answer.redirect_chain == [(to("variant_change", price.variant_id), 302)]
    assert "Published for testfam-priced: $1.875 per 1M tokens from" in answer.content.decode()
    new = Price.objects.get(variant=price.variant, effective_until=None)
    price.refresh_from_db()
    assert price.effective_until == new.effective_from <= timezone.now()
    assert (price.amount, new.amount) == (Decimal("1.5"), Decimal("1.875"))
    assert (new.source_label, new.source_url) == ("New price list", "https://example.com/new")
    assert (new.origin, new.reason, new.checked_on) == ("admin", WHY, timezone.now().date())
    revision = Revision.objects.get(number=number + 1)
    assert (revision.actor, revision.origin, revision.reason) == (administrator, "admin", WHY)
    event = revision.events.get()
    assert (event.before["amount"], event.after["amount"]) == ("1.5", "1.875")
    page = client.get("/models/testfam/priced").content.decode()
    assert "$1.875" in page
    assert WHY not in page
    (row,) = client.get("/api/v1/models/testfam-priced/prices").json()["items"]
    assert (row["amount"], row["source_url"]) == ("1.875", "https://example.com/new")


def test_a_price_is_announced_and_holds_from_that_instant_on(desk, price, client):
    start = datetime(YEAR, 5, 1, 12, tzinfo=UTC)
    sent = {**GOOD, "effective_from_0": f"{YEAR}-05-01", **NOON}
    desk.post(to("price_succeed", price.pk), sent)
    mine = Price.objects.filter(variant=price.variant)
    assert [row.amount for row in mine.at(start - timedelta(milliseconds=1))] == [Decimal("1.5")]
    assert [row.amount for row in mine.at(start)] == [Decimal("1.875")]
    address = "/api/v1/models/testfam-priced/prices"
    assert client.get(address).json()["items"][0]["amount"] == "1.5"
    assert client.get(f"{address}?at={YEAR}-05-01T12:00:00Z").json()["items"][0]["amount"] == "1.875"


@pytest.mark.parametrize(
    ("state", "words"), [("free", "Free"), ("dynamic", "Dynamic"), ("on_request", "On request")]
)
def test_a_price_becomes_a_word(desk, price, state, words):
    answer = desk.post(to("price_succeed", price.pk), {**GOOD, "state": state, "amount": ""})
    if state == "free":
        # What becomes free is asked about first.
        desk.post(answer["Location"], {"_approve": "1", "phrase": "confirm 1"})
    held = Price.objects.filter(variant=price.variant).at(timezone.now()).get()
    assert (held.state, held.amount) == (state, Decimal(0) if state == "free" else None)
    assert words in desk.get(to("variant_change", price.variant_id)).content.decode()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"amount": ""}, "Give an amount above zero"),
        ({"amount": "0"}, "Give an amount above zero"),
        ({"amount": "1,5"}, "'1,5' is not an amount"),
        ({"amount": "-1"}, "negative"),
        ({"amount": "1e9"}, "too large"),
        ({"amount": "1000000000"}, "too large"),
        ({"amount": "9" * 5000}, "too long"),
        ({"amount": "0.0000000001"}, "9 decimals"),
        ({"amount": "NaN"}, "not an amount"),
        ({"amount": "Infinity"}, "not an amount"),
        ({"amount": "$1"}, "not an amount"),
        ({"amount": "\u0661"}, "not an amount"),
        ({"amount": "1\0"}, "Null characters"),
        ({"amount": "1.5"}, "Nothing would change"),
        ({"state": ""}, "required"),
        ({"state": "bogus"}, "not one of the available choices"),
        ({"state": "free"}, "Leave this empty"),
        ({"state": "dynamic"}, "Leave this empty"),
        ({"reason": ""}, "required"),
        ({"reason": "because"}, "at least 10 characters"),
        ({"reason": "x" * 501}, "at most 500 characters"),
        ({"source_label": ""}, "required"),
        ({"source_label": "x" * 301}, "at most 300 characters"),
        ({"source_url": "javascript:alert(1)"}, "valid URL"),
        ({"effective_from_0": "2020-01-01", **NOON}, "has passed"),
        ({"effective_from_0": f"{YEAR}-05-01"}, "Enter a valid time"),
        ({"effective_from_0": "tomorrow", **NOON}, "Enter a valid date"),
        ({"effective_from_0": f"{YEAR}-02-30", **NOON}, "Enter a valid date"),
        ({"effective_from_0": "99999-01-01", **NOON}, "Enter a valid date"),
        ({"effective_from_0": "0001-01-01", **NOON}, "has passed"),
        ({"effective_from_0": "9999-12-31", **NOON}, "ten years ahead"),
    ],
)
def test_bad_input_is_named_and_changes_nothing(desk, price, sent, words):
    assert words in refused(desk, price.variant, to("price_succeed", price.pk), GOOD | sent)


def test_an_empty_form_is_refused_field_by_field(desk, price):
    for address in (to("price_succeed", price.pk), to("price_new", price.variant_id)):
        assert refused(desk, price.variant, address, {}).count("This field is required.") >= 3


def test_a_replayed_post_is_refused_cleanly(desk, price):
    address = to("price_succeed", price.pk)
    assert desk.post(address, GOOD).status_code == 302
    assert "it is now" in refused(desk, price.variant, address, GOOD)
    assert "it is now" in refused(desk, price.variant, address, GOOD | {"amount": "7"})


def test_a_replayed_announcement_is_refused_cleanly(desk, price):
    address, sent = to("price_succeed", price.pk), GOOD | after(1)
    assert desk.post(address, sent).status_code == 302
    assert "Cancel what is announced first" in refused(desk, price.variant, address, sent)


@pytest.mark.engine("postgresql")
def test_of_two_announcements_at_once_one_is_refused():
    """Both are committed on connections of their own, to the tests' catalog; what stays is taken back."""
    held = Price.objects.at(timezone.now()).filter(effective_until=None).first()
    base, gate, said = current_revision()[0], threading.Barrier(2), []

    def announce(amount: str) -> None:
        start = timezone.now() + HOUR
        new = Successor(held.value.becoming(PriceState.KNOWN, Decimal(amount)), start, "", "Test", "At once")
        try:
            gate.wait(timeout=20)
            with publish(actor=None, origin=Origin.ADMIN) as edition:
                succeed(edition, Price.objects.select_for_update().get(pk=held.pk), new)
            said.append("announced")
        except RefusedError as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    try:
        _in_threads(*(partial(announce, amount) for amount in ("7.1", "7.2")))
    finally:
        _in_threads(partial(_take_back, held, base))
    one, other = sorted(said, key=len)
    assert one == "announced"
    assert "Cancel what is announced first" in other


def _in_threads(*jobs) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)


def _take_back(held: Price, base: int) -> None:
    Price.objects.filter(revision__number__gt=base).delete()
    Price.objects.filter(pk=held.pk).update(effective_until=None)
    ChangeEvent.objects.filter(revision__number__gt=base).delete()
    Revision.objects.filter(number__gt=base).delete()
    build_records.rebuild([held.variant_id], base)
    connection.close()
