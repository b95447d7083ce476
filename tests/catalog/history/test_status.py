"""Which models are in trouble at an instant: the worst of each, the worst first."""

from datetime import UTC, datetime, timedelta

import pytest

from catalog.history.status import troubled
from catalog.models import Document, StatusEvent
from catalog.records.facts import facts
from catalog.records.record import read_record
from rows import a_variant

pytestmark = pytest.mark.django_db

AT = datetime(2030, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def an_event(variant, severity: str, start: int = -1, end: int | None = None, message: str = "x") -> None:
    StatusEvent.objects.create(
        variant=variant,
        severity=severity,
        message=message,
        started_at=AT + start * HOUR,
        ended_at=None if end is None else AT + end * HOUR,
    )


def test_no_event_is_no_trouble(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert troubled(AT) == []


def test_each_model_is_listed_once_with_its_worst_and_the_worst_first(django_assert_num_queries):
    slow, down, planned, well = (a_variant(f"testfam-{name}") for name in ("slow", "down", "planned", "well"))
    named = a_variant("testfam-named", name="Named")
    an_event(planned, "maintenance")
    an_event(slow, "degraded", -3)
    an_event(slow, "maintenance", -1)
    an_event(down, "degraded", -2)
    an_event(down, "outage", -5, message="Down since seven")
    an_event(named, "degraded")
    an_event(well, "outage", -4, -1)
    an_event(well, "outage", 1)
    with django_assert_num_queries(1):
        found = troubled(AT)
    assert [(row.model_id, row.severity) for row in found] == [
        ("testfam-down", "outage"),
        ("testfam-named", "degraded"),
        ("testfam-slow", "degraded"),
        ("testfam-planned", "maintenance"),
    ]
    assert (found[0].message, found[0].since) == ("Down since seven", "2030-06-01T07:00:00Z")
    assert found[0].path == "/models/testfam/down"
    assert [row.name for row in found[:2]] == ["testfam-down", "Named"]


def test_a_retired_model_has_no_health():
    leaving, gone = a_variant("testfam-leaving"), a_variant("testfam-gone", lifecycle="retired")
    for variant in (leaving, gone):
        an_event(variant, "outage")
    type(leaving).objects.filter(pk=leaving.pk).update(retires_on=AT.date() + timedelta(days=1))
    assert [row.model_id for row in troubled(AT)] == ["testfam-leaving"]
    assert troubled(AT + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("offset", "is_open"), [(-HOUR, True), (timedelta(), False), (-HOUR - timedelta(milliseconds=1), False)]
)
def test_trouble_begins_and_ends_to_the_instant(offset, is_open):
    an_event(a_variant(), "outage", -1, 0)
    assert bool(troubled(AT + offset)) is is_open


def test_of_two_equals_the_page_and_the_list_name_the_same_one():
    from catalog.publishing.publish import publish
    from catalog.vocabulary import Origin

    variant = a_variant()
    an_event(variant, "outage", -3, message="First")
    an_event(variant, "outage", -1, message="Second")
    with publish(actor=None, origin=Origin.FILE) as edition:
        edition.touch(variant)
        edition.begin()
    now = facts(read_record(Document.objects.get(pk=variant.pk).body), AT).status
    (listed,) = troubled(AT)
    assert (listed.message, listed.since) == (now.message, now.since)
