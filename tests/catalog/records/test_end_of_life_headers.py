"""What HTTP says of a model that is going or gone, from its record alone."""

from datetime import UTC, datetime

import pytest

from catalog.records.end_of_life_headers import end_of_life_headers
from catalog.records.facts import facts
from factories import a_record
from small import NEWEST

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
NEXT = "https://models.example.com/models/linden/ballad-5"


def headers(at=NOW, successor=None, **changed):
    return end_of_life_headers(facts(a_record(**changed), at), successor)


def source(field, day):
    return {"field": field, "url": None, "label": "Lifecycle page", "checked_on": day}


def seconds(day):
    return int(datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp())


@pytest.mark.parametrize("lifecycle", [None, "preview", "active"])
def test_nothing_is_said_of_a_model_whose_end_is_not_known(lifecycle):
    assert headers(successor=NEXT, replacement=NEWEST, stated_lifecycle=lifecycle) == {}


def test_the_dates_are_those_of_the_record_and_the_successor_is_linked():
    said = headers(deprecated_on="2026-08-01", retires_on="2026-11-30", replacement=NEWEST, successor=NEXT)
    assert said == {
        "Deprecation": f"@{seconds('2026-08-01')}",
        "Sunset": "Mon, 30 Nov 2026 00:00:00 GMT",
        "Link": f'<{NEXT}>; rel="successor-version"',
    }


def test_a_deprecation_ahead_is_said_before_it_comes():
    assert headers(deprecated_on="2027-01-01") == {"Deprecation": f"@{seconds('2027-01-01')}"}


def test_what_is_retired_still_says_since_when():
    assert headers(retires_on="2026-10-20")["Sunset"] == "Tue, 20 Oct 2026 00:00:00 GMT"


def test_a_deprecation_is_said_with_a_stated_day_alone():
    read = [source("retires_on", "2026-11-22"), source("lifecycle", "2026-07-18")]
    assert headers(retires_on="2026-11-30", sources=read) == {"Sunset": "Mon, 30 Nov 2026 00:00:00 GMT"}
    assert headers(stated_lifecycle="deprecated", sources=read) == {}


def test_a_day_that_nobody_knows_is_left_out():
    assert headers(stated_lifecycle="retired") == {}


def test_without_a_model_to_use_instead_none_is_linked():
    assert "Link" not in headers(retires_on="2026-11-30", replacement=NEWEST)
