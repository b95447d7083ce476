"""SQL of SQLite that reads the clock of Python, which the tests move, and not the machine's."""

import sqlite3
from datetime import UTC, datetime


def follow_python():
    """Have each connection that is opened from now on ask Python what time it is."""
    connect = sqlite3.dbapi2.connect

    def connected(*args, **kwargs):
        connection = connect(*args, **kwargs)
        connection.create_function("strftime", -1, _strftime)
        return connection

    sqlite3.connect = sqlite3.dbapi2.connect = connected


def _strftime(form, *moment):
    """Answer the one question about the clock that the triggers of `catalog.models.triggers` ask."""
    if (form, *moment) != ("%Y-%m-%d %H:%M:%f", "now"):
        raise ValueError(f"the clock of the tests does not know strftime{(form, *moment)}")
    return datetime.now(UTC).isoformat(sep=" ", timespec="milliseconds").removesuffix("+00:00")
