"""A day of deprecation or retirement that comes is announced once, whoever looks and however late."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import clock
from catalog.models import ChangeEvent, Variant
from catalog.publishing import arrived_dates
from catalog.publishing.publish import current_revision, publish
from catalog.vocabulary import ChangeKind, Origin
from catalog.webhooks.worker import Worker
from rows import a_variant
from subscribers import deliver, hook

pytestmark = pytest.mark.django_db
DAY = "2026-12-01T00:00:00Z"
LATER = "2026-12-04T09:30:00Z"


@pytest.fixture(autouse=True)
def only_own_models():
    """No model of the tests' catalog has a day of its own."""
    Variant.objects.update(lifecycle="active", deprecated_on=None, retires_on=None, announced_stage="")


def leaving(**columns):
    return a_variant("testfam-old", **{"lifecycle": "active", "retires_on": date(2026, 12, 1), **columns})


def events():
    rows = ChangeEvent.objects.filter(summary__contains=" since ").order_by("pk")
    return [(row.summary, row.before, row.after) for row in rows]


def change(variant, **columns):
    with publish(actor=None, origin=Origin.ADMIN, reason="Test") as edition:
        edition.change(variant, columns)


RETIRED = ("testfam-old is retired since 2026-12-01", {"lifecycle": "deprecated"}, {"lifecycle": "retired"})


def test_the_day_is_announced_when_it_comes_and_not_before(client):
    leaving()
    assert arrived_dates.announce() == 0
    with clock.moved("2026-11-30T23:59:59Z"):
        assert arrived_dates.announce() == 0
    with clock.moved(DAY):
        assert [arrived_dates.announce(), arrived_dates.announce()] == [1, 0]
        (item,) = client.get("/api/v1/changes?kind=lifecycle&limit=1").json()["items"]
        assert item["summary"] == RETIRED[0]
        assert item["model_id"] == "testfam-old"
        assert "is retired since 2026-12-01" in client.get("/changes/lifecycle.atom").content.decode()
        assert "is retired since 2026-12-01" in client.get("/changes").content.decode()
    assert events() == [RETIRED]


def test_both_days_are_announced_in_order_after_three_days_without_anybody():
    leaving(deprecated_on=date(2026, 11, 30))
    with clock.moved(LATER):
        assert arrived_dates.announce() == 2
        assert arrived_dates.announce() == 0
    assert events() == [
        ("testfam-old is deprecated since 2026-11-30", None, {"lifecycle": "deprecated"}),
        RETIRED,
    ]


def test_a_deprecation_names_the_stage_before_it():
    leaving(retires_on=None, deprecated_on=date(2026, 12, 1))
    with clock.moved(DAY):
        arrived_dates.announce()
    assert events() == [
        (
            "testfam-old is deprecated since 2026-12-01",
            {"lifecycle": "active"},
            {"lifecycle": "deprecated"},
        )
    ]


def test_a_day_that_had_come_when_it_was_published_is_announced_by_that_publish_alone():
    leaving(retires_on=date(2026, 11, 1))
    variant = a_variant("testfam-other")
    change(variant, retires_on=date(2026, 11, 26), deprecated_on=date(2026, 11, 1))
    with clock.moved(LATER):
        assert arrived_dates.announce() == 0
    assert events() == []


def test_a_day_that_was_moved_is_announced_anew():
    variant = leaving()
    with clock.moved(DAY):
        arrived_dates.announce()
        change(variant, retires_on=date(2026, 12, 4))
        assert arrived_dates.announce() == 0
    with clock.moved(LATER):
        assert arrived_dates.announce() == 1
    assert len(events()) == 2


def test_an_edit_before_anybody_has_looked_swallows_no_day():
    variant = leaving(lifecycle="")
    with clock.moved(LATER):
        change(variant, lifecycle="active", deprecated_on=date(2026, 11, 1))
        assert arrived_dates.announce() == 2
    assert RETIRED in events()


def test_rows_of_an_older_release_are_taken_in_without_a_word():
    leaving(retires_on=date(2026, 11, 1))
    a_variant("testfam-next", retires_on=date(2026, 12, 1))
    Variant.objects.update(announced_stage=None)
    before = current_revision()
    assert arrived_dates.announce() == 0
    assert current_revision() == before
    with clock.moved(DAY):
        assert arrived_dates.announce() == 1
    assert [summary for summary, *_ in events()] == ["testfam-next is retired since 2026-12-01"]


def test_an_earliest_day_and_the_day_of_another_platform_announce_nothing():
    row = {"platform": "vertex", "retires_on": "2026-12-01", "firmness": "committed", "source_label": "a"}
    leaving(retires_on=None, retires_not_before=date(2026, 12, 1), end_of_life=[row])
    with clock.moved(LATER):
        assert arrived_dates.announce() == 0


def test_of_two_who_look_at_once_one_announces(monkeypatch):
    leaving()
    counts = []

    @contextmanager
    def second(**named):
        # The other worker is done before this one has the lock.
        monkeypatch.setattr(arrived_dates, "publish", publish)
        counts.append(arrived_dates.announce())
        with publish(**named) as edition:
            yield edition

    monkeypatch.setattr(arrived_dates, "publish", second)
    with clock.moved(DAY):
        counts.append(arrived_dates.announce())
    assert counts == [1, 0]
    assert events() == [RETIRED]


def test_subscribers_are_told_by_the_worker_at_its_start_and_when_the_day_begins(receiver):
    hook(receiver.url, ["lifecycle"])
    leaving(deprecated_on=date(2026, 11, 30))
    deliver()
    assert receiver.arrived == []
    with clock.moved(DAY):
        for _ in range(3):
            deliver()
    summaries = [each.json["data"]["summary"] for each in receiver.arrived]
    assert sorted(summaries) == ["testfam-old is deprecated since 2026-11-30", RETIRED[0]]
    assert {each.json["type"] for each in receiver.arrived} == {"lifecycle.changed"}


def test_a_worker_that_runs_looks_once_a_day():
    worker = Worker(timedelta(days=30))
    leaving()
    worker.step()
    with CaptureQueriesContext(connection) as again:
        worker.step()
    assert not any("announced_stage" in query["sql"] for query in again)
    with clock.moved(DAY):
        worker.step()
    worker.finish()
    assert events() == [RETIRED]


def test_many_days_of_one_morning_are_one_publish():
    for number in range(5):
        a_variant(f"testfam-{number}", retires_on=date(2026, 12, 1))
    before = current_revision()[0]
    with clock.moved(DAY):
        assert arrived_dates.announce() == 5
    assert current_revision()[0] == before + 1
    kinds = ChangeEvent.objects.filter(revision=before + 1).values_list("exact_kind", flat=True)
    assert set(kinds) == {ChangeKind.LIFECYCLE}
