"""What fails comes again by the schedule; what is claimed is one worker's; what is old is forgotten."""

from datetime import timedelta

import pytest
import standardwebhooks
from django.utils import timezone

from catalog.models import ChangeEvent, Webhook, WebhookAttempt, WebhookDelivery
from catalog.webhooks import queue
from catalog.webhooks.sending import Reply
from subscribers import deliver, due_now, hook, rename

pytestmark = pytest.mark.django_db


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
    queue.settle(lost, Reply(500), at=now, took=timedelta(seconds=31))
    row = WebhookDelivery.objects.get()
    assert (row.state, row.lease, row.attempts) == ("waiting", taken.lease, 2)
    queue.settle(taken, Reply(204), at=now, took=timedelta(seconds=1))
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
