"""Each change reaches each address that asked for it, signed, and is tried again until it does."""

from datetime import timedelta
from decimal import Decimal

import pytest
import standardwebhooks
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog import changes
from catalog.models import ChangeEvent, Family, Price, Variant, Webhook, WebhookAttempt, WebhookDelivery
from catalog.succession import Successor, cancel, succeed
from catalog.vocabulary import ChangeKind, Origin, PriceState
from catalog.webhooks import queue, signing
from catalog.webhooks.sending import Answer
from catalog.webhooks.worker import Worker
from receiver import receiving
from rows import a_variant

pytestmark = pytest.mark.django_db
SONNET = "claude-sonnet-4-5-20250929"
ALL = ["price", "lifecycle", "status", "catalog"]


@pytest.fixture(autouse=True)
def _allowed(settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = True


@pytest.fixture
def receiver():
    with receiving() as found:
        yield found


def hook(url, kinds=ALL, families=(), **more):
    now = timezone.now()
    made = Webhook.objects.create(
        name="Test",
        url=url,
        kinds=list(kinds),
        secret=signing.new_secret(),
        created_at=now,
        prices_until=now,
        **more,
    )
    made.families.set(Family.objects.filter(slug__in=families))
    return made


def by_admin():
    return changes.publish(actor=None, origin=Origin.ADMIN)


def rename(name="Renamed", model=SONNET):
    with by_admin() as edition:
        edition.update(Variant.objects.get(model_id=model), {"name": name})


def open_price(meter="input_tokens"):
    return Price.objects.get(
        variant__model_id=SONNET, kind="sell", meter=meter, conditions_key="{}", effective_until=None
    )


def cut(amount="1.625", at=None):
    with by_admin() as edition:
        return succeed(
            edition,
            open_price(),
            Successor(
                PriceState.KNOWN, Decimal(amount), at or edition.at, "", "Price list", "The price moved"
            ),
        )


def deliver():
    worker = Worker(timedelta(days=30))
    worker.drain()
    return worker.count


def due_now():
    """Let time pass until whatever waits is due."""
    Webhook.objects.update(rests_until=None)
    WebhookDelivery.objects.filter(state="waiting").update(next_at=timezone.now())


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
    assert item["model_id"] == SONNET
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
            edition.update(Variant.objects.get(model_id=SONNET), {"name": "Never"})
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
        (ALL, ["claude"], ["catalog.changed", "lifecycle.changed", "price.changed", "status.changed"]),
        (ALL, ["flux"], []),
    ],
)
def test_an_address_is_told_of_what_it_asked_for(receiver, kinds, families, wanted):
    other = a_variant("testfam-other")
    hook(receiver.url, kinds, families)
    cut()
    with by_admin() as edition:
        sonnet = Variant.objects.get(model_id=SONNET)
        edition.update(sonnet, {"name": "Renamed", "deprecated_on": timezone.now().date()})
        edition.update(sonnet.family.provider, {"name": "Renamed"})
        edition.record(ChangeKind.STATUS, sonnet, "Down")
        edition.record(ChangeKind.CATALOG, other, f"{other.model_id} added to the catalog")
    deliver()
    assert sorted(each.json["type"] for each in receiver.arrived) == wanted


def test_a_disabled_address_is_told_nothing(receiver):
    hook(receiver.url, is_enabled=False)
    rename()
    assert WebhookDelivery.objects.count() == 0


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
    assert deliver()["delivered"] == 1_010
    assert len(set(receiver.ids())) == 1_010


def test_a_failed_message_comes_again_by_the_schedule_with_the_same_id_and_body(receiver):
    made = hook(receiver.url)
    rename()
    receiver.status = 500
    waits = []
    for _ in range(queue.MOST_ATTEMPTS - 1):
        deliver()
        row = WebhookDelivery.objects.get()
        waits.append(row.next_at - row.tries.last().at)
        assert deliver()["failed"] == 0, "nothing is sent before its time"
        due_now()
    for wait, planned in zip(waits, queue.RETRIES, strict=True):
        assert planned * 0.94 < wait < planned * 1.06 + timedelta(seconds=2)
    receiver.status = 200
    receiver.said = b"thank you"
    deliver()
    assert len(receiver.arrived) == queue.MOST_ATTEMPTS
    assert len(set(receiver.ids())) == len({each.body for each in receiver.arrived}) == 1
    for each in receiver.arrived:
        standardwebhooks.Webhook(made.secret).verify(each.body, each.headers)
    last = WebhookAttempt.objects.last()
    assert (last.status, last.answer, last.delivery.state) == (200, "thank you", "delivered")


