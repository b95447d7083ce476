"""The clock of the tests: the same in this process, in those it starts, and in both databases."""

import json
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

import clock
import live

LATER = "2027-02-01T08:00:00Z"
OF_THE_SITE = """
import datetime, json, sqlite3, time
now = datetime.datetime.now(datetime.UTC).timestamp()
(text,) = sqlite3.connect(":memory:").execute("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')").fetchone()
print(json.dumps([now, time.time(), datetime.datetime.fromisoformat(text + "+00:00").timestamp()]))
"""


def of_database():
    """What the triggers of prices take for now."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT now()")
            return cursor.fetchone()[0]
        cursor.execute("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')")
        return datetime.fromisoformat(f"{cursor.fetchone()[0]}+00:00")


def of_a_process():
    """What a process that a test starts takes for now: by Python's two ways, and by SQLite."""
    command = [sys.executable, "-c", OF_THE_SITE]
    said = subprocess.run(command, env=live.environment(), capture_output=True, text=True, check=True).stdout
    return [datetime.fromtimestamp(seconds, UTC) for seconds in json.loads(said)]


@pytest.mark.django_db
@pytest.mark.writes
def test_the_clock_stands_at_noon():
    time.sleep(0.01)
    assert timezone.now() == datetime.now(UTC) == datetime.fromtimestamp(time.time(), UTC) == clock.NOON
    assert date.today() == clock.NOON.date()  # noqa: DTZ011
    assert of_database() == clock.NOON


@pytest.mark.django_db
@pytest.mark.writes
@pytest.mark.clock(LATER)
def test_a_test_may_say_where_it_stands():
    assert timezone.now() == of_database() == datetime.fromisoformat(LATER)


@pytest.mark.programs
@pytest.mark.django_db
@pytest.mark.writes
@pytest.mark.clock(goes_on=True)
def test_a_test_may_have_it_go_on_as_it_does_in_the_processes_that_tests_start():
    before = timezone.now()
    assert before < clock.NOON + timedelta(hours=6)
    # SQLite counts milliseconds, and of PostgreSQL's clock is known what the network lets through.
    near = timedelta(milliseconds=250)
    for now in [*of_a_process(), of_database()]:
        assert before - near <= now <= timezone.now() + near
