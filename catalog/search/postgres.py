"""Search on PostgreSQL: a GIN index over the terms of the entries as an array; no extension is needed."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

INDEX = "catalog_searchentry_terms"
_ARRAY = "string_to_array(terms, ' ')"
INDEXES = {
    INDEX: f"catalog_searchentry USING gin ({_ARRAY})",
    # Byte by byte, as SQLite compares: the same keys come first whatever the locale.
    "catalog_searchkey_order": 'catalog_searchkey (key COLLATE "C", entry_id)',
}
GROUP = "0g0"
FIRST_STAGE = 2_048
FACTOR = 8
STAGES = 4
_KEYS = (
    'SELECT position FROM (SELECT entry_id AS position FROM catalog_searchkey WHERE key COLLATE "C" >= %s '
    'AND key COLLATE "C" < %s ORDER BY key COLLATE "C", entry_id LIMIT %s) AS keys'
)
_COLUMNS = "position, kind, label, title, path, names, released, retired_from"


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the indexes where they are missing."""
    with connection.cursor() as cursor:
        for name in missing(connection):
            cursor.execute(f"CREATE INDEX {name} ON {INDEXES[name]}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Name what of the index is missing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()")
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in INDEXES if name not in present]


def markers(position: int) -> set[str]:
    """Mark the stage of an entry: GIN knows no order, so the first positions are asked for by name.

    Each stage is eight times as large as the one before. A common word finds enough in the first; a rare one
    is looked for in all, and has few rows in each.
    """
    if position < 0:
        return {GROUP}
    stage = 0
    while position >= FIRST_STAGE * FACTOR**stage and stage < STAGES - 1:
        stage += 1
    return {_stage(stage)}


def settle(connection: BaseDatabaseWrapper) -> None:
    """Move what was written from the index's waiting list into the index: searching that list is slow."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [INDEX])


def tidy(connection: BaseDatabaseWrapper) -> None:
    """Merge what many writes left in pieces: PostgreSQL keeps its index in one."""


def candidates(
    connection: BaseDatabaseWrapper, key: str, any_of: Sequence[Sequence[str]], caps: tuple[int, int, int]
) -> list[tuple[Any, ...]]:
    """Fetch entries whose key begins so, and those that hold all terms of one of the lists."""
    keys, groups, models = caps
    parts = [_KEYS]
    values: list[Any] = [key, key + "{", keys]
    for markers_of, cap in (([GROUP], groups), ([_stage(number) for number in range(STAGES)], models)):
        stages = []
        for marker in markers_of:
            holds = " OR ".join(f"{_ARRAY} @> %s::text[]" for _ in any_of)
            # `+ 0` keeps the planner from walking all rows in the order of their position.
            stages.append(
                f"(SELECT position FROM catalog_searchentry WHERE {holds} ORDER BY position + 0 LIMIT %s)"  # noqa: S608
            )
            values += [[*terms, marker] for terms in any_of] + [cap]
        # Stages are read one after the other, and no further than the limit.
        parts.append(f"(SELECT position FROM ({' UNION ALL '.join(stages)}) AS stages LIMIT %s)")  # noqa: S608
        values.append(cap)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM catalog_searchentry WHERE position IN ({' UNION '.join(parts)})",  # noqa: S608
            values,
        )
        return list(cursor.fetchall())


def every(connection: BaseDatabaseWrapper, terms: Sequence[str]) -> Iterator[int]:
    """Give the positions of all models that hold these terms, in no order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT position FROM catalog_searchentry WHERE {_ARRAY} @> %s::text[] AND position > 0",  # noqa: S608
            [list(terms)],
        )
        while rows := cursor.fetchmany(1_000):
            yield from (row[0] for row in rows)


def held(connection: BaseDatabaseWrapper, found: Sequence[str], prefix: str = "") -> set[str]:
    """Say which of these terms any entry holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM unnest(%s::text[]) AS word WHERE EXISTS "  # noqa: S608
            f"(SELECT 1 FROM catalog_searchentry WHERE {_ARRAY} @> ARRAY[%s::text || word])",
            [list(found), prefix],
        )
        return {row[0] for row in cursor.fetchall()}


def _stage(number: int) -> str:
    return f"0s{number}"