def test_after_ten_failures_a_message_is_given_up_and_a_dead_address_disabled_with_a_note(receiver):
    hook(receiver.url)
    rename()
    receiver.status = 503
    for _ in range(12):
        deliver()
        due_now()
    made, row = Webhook.objects.get(), WebhookDelivery.objects.get()
    assert (row.state, row.attempts, len(receiver.arrived)) == ("given_up", 10, 10)
    assert not made.is_enabled
    assert "10 attempts failed, the last: status 503" in made.note


def test_an_address_that_takes_other_messages_is_not_disabled(receiver):
    hook(receiver.url)
    rename()
    receiver.status = 400
    deliver()
    receiver.status = 204
    rename("Renamed again")
    assert deliver()["delivered"] == 1
    receiver.status = 400
    refused = WebhookDelivery.objects.filter(state="waiting")
    assert refused.update(attempts=queue.MOST_ATTEMPTS - 1) == 1
    due_now()
    deliver()
    assert WebhookDelivery.objects.filter(state="given_up").count() == 1
    assert Webhook.objects.get().is_enabled


def test_gone_disables_at_once(receiver):
    hook(receiver.url)
    rename()
    receiver.status = 410
    deliver()
    assert "410" in Webhook.objects.get().note
    assert not Webhook.objects.get().is_enabled
    due_now()
    deliver()
    assert len(receiver.arrived) == 1


def test_an_address_that_is_down_is_left_alone_whatever_is_due(receiver):
    hook("http://127.0.0.1:9/", kinds=["catalog"])
    for number in range(30):
        rename(f"Renamed {number}")
    deliver()
    assert 1 <= WebhookAttempt.objects.count() <= 4
    made = Webhook.objects.get()
    assert made.rests_until > timezone.now()
    hook(receiver.url)
    rename("Last")
    deliver()
    assert len(receiver.arrived) == 1, "another address does not wait for it"


def test_a_price_that_was_scheduled_is_told_at_its_publish_and_once_more_when_it_begins(receiver):
    made = hook(receiver.url, ["price"])
    at = timezone.now() + timedelta(seconds=1)
    price = cut("2.5", at)
    deliver()
    assert [each.json["type"] for each in receiver.arrived] == ["price.changed"]
    while timezone.now() < at:
        pass
    for _ in range(3):
        deliver()
    begun = receiver.arrived[1:]
    assert [each.json["type"] for each in begun] == ["price.in_force"]
    said = standardwebhooks.Webhook(made.secret).verify(begun[0].body, begun[0].headers)
    assert said["revision"] == price.revision_id
    assert (said["data"]["before"], said["data"]["after"]) == ("$1.50 per 1M tokens", "$2.50 per 1M tokens")
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
    while timezone.now() < at:
        pass
    deliver()
    assert {each.json["type"] for each in receiver.arrived} == {"price.changed"}
    assert len(receiver.arrived) == 3


def test_a_claim_is_exclusive_until_its_lease_runs_out(receiver):
    hook(receiver.url)
    for number in range(6):
        rename(f"Renamed {number}")
    now = timezone.now()
    first, second = queue.claim(4, now), queue.claim(4, now)
    assert len(first) + len(second) == 6
    assert not {row.pk for row in first} & {row.pk for row in second}
    assert queue.claim(4, now + queue.LEASE / 2) == []
    assert len(queue.claim(9, now + queue.LEASE)) == 6


def test_a_late_answer_of_a_lost_lease_changes_nothing(receiver):
    hook(receiver.url)
    rename()
    now = timezone.now()
    (lost,) = queue.claim(1, now)
    (taken,) = queue.claim(1, now + queue.LEASE)
    queue.settle(lost, Answer(500), at=now, took=timedelta(seconds=31))
    row = WebhookDelivery.objects.get()
    assert (row.state, row.lease, row.attempts) == ("waiting", taken.lease, 2)
    queue.settle(taken, Answer(204), at=now, took=timedelta(seconds=1))
    assert WebhookDelivery.objects.get().state == "delivered"


def test_what_is_old_is_forgotten_and_what_still_waits_is_not(receiver):
    made = hook(receiver.url)
    rename()
    deliver()
    rename("Renamed again")
    month_ago = timezone.now() - timedelta(days=31)
    WebhookDelivery.objects.update(created_at=month_ago)
    events = ChangeEvent.objects.count()
    assert queue.forget(timezone.now() - timedelta(days=30)) == 1
    assert WebhookDelivery.objects.get().state == "waiting"
    made.is_enabled = False
    made.save()
    assert queue.forget(timezone.now() - timedelta(days=30)) == 1
    assert (WebhookDelivery.objects.count(), WebhookAttempt.objects.count()) == (0, 0)
    assert ChangeEvent.objects.count() == events
