"""Trouble declared in the admin: opened and closed by one click, by those who may, and written down."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.models import ChangeEvent, Revision, StatusEvent
from catalog.publishing.publish import current_revision
from forms import errors, filled
from rows import a_variant

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
EVENTS = "/admin/catalog/statusevent/"
VARIANTS = "/admin/catalog/variant/"


@pytest.fixture
def variant():
    return a_variant("testfam-served")


def button(variant, severity: str) -> str:
    return reverse("admin:catalog_variant_status", args=[variant.pk, severity])


def model_page(desk, variant) -> str:
    return desk.get(reverse("admin:catalog_variant_change", args=[variant.pk])).content.decode()


def an_event(variant, start=-1, end=None, **fields) -> StatusEvent:
    now = timezone.now()
    values = {"severity": "outage", "message": "Down", "started_at": now + start * HOUR, **fields}
    return StatusEvent.objects.create(
        variant=variant, ended_at=None if end is None else now + end * HOUR, **values
    )


def test_one_click_opens_and_one_closes(desk, administrator, variant, client):
    page = model_page(desk, variant)
    for severity in ("maintenance", "degraded", "outage"):
        assert f'formaction="{button(variant, severity)}"' in page
    assert button(variant, "operational") not in page
    answer = desk.post(button(variant, "outage"), follow=True)
    assert "Outage: opened for 1 model." in answer.content.decode()
    event = StatusEvent.objects.get(variant=variant)
    assert (event.severity, event.message, event.ended_at) == ("outage", "Requests fail.", None)
    assert Revision.objects.first().actor == administrator
    assert "Requests fail." in client.get("/status").content.decode()
    (row,) = client.get("/api/v1/status").json()["items"]
    assert (row["model_id"], row["severity"]) == ("testfam-served", "outage")
    assert "Outage" in client.get("/models/testfam/served").content.decode()
    page = model_page(desk, variant)
    assert button(variant, "operational") in page
    assert button(variant, "degraded") not in page
    answer = desk.post(button(variant, "operational"), follow=True)
    assert "Closed 1 status event." in answer.content.decode()
    event.refresh_from_db()
    assert event.ended_at <= timezone.now()
    assert client.get("/api/v1/status").json()["items"] == []
    summaries = ChangeEvent.objects.filter(variant=variant, kind="status").values_list("summary", flat=True)
    assert list(summaries) == ["testfam-served: outage over", "testfam-served: outage. Requests fail."]


def test_a_click_repeated_changes_nothing(desk, variant):
    for severity in ("degraded", "operational"):
        desk.post(button(variant, severity))
        before = current_revision(), list(StatusEvent.objects.values())
        desk.post(button(variant, severity))
        assert (current_revision(), list(StatusEvent.objects.values())) == before


def test_a_link_alone_changes_nothing(desk, variant):
    event = an_event(variant)
    for address in (button(variant, "outage"), button(variant, "operational"), f"{EVENTS}{event.pk}/close/"):
        assert desk.get(address).status_code == 404
    event.refresh_from_db()
    assert event.ended_at is None


@pytest.mark.parametrize("severity", ["nonsense", "OUTAGE", "%2E"])
def test_an_unknown_severity_is_not_found(desk, variant, severity):
    address = button(variant, "outage").replace("outage", severity)
    assert desk.post(address).status_code == 404
    assert desk.post(button(variant, "outage").replace(str(variant.pk), str(10**9))).status_code == 404
    assert not StatusEvent.objects.exists()


def test_closing_a_model_trouble_leaves_what_is_announced_and_ends_what_was_to_end_later(desk, variant):
    announced = an_event(variant, 1, severity="maintenance")
    timed = an_event(variant, -1, 2, severity="degraded")
    past = an_event(variant, -3, -2)
    desk.post(button(variant, "operational"))
    found = {event.pk: event.ended_at for event in StatusEvent.objects.all()}
    assert found[announced.pk] is None
    assert found[timed.pk] <= timezone.now()
    assert found[past.pk] == past.ended_at


def test_events_are_closed_from_their_list(desk, variant):
    event, timed, past = an_event(variant), an_event(variant, -1, 2), an_event(variant, -3, -2)
    page = desk.get(EVENTS).content.decode()
    addresses = {row.pk: f'formaction="{EVENTS}{row.pk}/close/"' for row in (event, timed, past)}
    assert [address in page for address in addresses.values()] == [True, True, False]
    for row in (event, timed):
        assert desk.post(f"{EVENTS}{row.pk}/close/")["Location"] == EVENTS
        row.refresh_from_db()
        assert row.ended_at <= timezone.now()
    before = current_revision()
    desk.post(f"{EVENTS}{past.pk}/close/")
    assert current_revision() == before
    assert desk.post(f"{EVENTS}{10**9}/close/").status_code == 404


@pytest.mark.parametrize("action", ["mark_degraded", "mark_outage", "mark_maintenance"])
def test_many_models_are_marked_and_closed_at_once_in_one_revision(desk, action):
    variants = [a_variant(f"testfam-{name}") for name in "abc"]
    chosen = {"_selected_action": [variant.pk for variant in variants]}
    number, _ = current_revision()
    desk.post(VARIANTS, {"action": action, **chosen})
    events = StatusEvent.objects.filter(variant__in=variants, ended_at=None)
    severity = action.removeprefix("mark_")
    assert list(events.values_list("severity", flat=True)) == [severity] * 3
    assert current_revision()[0] == number + 1
    desk.post(VARIANTS, {"action": "mark_operational", **chosen})
    assert not events.exists()
    assert current_revision()[0] == number + 2


def test_an_event_is_opened_with_words_of_its_own(desk, variant):
    address = f"{EVENTS}add/?variant={variant.pk}"
    sent = filled(desk.get(address))
    assert int(sent["variant"]) == variant.pk
    assert sent["started_at_0"] == str(timezone.now().date())
    sent |= {"severity": "degraded", "message": "Slow since the morning", "change_reason": "Seen by us"}
    assert desk.post(address, sent).status_code == 302
    event = StatusEvent.objects.get(variant=variant)
    (fact,) = Revision.objects.first().events.all()
    assert fact.summary == "testfam-served: degraded opened. Slow since the morning"
    assert fact.revision.reason == "Seen by us"
    change = reverse("admin:catalog_statusevent_change", args=[event.pk])
    sent = filled(desk.get(change)) | {"message": "Slow since noon"}
    assert desk.post(change, sent).status_code == 302
    fact = ChangeEvent.objects.first()
    assert (fact.before, fact.after) == (
        {"message": "Slow since the morning"},
        {"message": "Slow since noon"},
    )
    before = current_revision()
    assert desk.post(change, filled(desk.get(change))).status_code == 302
    assert current_revision() == before


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"message": ""}, "required"),
        ({"severity": "operational"}, "not one of the available choices"),
        ({"variant": ""}, "required"),
        ({"variant": "999999999"}, "not one of the available choices"),
        ({"started_at_0": "yesterday"}, "Enter a valid date"),
        ({"started_at_0": ""}, "required"),
        ({"ended_at_0": "2001-01-01", "ended_at_1": "00:00"}, "after it started"),
        ({"message": "x" * 501}, "at most 500"),
    ],
)
def test_an_event_that_makes_no_sense_is_refused_in_words(desk, variant, sent, words):
    address = f"{EVENTS}add/?variant={variant.pk}"
    good = filled(desk.get(address)) | {"severity": "degraded", "message": "Slow"}
    before = current_revision()
    answer = desk.post(address, good | sent)
    assert answer.status_code == 200
    assert words in errors(answer)
    assert current_revision() == before
    assert not StatusEvent.objects.exists()


@pytest.mark.parametrize("who", ["price_desk", "content_desk"])
def test_both_kinds_of_editor_open_and_close(request, who, variant):
    editor = request.getfixturevalue(who)
    assert button(variant, "outage") in model_page(editor, variant)
    editor.post(button(variant, "outage"))
    event = StatusEvent.objects.get(variant=variant, ended_at=None)
    editor.post(f"{EVENTS}{event.pk}/close/")
    assert not StatusEvent.objects.filter(ended_at=None).exists()
    editor.post(VARIANTS, {"action": "mark_outage", "_selected_action": variant.pk})
    assert StatusEvent.objects.filter(ended_at=None).count() == 1
    assert editor.post(button(variant, "operational")).status_code == 302
    assert not StatusEvent.objects.filter(ended_at=None).exists()


def test_who_may_not_write_events_changes_no_status(bare_desk, variant):
    from django.contrib.auth.models import Permission, User

    reader = User.objects.get(username="nobody")
    reader.user_permissions.set(
        Permission.objects.filter(
            codename__in=["view_variant", "change_variant", "view_statusevent"],
            content_type__app_label="catalog",
        )
    )
    event = an_event(variant)
    before = list(StatusEvent.objects.values())
    assert button(variant, "operational") not in model_page(bare_desk, variant)
    bare_desk.post(button(variant, "operational"))
    bare_desk.post(button(variant, "degraded"))
    bare_desk.post(f"{EVENTS}{event.pk}/close/")
    bare_desk.post(VARIANTS, {"action": "mark_outage", "_selected_action": variant.pk})
    assert list(StatusEvent.objects.values()) == before
