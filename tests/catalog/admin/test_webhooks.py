"""Webhooks in the admin: registered, told apart from what may not be called, looked at, and sent again."""

from datetime import timedelta

import pytest
import standardwebhooks
from django.contrib.auth.models import User

from catalog.models import Family, Variant, Webhook, WebhookDelivery
from catalog.publishing.publish import publish
from catalog.vocabulary import Origin
from catalog.webhooks.worker import Worker
from forms import filled
from receiver import receiving
from small import TOKENS

pytestmark = pytest.mark.django_db
ADD = "/admin/catalog/webhook/add/"
LIST = "/admin/catalog/webhookdelivery/"


@pytest.fixture
def receiver(settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with receiving() as found:
        yield found


def register(desk, url, **more):
    words = {"name": "Billing", "url": url, "kinds": ["catalog", "price"], "is_enabled": "on", **more}
    return desk.post(ADD, {key: value for key, value in words.items() if value is not None})


def address(webhook, verb="change"):
    return f"/admin/catalog/webhook/{webhook.pk}/{verb}/"


def rename(name):
    with publish(actor=None, origin=Origin.ADMIN) as edition:
        edition.change(Variant.objects.get(model_id=TOKENS), {"name": name})


def deliver():
    Worker(timedelta(days=30)).drain()


def test_a_webhook_is_registered_and_its_secret_made(desk, receiver):
    linden = Family.objects.get(slug="linden")
    assert register(desk, receiver.url, families=[linden.pk]).status_code == 302
    made = Webhook.objects.get()
    assert (made.kinds, made.is_enabled, list(made.families.all())) == (["catalog", "price"], True, [linden])
    assert made.secret.startswith("whsec_")
    page = desk.get(address(made)).content.decode()
    assert f"<details><summary>Show the secret</summary><code>{made.secret}</code>" in page
    assert made.secret not in desk.get("/admin/catalog/webhook/").content.decode()
    rename("Renamed")
    deliver()
    (arrived,) = receiver.arrived
    standardwebhooks.Webhook(made.secret).verify(arrived.body, arrived.headers)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1/", "private, loopback"),
        ("http://2130706433/", "is a number"),
        ("http://metadata.google.internal/", "of this machine or network"),
        ("http://user@example.com/", "user name"),
        ("file:///etc/passwd", "Only http"),
        ("https://example.com:22/", "Port 22"),
        ("https://nowhere.invalid/", "does not resolve"),
        ("http://①②⑦.0.0.1/", "ASCII"),
        ("http://example.com/\0", ""),
    ],
)
def test_an_address_that_would_not_be_called_is_refused_with_the_reason(desk, url, reason):
    answer = register(desk, url)
    assert answer.status_code == 200
    assert reason in str(answer.context["adminform"].form.errors["url"])
    assert Webhook.objects.count() == 0


@pytest.mark.parametrize(
    "wrong", [{"kinds": []}, {"kinds": ["everything"]}, {"name": ""}, {"families": ["x"]}]
)
def test_what_is_incomplete_is_refused(desk, receiver, wrong):
    assert register(desk, receiver.url, **wrong).status_code == 200
    assert Webhook.objects.count() == 0


def test_a_test_message_is_sent_and_the_secret_rotated(desk, receiver):
    register(desk, receiver.url)
    made = Webhook.objects.get()
    assert desk.get(address(made, "rotate")).status_code == 404
    answer = desk.post(address(made, "rotate"), follow=True)
    assert "signed with both" in answer.content.decode()
    after = Webhook.objects.get()
    assert (after.former_secret, after.secret != made.secret) == (made.secret, True)
    desk.post(address(made, "test"))
    deliver()
    (arrived,) = receiver.arrived
    for secret in (made.secret, after.secret):
        said = standardwebhooks.Webhook(secret).verify(arrived.body, arrived.headers)
    assert (said["type"], said["data"]) == ("webhook.test", None)


def test_each_delivery_is_listed_with_its_answers_and_sent_again_on_demand(desk, receiver):
    register(desk, receiver.url)
    receiver.status, receiver.said = 500, b"<b>broken</b>"
    rename("Renamed")
    deliver()
    row = WebhookDelivery.objects.get()
    listed = desk.get(LIST).content.decode()
    assert "Name changed from" in listed or "name changed from" in listed
    shown = desk.get(f"{LIST}{row.pk}/change/").content.decode()
    assert "&lt;b&gt;broken&lt;/b&gt;" in shown
    assert "<b>broken" not in shown
    assert "500" in shown
    assert "Send again" in shown
    receiver.status = 204
    desk.post(f"{LIST}{row.pk}/again/")
    deliver()
    first, second = receiver.arrived
    assert (first.body, first.headers["webhook-id"]) == (second.body, second.headers["webhook-id"])
    row.refresh_from_db()
    assert (row.state, [attempt.status for attempt in row.tries.all()]) == ("delivered", [500, 204])
    desk.post(LIST, {"action": "send_again", "_selected_action": [row.pk]})
    deliver()
    assert len(receiver.arrived) == 3, "what was delivered is sent again too"


def test_the_list_of_deliveries_costs_the_same_however_long_it_is(
    desk, receiver, django_assert_max_num_queries
):
    register(desk, receiver.url)
    for number in range(40):
        rename(f"Renamed {number}")
    deliver()
    with django_assert_max_num_queries(12):
        assert desk.get(LIST).content.count(b"Webhook deliver") > 0


def test_enabling_again_clears_the_note_and_disabling_stops(desk, receiver):
    register(desk, receiver.url)
    Webhook.objects.update(is_enabled=False, note="Disabled: 10 attempts failed", failures=10)
    made = Webhook.objects.get()
    words = filled(desk.get(address(made))) | {"is_enabled": "on"}
    assert desk.post(address(made), words).status_code == 302
    made.refresh_from_db()
    assert (made.is_enabled, made.note, made.failures) == (True, "", 0)
    secret = made.secret
    words = filled(desk.get(address(made)))
    del words["is_enabled"]
    desk.post(address(made), words)
    made.refresh_from_db()
    assert (made.is_enabled, made.secret) == (False, secret)


def test_deleting_a_webhook_deletes_its_deliveries_and_nothing_of_the_catalog(desk, receiver):
    register(desk, receiver.url)
    rename("Renamed")
    deliver()
    made = Webhook.objects.get()
    assert desk.post(address(made, "delete"), {"post": "yes"}).status_code == 302
    assert (Webhook.objects.count(), WebhookDelivery.objects.count()) == (0, 0)
    assert Variant.objects.filter(name="Renamed").exists()


def test_editors_neither_see_nor_send_them(desk, price_desk, content_desk, bare_desk, receiver):
    register(desk, receiver.url)
    made = Webhook.objects.get()
    rename("Renamed")
    row = WebhookDelivery.objects.get()
    assert User.objects.count() == 4
    for client in (price_desk, content_desk, bare_desk):
        assert client.get(address(made)).status_code == 403
        assert client.get(LIST).status_code == 403
        assert client.post(address(made, "rotate")).status_code == 403
        assert client.post(address(made, "test")).status_code == 403
        assert client.post(f"{LIST}{row.pk}/again/").status_code == 403
