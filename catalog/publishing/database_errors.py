"""Tells database failures that pass from faults of the code."""

import sqlite3
from enum import Enum
from typing import Any

from django.db import InterfaceError, OperationalError, connections

from catalog.text.language import mark

BUSY_WORDS = mark("The database is busy: another write is under way. Nothing was saved. Try again.")


class Trouble(Enum):
    """Why a request failed, where retrying helps."""

    AWAY = "away"
    BUSY = "busy"


_BUSY_IN_POSTGRES = {
    "55P03",  # lock_not_available: lock_timeout
    "57014",  # query_canceled: statement_timeout
    "40001",  # serialization_failure
    "40P01",  # deadlock_detected
}
# SQLSTATE classes: connection, log-in, no such database, resources, shutdown, system, read-only.
_AWAY_IN_POSTGRES = {"08", "28", "3D", "53", "57", "58", "25"}
_BUSY_IN_SQLITE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_AWAY_IN_SQLITE = {
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_READONLY),
}


def trouble(error: BaseException | None) -> Trouble | None:
    """Return whether the database is away or busy, else None."""
    # Django passes on some errors of a driver as they are, such as one of closing a cursor.
    drivers: tuple[type[Exception], ...] = (sqlite3.OperationalError,)
    for link in connections.all():
        drivers += _raised_by(link)
    cause = error if isinstance(error, drivers) else getattr(error, "__cause__", None)
    if isinstance(cause, sqlite3.Error):
        # The low byte is the kind. A missing table is an OperationalError here, too: of kind SQLITE_ERROR.
        kind = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if kind in _BUSY_IN_SQLITE:
            return Trouble.BUSY
        return Trouble.AWAY if kind in _AWAY_IN_SQLITE else None
    if not isinstance(error, (OperationalError, InterfaceError, *drivers)):
        return None
    state = getattr(cause, "sqlstate", None)
    if state in _BUSY_IN_POSTGRES:
        return Trouble.BUSY
    # Others of these errors are faults of the code, such as an index row that is too large.
    return Trouble.AWAY if state is None or state[:2] in _AWAY_IN_POSTGRES else None


def _raised_by(link: Any) -> tuple[type[Exception], ...]:
    return link.Database.OperationalError, link.Database.InterfaceError  # of psycopg or sqlite3
