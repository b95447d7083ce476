"""A calendar names the day on which each model is deprecated or retires, and moves it when the day moves."""

from datetime import UTC, date, datetime

import icalendar
import pytest
from django.utils import timezone

from catalog.models import Family, Variant
from catalog.publishing.publish import current_revision, publish
from catalog.vocabulary import Origin
from feed_reading import calendar
from pages.feeds.calendar import Occasion, render
from rows import a_variant

pytestmark = pytest.mark.django_db


def set_dates(variant, **dates):
    with publish(actor=None, origin=Origin.ADMIN, reason="") as edition:
        edition.change(variant, dates)


def second_of_revision():
    return current_revision()[1].replace(microsecond=0)


def test_every_calendar_of_the_catalog_is_read_and_holds_each_date_of_a_record(client):
    stated = {
        (f"{variant.name or variant.model_id} {what}", day)
        for variant in Variant.objects.all()
        for what, day in (("is deprecated", variant.deprecated_on), ("retires", variant.retires_on))
        if day
    }
    whole = calendar(client, "/lifecycle.ics")
    assert {(str(event["SUMMARY"]), event["DTSTART"].dt) for event in whole} == stated
    assert len(whole) == len(stated) > 5
    slugs = list(Family.objects.values_list("slug", flat=True))
    parts = {slug: calendar(client, f"/models/{slug}/lifecycle.ics") for slug in slugs}
    assert sorted(str(event["UID"]) for events in parts.values() for event in events) == sorted(
        str(event["UID"]) for event in whole
    )
    assert [] in parts.values()


def test_an_event_takes_the_whole_day_and_says_what_ends_and_what_follows(client):
    follows = a_variant("testfam-next")
    variant = a_variant("testfam-last", name="Last; of, its \\kind")
    set_dates(variant, deprecated_on=date(2030, 1, 1), retires_on=date(2030, 7, 1), replacement=follows)
    deprecated, retires = calendar(client, "/models/testfam/lifecycle.ics")
    assert (deprecated["DTSTART"].dt, retires["DTSTART"].dt) == (date(2030, 1, 1), date(2030, 7, 1))
    assert retires["DTSTART"].params["VALUE"] == "DATE"
    assert str(retires["SUMMARY"]) == "Last; of, its \\kind retires"
    assert str(deprecated["SUMMARY"]) == "Last; of, its \\kind is deprecated"
    assert str(retires["DESCRIPTION"]) == (
        "testfam-last no longer answers from 1 July 2030 on.\nReplacement: testfam-next"
    )
    assert str(retires["URL"]).endswith("/models/testfam/last")
    assert retires["DTSTAMP"].dt == second_of_revision()


def test_a_day_that_is_moved_keeps_its_event_and_what_did_not_change_keeps_its_stamp(client):
    moved, kept = a_variant("testfam-moved"), a_variant("testfam-kept")
    set_dates(moved, retires_on=date(2030, 7, 1))
    set_dates(kept, retires_on=date(2030, 8, 1))
    before = {str(event["SUMMARY"]): event for event in calendar(client, "/models/testfam/lifecycle.ics")}
    set_dates(moved, retires_on=date(2030, 9, 1))
    after = {str(event["SUMMARY"]): event for event in calendar(client, "/models/testfam/lifecycle.ics")}
    for summary, event in before.items():
        assert after[summary]["UID"] == event["UID"]
    assert after["testfam-moved retires"]["DTSTART"].dt == date(2030, 9, 1)
    assert after["testfam-moved retires"]["DTSTAMP"].dt == second_of_revision()
    assert after["testfam-kept retires"] == before["testfam-kept retires"]
    set_dates(moved, retires_on=None)
    assert len(calendar(client, "/models/testfam/lifecycle.ics")) == 1


def test_where_the_day_came_with_the_model_the_stamp_is_that_of_its_coming(client):
    variant = a_variant("testfam-born-old", retires_on=date(2030, 7, 1))
    came = second_of_revision()
    set_dates(variant, name="Renamed since")
    (event,) = calendar(client, "/models/testfam/lifecycle.ics")
    assert event["DTSTAMP"].dt == came


