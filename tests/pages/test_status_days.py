"""The last ninety days of each family: what was declared, what was not, and what is not on record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.history.status import family_days
from catalog.models import Revision, StatusEvent
from catalog.publishing.publish import publish
from catalog.vocabulary import ChangeKind, Origin
from pages.parts.status_bars import StatusSpan, bars, spans
from rows import a_variant

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def noon():
    return timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)


def a_family_known_for(days, noon):
    variant = a_variant()
    with publish(actor=None, origin=Origin.ADMIN, reason="Seen") as edition:
        edition.record(ChangeKind.ADDED, variant, f"{variant} added")
    Revision.objects.update(at=noon - days * DAY)
    return variant


def declare(variant, severity, start, end=None):
    with publish(actor=None, origin=Origin.ADMIN, reason="Seen") as edition:
        edition.add(
            StatusEvent(variant=variant, severity=severity, message="x", started_at=start, ended_at=end)
        )
        edition.touch(variant)


def of_the_test(families):
    return next(one for one in families if one.slug == "testfam")


def test_a_day_shows_the_worst_and_one_before_the_catalog_knew_the_family_shows_nothing(noon):
    variant = a_family_known_for(5, noon)
    declare(variant, "degraded", noon - 3 * DAY, noon - 2 * DAY)
    declare(variant, "outage", noon - 3 * DAY, noon - 3 * DAY + timedelta(hours=1))
    family = of_the_test(family_days(noon, 7))
    assert family.days == (
        "",
        "operational",
        "operational",
        "outage",
        "degraded",
        "operational",
        "operational",
    )
    [bar] = bars([family])
    assert bar.said == "Outage on 1 day, degraded on 1 day of 6 on record"
    assert bar.is_troubled


def test_an_end_is_exclusive_and_an_open_event_reaches_today(noon):
    variant = a_family_known_for(9, noon)
    midnight = noon.replace(hour=0)
    declare(variant, "outage", midnight - 2 * DAY, midnight - DAY)
    declare(variant, "maintenance", midnight, None)
    family = of_the_test(family_days(noon, 4))
    assert family.days == ("operational", "outage", "operational", "maintenance")


def test_an_event_before_the_first_publish_is_shown_on_its_day_alone(noon):
    variant = a_family_known_for(1, noon)
    declare(variant, "outage", noon - 3 * DAY, noon - 3 * DAY + timedelta(hours=1))
    family = of_the_test(family_days(noon, 5))
    assert family.days == ("", "outage", "", "operational", "operational")


def test_days_that_are_alike_are_one_span():
    assert spans(["", "", "operational"]) == (
        StatusSpan(0, 2, "unknown", "Not on record"),
        StatusSpan(2, 1, "operational", "Operational"),
    )


def test_the_page_says_it_in_words_and_asks_no_more_for_more_families(
    client, noon, django_assert_num_queries
):
    declare(a_family_known_for(200, noon), "degraded", noon - 2 * DAY, noon - DAY)
    with django_assert_num_queries(3):
        family_days(noon, 90)
    text = client.get("/status").content.decode()
    assert "Degraded on 2 days of 90 on record" in text
    assert '<rect class="day-degraded" x="87" width="2"' in text
