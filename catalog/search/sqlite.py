"""Search on SQLite: an FTS5 table, updated by triggers."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "catalog_searchtext"
# No positions and no sizes are kept: candidates are found here and ranked elsewhere.
_CREATE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5(terms, content='catalog_searchentry', "
    "content_rowid='position', detail=none, columnsize=0, tokenize='ascii')"
)
_ADD = f"INSERT INTO {TABLE}(rowid, terms) VALUES (new.position, new.terms);"  # noqa: S608
_DROP = f"INSERT INTO {TABLE}({TABLE}, rowid, terms) VALUES ('delete', old.position, old.terms);"  # noqa: S608
TRIGGERS = {
    "catalog_searchentry_added": f"AFTER INSERT ON catalog_searchentry BEGIN {_ADD} END",
    "catalog_searchentry_dropped": f"AFTER DELETE ON catalog_searchentry BEGIN {_DROP} END",
    "catalog_searchentry_changed": (
        f"AFTER UPDATE ON catalog_searchentry WHEN new.terms IS NOT old.terms BEGIN {_DROP} {_ADD} END"
    ),
}
KEY_INDEX = "CREATE INDEX IF NOT EXISTS catalog_searchkey_order ON catalog_searchkey (key, entry_id)"
# Names of tables and columns are constants; what was typed arrives as parameters.
_FOUND = (
    f"UNION SELECT rowid FROM (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid < 0 "  # noqa: S608
    f"ORDER BY rowid LIMIT %s) UNION SELECT rowid FROM (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s "
    "AND rowid > 0 ORDER BY rowid LIMIT %s) "
)
_CANDIDATES = """
SELECT position, kind, label, title, path, names, released, retired_from FROM catalog_searchentry
WHERE position IN (
  SELECT entry_id FROM (SELECT entry_id FROM catalog_searchkey WHERE key >= %s AND key < %s
    ORDER BY key, entry_id LIMIT %s) """
_HELD = (
    "SELECT word.value FROM json_each(%s) AS word WHERE EXISTS "  # noqa: S608
    f"(SELECT 1 FROM {TABLE} WHERE {TABLE} MATCH '\"' || %s || word.value || '\"')"
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create and fill the table, and replace its triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [TABLE])
        is_there = cursor.fetchone() is not None
        cursor.execute(_CREATE)
        for name, body in TRIGGERS.items():
            # Its body may be that of an earlier version.
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"CREATE TRIGGER {name} {body}")
        cursor.execute(KEY_INDEX)
        if not is_there:
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')")  # noqa: S608


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return missing parts of the index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master")
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in (TABLE, *TRIGGERS, "catalog_searchkey_order") if name not in present]


def markers(position: int) -> set[str]:  # noqa: ARG001 - rows are read in order of their position here
    """Return no extra terms."""
    return set()


def settle(connection: BaseDatabaseWrapper) -> None:
    """Do nothing: no write is deferred."""


def tidy(connection: BaseDatabaseWrapper) -> None:
    """Merge the index's segments."""
    with connection.cursor() as cursor:
        # Every query reads each segment, and many writes leave many.
        cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")  # noqa: S608


def candidates(
    connection: BaseDatabaseWrapper, key: str, any_of: Sequence[Sequence[str]], caps: tuple[int, int, int]
) -> list[tuple[Any, ...]]:
    """Fetch entries by key prefix, or by lists of terms."""
    keys, groups, models = caps
    # Keys are ASCII letters and digits: a brace sorts behind all of them.
    values: list[Any] = [key, key + "{", keys]
    for terms in any_of:
        match = " AND ".join(map(_quoted, terms))
        values += [match, groups, match, models]
    with connection.cursor() as cursor:
        cursor.execute(f"{_CANDIDATES}{_FOUND * len(any_of)})", values)
        return list(cursor.fetchall())


def every(connection: BaseDatabaseWrapper, terms: Sequence[str]) -> Iterator[int]:
    """Yield positions of models with these terms."""
    match = " AND ".join(map(_quoted, terms))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid > 0", [match])  # noqa: S608
        while rows := cursor.fetchmany(1_000):
            yield from (row[0] for row in rows)


def held(connection: BaseDatabaseWrapper, terms: Sequence[str], prefix: str = "") -> set[str]:
    """Return which terms any entry holds."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [json.dumps(list(terms)), prefix])
        return {row[0] for row in cursor.fetchall()}


def _quoted(term: str) -> str:
    return f'"{term}"'
