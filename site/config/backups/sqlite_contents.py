"""A SQLite database's tables, and a digest of each."""

import sqlite3

from config.backups.contents import LEFT_OUT, Contents, RowDigests, TableContents
from config.backups.progress import Stages, Step

PAGES = 1_000  # pages copied, or rows read, between two steps of the bar


def own_tables(connection: sqlite3.Connection) -> list[str]:
    """List the tables that hold rows of ours."""
    tables = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
    virtual = {name for name, sql in tables.items() if sql.upper().startswith("CREATE VIRTUAL")}
    # A full-text index lies in tables of its own, made from rows of ours.
    derived = tuple(f"{name}_" for name in virtual)
    return sorted(
        name for name in tables if name not in virtual and not name.startswith(("sqlite_", *derived))
    )


def read_contents(connection: sqlite3.Connection, stages: Stages) -> Contents:
    """Digest every table of ours."""
    names = own_tables(connection)
    revision, migrations = 0, []
    if "catalog_revision" in names:
        (revision,) = connection.execute("SELECT coalesce(max(number), 0) FROM catalog_revision").fetchone()
    if "django_migrations" in names:
        rows = connection.execute("SELECT app, name FROM django_migrations").fetchall()
        migrations = sorted(f"{app}.{name}" for app, name in rows)
    with stages.stage("Reading the tables") as step:
        tables = {
            name: _table(connection, name, step, (at, len(names)))
            for at, name in enumerate(names)
            if name not in LEFT_OUT
        }
    return Contents(revision=revision, migrations=tuple(migrations), tables=tables)


def _table(connection: sqlite3.Connection, name: str, step: Step, place: tuple[int, int]) -> TableContents:
    columns = sorted(row[1] for row in connection.execute(f'PRAGMA table_info("{name}")'))
    digests = RowDigests(columns)
    listed = ", ".join(f'"{column}"' for column in columns)
    # Text as it is on disk: nothing is converted, and nothing can fail to be.
    connection.text_factory = bytes
    try:
        cursor = connection.execute(f'SELECT {listed} FROM "{name}"')  # noqa: S608 - names of the database
        while rows := cursor.fetchmany(PAGES):
            for row in rows:
                digests.add(b"".join(map(_encoded, row)))
            step(*place)
    finally:
        connection.text_factory = str
    return digests.table()


def _encoded(value: bytes | float | None) -> bytes:
    if value is None:
        return b"-"
    # With kind and length, so that no two rows look alike.
    sort, text = (b"t", value) if isinstance(value, bytes) else (b"n", repr(value).encode())
    return b"%s%d:%s" % (sort, len(text), text)
