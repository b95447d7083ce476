"""What tests of backups share: databases of their own that are filled, and places that are empty."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from django.db import connection

import clock
import live
from config.backups import archive
from config.backups.postgres import Postgres
from config.backups.sqlite import Sqlite

WORKER = Path(__file__).parent / "config/backups/site_worker.py"
IS_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
_numbers = count(1)


def manage(*words, **settings):
    """Run a command that has to succeed; return what it prints."""
    done = live.manage(*map(str, words), **settings)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refusal(*words, **settings):
    """Run a command that has to fail with one line; return the line."""
    done = live.manage(*map(str, words), **settings)
    assert done.returncode == 1, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def start(*words, settings, program=live.MANAGE, **given):
    """Start a command, or a worker, and go on."""
    return subprocess.Popen(
        [*given.pop("before", ()), sys.executable, str(program), *map(str, words)],
        env=live.environment(**settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **given,
    )


def worker(*words, settings):
    """Run the worker and return what it says at its end."""
    process = start(*words, settings=settings | {"DEBUG": "on"}, program=WORKER)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return json.loads(out.splitlines()[-1])


def made(*words, **settings):
    """Make a backup with a command; return what it says of it."""
    return json.loads(manage("backup", *words, "--json", **settings))


def engine(settings):
    """The engine of the database that these settings name."""
    url = settings["DATABASE_URL"]
    if url.startswith("sqlite"):
        return Sqlite(Path(url.removeprefix("sqlite:///")))
    own = connection.copy()
    own.settings_dict["NAME"] = url.rpartition("/")[2].partition("?")[0]
    return Postgres(own)


@contextmanager
def empty_place(folder):
    """The settings of a database that holds nothing, not even the clock of the tests."""
    number = next(_numbers)
    settings = {
        "CATALOG_VAR": folder / f"var-{number}",
        "DATABASE_URL": f"sqlite:///{folder}/restored-{number}.sqlite3",
    }
    if not IS_POSTGRES:
        yield settings
        return
    import psycopg

    name = f"restored_{os.getpid()}_{number}"
    server, _, _ = os.environ["DATABASE_URL"].partition("?")[0].rpartition("/")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as link:
        link.execute(f"DROP DATABASE IF EXISTS {name}")
        link.execute(f"CREATE DATABASE {name}")
        try:
            yield settings | {"DATABASE_URL": f"{server}/{name}"}
        finally:
            link.execute(f"DROP DATABASE {name} WITH (FORCE)")


def set_clock(settings):
    """Have a restored database tell the time of the tests."""
    if IS_POSTGRES:
        import psycopg

        with psycopg.connect(settings["DATABASE_URL"], autocommit=True) as link:
            clock.prepare_postgres(link)


def manifest(path):
    with archive.opened(path) as backup:
        return backup.manifest
