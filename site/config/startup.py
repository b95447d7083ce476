"""Starts Django, or stops with a line for each wrong setting."""

import logging
import os
import sys
from contextlib import suppress
from pathlib import Path

import django
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError
from django.db.backends.signals import connection_created

OWNER_ONLY = 0o600
OTHERS = 0o007
SQLITE = b"SQLite format 3\0"  # begins each of its files that is not empty


def start(*, serving: bool) -> None:
    """Set Django up; only servers need a SECRET_KEY."""
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    refuse_wrong_settings(serving=serving)
    _prepare_database_file()


def refuse_wrong_settings(*, serving: bool) -> None:
    """Exit with the line of each failed check."""
    from config.checks import TAG  # noqa: PLC0415 - settings must be readable before checks can be imported

    messages = run_checks(tags=[TAG], include_deployment_checks=serving)
    wrong = [f"{failed.msg} ({failed.id})" for failed in messages if failed.is_serious()]
    if wrong:
        sys.exit("\n".join(wrong))
    if serving and not settings.TRUSTED_PROXIES:
        _warn_without_proxies()


def _warn_without_proxies() -> None:
    log = logging.getLogger("config")
    if settings.IS_HTTPS:
        log.warning(
            "SITE_URL is https and TRUSTED_PROXIES is empty: requests that a proxy hands on over http "
            "are redirected to https for ever."
        )
    # Who listens on this machine only and answers for other names is behind a proxy.
    if settings.HOST in settings.LOOPBACK and not settings.IS_LOOPBACK:
        log.warning(
            "HOST is %s and TRUSTED_PROXIES is empty: all visitors have the proxy's address, so RATE_LIMIT "
            "limits nobody, and five wrong passwords lock an account for everybody.",
            settings.HOST,
        )


def run(arguments: list[str]) -> None:
    """Run a command; exit with one line without a database."""
    reached: list[bool] = []
    connection_created.connect(lambda **_event: reached.append(True), weak=False)
    try:
        execute_from_command_line(arguments)
    except OperationalError as error:
        # Once it was reached, an error is a fault to be traced.
        if reached or "--traceback" in arguments:
            raise
        reason = next(iter(str(error).strip().splitlines()), "no reason given")
        sys.exit(f"The database cannot be opened ({reason}): {_where()}.")


def _where() -> str:
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        return f"see that {database['NAME']} can be written, or give another with DATABASE_URL"
    place = f"{database['HOST'] or 'localhost'}:{database['PORT'] or 5432}"
    return f"see that PostgreSQL answers at {place}, or give another address with DATABASE_URL"


def _prepare_database_file() -> None:
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3") or str(database["NAME"]).startswith((":memory:", "file:")):
        return
    path = Path(str(database["NAME"]))
    try:
        if path.parent == settings.VAR:
            settings.VAR.mkdir(parents=True, exist_ok=True)
        # For its owner only: SQLite gives its side files the rights of the database.
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY), "rb") as file:
            begin = file.read(len(SQLITE))
    except OSError as error:
        if not path.parent.is_dir():
            sys.exit(f"There is no folder {path.parent} for the database: make it, or change DATABASE_URL.")
        setting = "CATALOG_VAR" if path.parent == settings.VAR else "DATABASE_URL"
        sys.exit(f"The database {path} cannot be opened ({error.strerror}): give another with {setting}.")
    if begin not in (b"", SQLITE):
        sys.exit(f"{path} is not a database of SQLite: give another with DATABASE_URL.")
    for part in (path, *(path.with_name(f"{path.name}-{end}") for end in ("wal", "shm", "journal"))):
        with suppress(FileNotFoundError, PermissionError):
            # A file that a group may read was set up so, and stays.
            if part.stat().st_mode & OTHERS:
                part.chmod(OWNER_ONLY)
