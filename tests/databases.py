"""The databases of the tests: a template for each catalog, filled once, and copies of it.

A template is migrated and filled by the first process that wants it, and kept until the code, the locked
packages or the catalog change: the hash of all these is part of its name. Filling one takes seconds, a copy
of it some milliseconds. SQLite's are files in `.pytest_cache`, PostgreSQL's lie beside the database that
DATABASE_URL names.
"""

import fcntl
import hashlib
import os
import sqlite3
import sys
from contextlib import closing, contextmanager, nullcontext
from itertools import count
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

import clock

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".pytest_cache/databases"
SMALL, BUNDLED, OPERATOR = "small", "bundled", "operator"
FILES = {
    SMALL: ROOT / "tests/small_catalog",
    BUNDLED: ROOT / "catalog/data",
    OPERATOR: ROOT / "tests/operator_catalog",
}
IS_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
_LOCK = 15_001
unblocked = nullcontext
"""Lets tests that may not use a database make one all the same: `conftest` sets it."""
_numbers = count(1)


class Copies:
    """The databases of this process: one of each catalog, made when the first test wants it."""

    def __init__(self):
        self.wanted, self.first_name, self.made, self.kept_open = SMALL, None, {}, []

    def want(self, catalog):
        """Have the next tests see this catalog."""
        self.wanted = catalog
        if self.first_name and connection.settings_dict["NAME"] != self.made.get(catalog):
            self.show()

    def show(self):
        """Connect to the database of the wanted catalog; what the process knows of another is forgotten."""
        self.first_name = self.first_name or connection.settings_dict["NAME"]
        if self.wanted not in self.made:
            self.made[self.wanted] = self._copied(self.wanted)
        _connect_to(self.made[self.wanted])
        cache.clear()
        ContentType.objects.clear_cache()

    def remove(self):
        """Go back to where this process began."""
        if self.first_name:
            _connect_to(self.first_name)
        for kept in self.kept_open:
            kept.close()
        if IS_POSTGRES and self.made:
            with _server() as link:
                for name in self.made.values():
                    link.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _copied(self, catalog):
        if IS_POSTGRES:
            return _copy_on_server(catalog, f"test_{os.getpid()}_{catalog}")
        # In memory, and there as long as one connection to it is open.
        name = f"file:{catalog}?mode=memory&cache=shared"
        self.kept_open.append(sqlite3.connect(name, uri=True, check_same_thread=False))
        with closing(sqlite3.connect(_file(catalog))) as template:
            template.backup(self.kept_open[-1])
        return name


@contextmanager
def new(folder, catalog=SMALL):
    """The setting of one more database for as long as a block runs: one that holds a catalog, or is empty.

    An empty one of SQLite is nothing at all: it is a file that the site makes in its own folder.
    """
    if IS_POSTGRES:
        name = f"live_{os.getpid()}_{next(_numbers)}"
        server, _, _ = os.environ["DATABASE_URL"].partition("?")[0].rpartition("/")
        _copy_on_server(catalog, name)
        try:
            yield {"DATABASE_URL": f"{server}/{name}"}
        finally:
            with _server() as link:
                link.execute(f"DROP DATABASE {name} WITH (FORCE)")
    elif catalog is None:
        yield {}
    else:
        path = folder / f"{catalog}-{next(_numbers)}.sqlite3"
        with closing(sqlite3.connect(_file(catalog))) as template, closing(sqlite3.connect(path)) as copy:
            template.backup(copy)
        yield {"DATABASE_URL": f"sqlite:///{path}"}


def _key(catalog):
    """A hash of all that decides what a database with this catalog holds."""
    content = hashlib.sha256(f"{sys.version}{connection.vendor}".encode())
    read = [ROOT / "requirements-dev.txt", Path(__file__), *FILES[catalog].glob("*.toml")]
    for room in ("catalog", "site", "tests/clock"):
        read += (ROOT / room).rglob("*.py")
    for path in sorted(read):
        content.update(path.read_bytes())
    return content.hexdigest()[:12]


def _file(catalog):
    """The path of SQLite's template."""
    path = FOLDER / f"{catalog}-{_key(catalog)}.sqlite3"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for older in FOLDER.glob(f"{catalog}-*"):
                older.unlink()
            building = path.with_suffix(".building")
            _fill(str(building), catalog)
            building.rename(path)
    return path


def _copy_on_server(catalog, name):
    """Make a database of PostgreSQL that holds a catalog, or nothing, with the clock of the tests."""
    import psycopg

    with _server() as link:
        link.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        template = _template_on_server(link, catalog) if catalog else "template1"
        link.execute(f"DROP DATABASE IF EXISTS {name}")
        link.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    server, _, _ = os.environ["DATABASE_URL"].partition("?")[0].rpartition("/")
    with psycopg.connect(f"{server}/{name}", autocommit=True) as own:
        clock.prepare_postgres(own)
    return name


def _template_on_server(link, catalog):
    base = f"template_{link.info.dbname}_{catalog}_"
    name, building = f"{base}{_key(catalog)}", f"{base}building"
    known = [row[0] for row in link.execute("SELECT datname FROM pg_database")]
    if name not in known:
        for older in known:
            if older.startswith(base):
                link.execute(f'DROP DATABASE "{older}" WITH (FORCE)')
        link.execute(f'CREATE DATABASE "{building}"')
        _fill(building, catalog)
        link.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    return f'"{name}"'


def _server():
    """A connection to the server under test, beside Django's."""
    import psycopg

    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def _fill(name, catalog):
    """Migrate an empty database, and load a catalog into it."""
    from catalog.exchange.load import load_bundled, load_files

    before = connection.settings_dict["NAME"]
    _connect_to(name)
    with unblocked(), clock.moved(clock.NOON):
        if IS_POSTGRES:
            connection.ensure_connection()
            clock.prepare_postgres(connection.connection)
        call_command("migrate", verbosity=0)
        if catalog == BUNDLED:
            load_bundled()
        else:
            load_files(sorted(FILES[catalog].glob("*.toml")), reason="The tests' catalog")
    _connect_to(before)


def _connect_to(name):
    # Django never closes a database in memory; this one is kept open elsewhere.
    BaseDatabaseWrapper.close(connection)
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
