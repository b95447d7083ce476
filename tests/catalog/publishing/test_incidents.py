"""Opening and closing trouble: one event per model and severity, each with its line in the history."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from catalog.models import Document, StatusEvent
from catalog.publishing.incidents import DEFAULT_MESSAGES, close, open_event
from catalog.publishing.publish import current_revision, publish
from catalog.records.facts import facts
from catalog.records.record import read_record
from catalog.vocabulary import Origin, Severity
from rows import a_variant

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def variant():
    return a_variant()


def by_admin():
    return publish(actor=None, origin=Origin.ADMIN, reason="Seen")


def status_of(variant, at=None) -> str:
    record = read_record(Document.objects.get(pk=variant.pk).body)
    status = facts(record, at or timezone.now()).status
    assert status is not None
    return status.severity


def an_event(variant, **fields) -> StatusEvent:
    values = {"severity": "outage", "message": "x", "started_at": timezone.now() - HOUR, **fields}
    with by_admin() as edition:
        event = edition.add(StatusEvent(variant=variant, **values))
        edition.touch(variant)
    return event


def test_every_trouble_has_words_of_its_own():
    assert set(DEFAULT_MESSAGES) == set(Severity) - {Severity.OPERATIONAL}


def test_trouble_is_opened_and_closed(variant):
    assert status_of(variant) == "operational"
    with by_admin() as edition:
        event = open_event(edition, variant, Severity.OUTAGE, "Requests fail.")
    assert (event.started_at, event.ended_at) == (edition.at, None)
    opened = edition.revision.events.get()
    assert (opened.kind, opened.summary) == ("status", f"{variant}: outage. Requests fail.")
    assert (opened.before, opened.after) == (None, "outage")
    assert status_of(variant) == "outage"
    with by_admin() as edition:
        close(edition, event)
    event.refresh_from_db()
    assert event.ended_at == edition.at
    closed = edition.revision.events.get()
    assert (closed.summary, closed.before, closed.after) == (f"{variant}: outage over", "outage", None)
    assert status_of(variant) == "operational"


def test_opening_or_closing_twice_changes_nothing(variant):
    with by_admin() as edition:
        event = open_event(edition, variant, Severity.DEGRADED, "Slow")
    revision = current_revision()
    with by_admin() as edition:
        assert open_event(edition, variant, Severity.DEGRADED, "Slower") == event
    assert current_revision() == revision
    with by_admin() as edition:
        close(edition, event)
    ended, revision = event.ended_at, current_revision()
    with by_admin() as edition:
        close(edition, event)
    event.refresh_from_db()
    assert (event.ended_at, current_revision()) == (ended, revision)


@pytest.mark.clock(goes_on=True)  # one write comes after the other
def test_the_worst_trouble_shows_until_it_is_over(variant):
    for severity in (Severity.MAINTENANCE, Severity.OUTAGE, Severity.DEGRADED):
        with by_admin() as edition:
            open_event(edition, variant, severity, "x")
    shown = []
    for event in StatusEvent.objects.filter(variant=variant).order_by("-started_at"):
        shown.append(status_of(variant))
        with by_admin() as edition:
            close(edition, event)
    assert [*shown, status_of(variant)] == ["outage", "outage", "maintenance", "operational"]


def test_an_end_that_lies_ahead_is_brought_forward(variant):
    event = an_event(variant, severity="maintenance", ended_at=timezone.now() + HOUR)
    assert status_of(variant) == "maintenance"
    with by_admin() as edition:
        close(edition, event)
    assert event.ended_at == edition.at
    assert status_of(variant) == "operational"


def test_trouble_is_opened_beside_what_is_only_announced_or_past(variant):
    now = timezone.now()
    an_event(variant, started_at=now + HOUR)
    an_event(variant, started_at=now - 2 * HOUR, ended_at=now - HOUR)
    with by_admin() as edition:
        open_event(edition, variant, Severity.OUTAGE, "Now too")
    assert StatusEvent.objects.filter(variant=variant).count() == 3
    assert status_of(variant) == "outage"


def test_an_announced_event_that_is_closed_never_comes(variant):
    event = an_event(variant, started_at=timezone.now() + HOUR)
    with by_admin() as edition:
        close(edition, event)
    assert event.ended_at == event.started_at
    for at in (event.started_at - HOUR, event.started_at, event.started_at + HOUR):
        assert status_of(variant, at) == "operational"


def test_an_event_is_open_from_its_first_instant_to_before_its_last(variant):
    event, step = an_event(variant, ended_at=timezone.now()), timedelta(milliseconds=1)
    mine = StatusEvent.objects.filter(variant=variant)
    instants = [event.started_at - step, event.started_at, event.ended_at - step, event.ended_at]
    assert [mine.at(at).exists() for at in instants] == [False, True, True, False]
    assert [status_of(variant, at) == "outage" for at in instants] == [False, True, True, False]


def test_an_event_never_ends_before_it_starts(variant):
    now = timezone.now()
    with pytest.raises(DatabaseError), transaction.atomic():
        StatusEvent.objects.create(
            variant=variant, severity="outage", message="x", started_at=now, ended_at=now - HOUR
        )