def test_a_calendar_asks_as_often_whatever_it_holds(client, django_assert_num_queries):
    # The fifth follows the replacements.
    with django_assert_num_queries(5):
        assert len(calendar(client, "/lifecycle.ics")) > 5
    with django_assert_num_queries(4):
        assert calendar(client, "/models/sona/lifecycle.ics") == []


def test_there_is_no_calendar_of_an_unknown_family(client):
    assert client.get("/models/nobody/lifecycle.ics").status_code == 404


@pytest.mark.parametrize("letter", ["x", "é", "漢", "😀"])
@pytest.mark.parametrize("length", range(60, 80))
def test_lines_are_folded_between_letters_however_wide(letter, length):
    name = letter * length
    one = Occasion(
        uid="u", day=date(2030, 1, 1), stamp=datetime(2026, 1, 1, tzinfo=UTC), summary=name,
        description="", url="https://example.com", category="Retirement",
    )  # fmt: skip
    written = render("Name", [one])
    assert max(map(len, written.split(b"\r\n"))) <= 75
    written.decode()
    (event,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert str(event["SUMMARY"]) == name


def test_days_long_gone_and_far_ahead_are_written_with_four_digits(client):
    set_dates(a_variant("testfam-far"), retires_on=date(9999, 12, 31))
    set_dates(a_variant("testfam-old"), retires_on=date(999, 1, 1))
    days = [event["DTSTART"].dt for event in calendar(client, "/models/testfam/lifecycle.ics")]
    assert days == [date(999, 1, 1), date(9999, 12, 31)]
    assert timezone.now().date() not in days


def test_a_calendar_is_written_to_the_letter():
    """Byte by byte, as the reader of these tests is the library that writes."""
    one = Occasion(
        uid="u", day=date(2030, 1, 1), stamp=datetime(2026, 1, 1, tzinfo=UTC), summary="a; b, c \\ d",
        description="One\nTwo\x7f", url="https://example.com/a;b,c", category="Retirement",
    )  # fmt: skip
    assert render("Na;me", [one]).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Model catalog//Lifecycle//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Na\\;me",
        "X-WR-CALNAME:Na\\;me",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "BEGIN:VEVENT",
        "UID:u",
        "DTSTAMP:20260101T000000Z",
        "DTSTART;VALUE=DATE:20300101",
        "SUMMARY:a\\; b\\, c \\\\ d",
        "DESCRIPTION:One\\nTwo",
        "CATEGORIES:Retirement",
        "URL:https://example.com/a;b,c",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    assert "BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD" in render("Name", []).decode()


def test_an_earliest_day_is_no_event(client):
    set_dates(a_variant("testfam-old"), retires_not_before=date(2030, 7, 1))
    assert calendar(client, "/models/testfam/lifecycle.ics") == []


def test_an_event_recommends_no_model_that_is_ending_itself(client):
    newest = a_variant("testfam-new", lifecycle="active")
    mid = a_variant("testfam-mid", lifecycle="retired", replacement=newest)
    set_dates(a_variant("testfam-old"), retires_on=date(2030, 7, 1), replacement=mid)
    (event,) = calendar(client, "/models/testfam/lifecycle.ics")
    assert str(event["DESCRIPTION"]).splitlines()[1:] == [
        "Replacement: testfam-mid",
        "Active model that follows: testfam-new",
    ]


def test_an_event_names_a_replacement_that_the_catalog_lacks(client):
    row = {"platform": "vendor", "source_label": "a page", "replacements": ["elsewhere"]}
    a_variant("testfam-old", retires_on=date(2030, 7, 1), end_of_life=[row])
    (event,) = calendar(client, "/models/testfam/lifecycle.ics")
    assert str(event["DESCRIPTION"]).endswith("Replacement: elsewhere")
