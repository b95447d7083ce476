"""Each change reaches each address that asked for it, signed, and says what the API says."""

import os
from datetime import timedelta

import pytest
import standardwebhooks
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import clock
from catalog.models import Variant, Webhook, WebhookAttempt, WebhookDelivery
from catalog.publishing.price_changes import cancel
from catalog.vocabulary import ChangeKind
from catalog.webhooks import signing
from rows import a_variant
from small import TOKENS
from subscribers import ALL, by_admin, cut, deliver, hook, rename

pytestmark = pytest.mark.django_db
DELIVERIES = int(os.environ.get("DELIVERIES", "300"))


def test_a_change_arrives_signed_and_says_what_the_api_says(receiver, client):
    made = hook(receiver.url)
    cut()
    assert deliver()["delivered"] == 1
    (arrived,) = receiver.arrived
    verified = standardwebhooks.Webhook(made.secret).verify(arrived.body, arrived.headers)
    (item,) = client.get("/api/v1/changes?limit=1").json()["items"]
    assert verified == {
        "type": "price.changed",
        "timestamp": item["at"],
        "revision": item["revision"],
        "data": item,
    }
    assert item["model_id"] == TOKENS
    assert arrived.headers["content-type"] == "application/json"
    assert arrived.path == "/hook"
    attempt = WebhookAttempt.objects.get()
    assert (attempt.status, attempt.delivery.state, attempt.delivery.next_at) == (204, "delivered", None)
    assert Webhook.objects.get().answered_at


@pytest.mark.parametrize("fault", ["body", "secret", "timestamp", "id"])
def test_the_verifier_of_others_refuses_what_was_tampered_with(receiver, fault):
    made = hook(receiver.url)
    rename()
    deliver()
    (arrived,) = receiver.arrived
    secret, body, headers = made.secret, arrived.body, dict(arrived.headers)
    if fault == "body":
        body = body.replace(b"Renamed", b"renamed")
    elif fault == "secret":
        secret = signing.new_secret()
    elif fault == "id":
        headers["webhook-id"] += "0"
    else:
        headers["webhook-timestamp"] = str(int(headers["webhook-timestamp"]) - 1_000)
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        standardwebhooks.Webhook(secret).verify(body, headers)


def test_for_a_day_after_a_rotation_both_secrets_verify(receiver):
    made = hook(receiver.url, former_secret=signing.new_secret())
    made.former_until = timezone.now() + timedelta(hours=24)
    made.save()
    rename()
    deliver()
    made.former_until = timezone.now()
    made.save()
    rename("Renamed again")
    deliver()
    first, second = receiver.arrived
    for secret in (made.secret, made.former_secret):
        standardwebhooks.Webhook(secret).verify(first.body, first.headers)
    standardwebhooks.Webhook(made.secret).verify(second.body, second.headers)
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        standardwebhooks.Webhook(made.former_secret).verify(second.body, second.headers)


def test_what_is_rolled_back_is_never_sent(receiver):
    hook(receiver.url)

    def rename_and_fail():
        with by_admin() as edition:
            edition.change(Variant.objects.get(model_id=TOKENS), {"name": "Never"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rename_and_fail()
    assert WebhookDelivery.objects.count() == 0
    assert deliver()["delivered"] == 0


@pytest.mark.parametrize(
    ("kinds", "families", "wanted"),
    [
        (["price"], [], ["price.changed"]),
        (["catalog"], [], ["catalog.changed", "catalog.changed", "model.added"]),
        (["new"], [], ["model.added"]),
        (["lifecycle"], [], ["lifecycle.changed"]),
        (["status"], [], ["status.changed"]),
        (ALL, ["linden"], ["catalog.changed", "lifecycle.changed", "price.changed", "status.changed"]),
        (ALL, ["swirl"], []),
    ],
)
def test_an_address_is_told_of_what_it_asked_for(receiver, kinds, families, wanted):
    other = a_variant("testfam-other")
    hook(receiver.url, kinds, families)
    cut()
    with by_admin() as edition:
        ballad = Variant.objects.get(model_id=TOKENS)
        edition.change(ballad, {"name": "Renamed", "deprecated_on": timezone.now().date()})
        edition.change(ballad.family.provider, {"name": "Renamed"})
        edition.record(ChangeKind.STATUS, ballad, "Down")
        edition.record(ChangeKind.ADDED, other, f"{other.model_id} added to the catalog")
    deliver()
    assert sorted(each.json["type"] for each in receiver.arrived) == wanted


def test_a_disabled_address_is_told_nothing(receiver):
    hook(receiver.url, is_enabled=False)
    rename()
    assert WebhookDelivery.objects.count() == 0


@pytest.mark.slow
def test_a_thousand_changes_cost_as_many_queries_as_ten(receiver):
    variants = list(Variant.objects.select_related("family"))[:50]

    def count(times):
        with (
            CaptureQueriesContext(
                connection,
            ) as found,
            by_admin() as edition,
        ):
            for number in range(times):
                edition.record(ChangeKind.PRICE, variants[number % 50], f"Price {number}", shown=False)
        return len(found)

    without = count(10)
    hook(receiver.url)
    one = count(10)
    assert one - without <= 4
    assert count(1_000) <= one + 1, "the rows of 1,000 go in two calls at most"
    assert WebhookDelivery.objects.count() == 1_010


@pytest.mark.slow
@pytest.mark.soak
def test_many_changes_are_delivered_once_each(receiver):
    hook(receiver.url)
    variant = Variant.objects.select_related("family").first()
    with by_admin() as edition:
        for number in range(DELIVERIES):
            edition.record(ChangeKind.PRICE, variant, f"Price {number}", shown=False)
    assert deliver()["delivered"] == DELIVERIES
    assert len(set(receiver.ids())) == DELIVERIES


def test_a_price_that_was_scheduled_is_told_at_its_publish_and_once_more_when_it_begins(receiver):
    made = hook(receiver.url, ["price"])
    at = timezone.now() + timedelta(seconds=1)
    price = cut("2.5", at)
    deliver()
    assert [each.json["type"] for each in receiver.arrived] == ["price.changed"]
    with clock.moved(at):
        for _ in range(3):
            deliver()
        begun = receiver.arrived[1:]
        assert [each.json["type"] for each in begun] == ["price.in_force"]
        said = standardwebhooks.Webhook(made.secret).verify(begun[0].body, begun[0].headers)
    assert said["revision"] == price.revision_id
    before, after = said["data"]["before"], said["data"]["after"]
    assert (before["amount"], after["amount"], after["per"]) == ("1.5", "2.5", 1_000_000)
    assert before["effective_until"] == after["effective_from"] == said["data"]["at"]
    assert said["data"]["summary"].endswith("is $2.50 per 1M tokens from now on")
    assert set(said["data"]) == set(receiver.arrived[0].json["data"])
    assert len(set(receiver.ids())) == 2


def test_a_price_that_begins_at_once_or_is_cancelled_before_is_told_no_second_time(receiver):
    hook(receiver.url, ["price"])
    cut()
    at = timezone.now() + timedelta(seconds=1)
    price = cut("2.5", at)
    with by_admin() as edition:
        cancel(edition, price)
    with clock.moved(at):
        deliver()
    assert {each.json["type"] for each in receiver.arrived} == {"price.changed"}
    assert len(receiver.arrived) == 3
