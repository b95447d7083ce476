"""Lets one start at a time prepare database and static files."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

NUMBER = int.from_bytes(b"catalog", "big")  # of our lock in PostgreSQL: any that no other program takes


@contextmanager
def alone(waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the locks of `var` and database; call `waiting` before a wait."""
    with ExitStack() as held:
        held.enter_context(_file_lock(settings.VAR / "start.lock", waiting))
        if connection.vendor == "postgresql":
            held.enter_context(_session_lock(waiting))
        else:
            path = Path(str(settings.DATABASES["default"]["NAME"]))
            held.enter_context(_file_lock(path.with_name(f"{path.name}.lock"), waiting))
        yield


@contextmanager
def _file_lock(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    # The file stays: whoever removed it would part those who wait from those who come.
    # For its owner only: whoever could open it could keep every start waiting.
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _session_lock(waiting: Callable[[], None]) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [NUMBER])
        if not cursor.fetchone()[0]:
            waiting()
            cursor.execute("SELECT pg_advisory_lock(%s)", [NUMBER])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [NUMBER])
