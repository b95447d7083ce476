"""The clock of all tests: it stands at NOON, whatever the machine's says, so that a test is green on any day.

- In the process of the tests it stands still. `@pytest.mark.clock("2026-12-01T00:00:00Z")` sets it elsewhere
  for one test; `@pytest.mark.clock(goes_on=True)` lets it run, for tests that wait for an instant.
- The processes that tests start share a clock that runs from NOON since the run began: see `environment`.
- Databases follow. SQLite asks Python; on PostgreSQL a `now()` of the tests hides the server's.
"""

import os
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine
from django.db import connections
from django.db.backends.signals import connection_created

from clock.sqlite_clock import follow_python

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
"""In the life of the bundled catalog: its prices are in force, and nothing retires or begins that day."""
SHIFT = "CLOCK_SHIFT"

_HIDES_NOW = """
CREATE OR REPLACE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    nullif(current_setting('clock.stands_at', true), '')::timestamptz,
    pg_catalog.now() + interval '{shift} seconds'
  )
$$
"""
_PUBLIC_FIRST = "search_path TO public, pg_catalog"


def stop(*, in_worker):
    """Stop the clock of this process at NOON, and start the one of the processes that it will start."""
    if not in_worker:
        os.environ[SHIFT] = str((NOON - of_the_machine()).total_seconds())
    follow_python()
    connection_created.connect(_follow)
    time_machine.travel(NOON, tick=False).start()


@contextmanager
def moved(instant=None, *, goes_on=False):
    """Have the clock stand at an instant, or go on with that of the processes that tests start."""
    if isinstance(instant, str):
        instant = datetime.fromisoformat(instant)
    with time_machine.travel(_of_processes() if goes_on else instant, tick=goes_on):
        _follow_all(goes_on=goes_on)
        yield
    _follow_all(goes_on=False)


def environment():
    """Return the variables that move the clock of a Python process; none outside of a run of the tests."""
    return {SHIFT: os.environ[SHIFT], "PYTHONPATH": str(Path(__file__).parent)} if SHIFT in os.environ else {}


def prepare_postgres(link):
    """Hide the server's `now()` in a database of PostgreSQL, for this and each later connection to it."""
    database, now = link.execute("SELECT current_database(), pg_catalog.now()").fetchone()
    # The server may run on a machine of its own, with a clock of its own.
    link.execute(_HIDES_NOW.format(shift=(_of_processes() - now).total_seconds()))
    link.execute(f'ALTER DATABASE "{database}" SET {_PUBLIC_FIRST}')
    link.execute(f"SET {_PUBLIC_FIRST}")


def of_the_machine():
    """Return the instant of the machine, which the tests else never ask."""
    machine = time_machine.escape_hatch
    return machine.datetime.datetime.now(UTC) if machine.is_travelling() else datetime.now(UTC)


def _of_processes():
    return of_the_machine() + timedelta(seconds=float(os.environ[SHIFT]))


def _follow(connection, *, goes_on=False, **_signal):
    if connection.vendor == "postgresql" and connection.connection is not None:
        # Past Django's own cursor, which most tests may not use.
        stands_at = "" if goes_on else datetime.now(UTC).isoformat()
        connection.connection.execute("SELECT set_config('clock.stands_at', %s, false)", [stands_at])


def _follow_all(*, goes_on):
    for connection in connections.all(initialized_only=True):
        _follow(connection, goes_on=goes_on)
