"""Search on PostgreSQL: a GIN index over terms, without extensions."""

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
# GIN has no order, so the first positions are asked for by a term of their stage, each eight times as large
# as the one before. Common words fill their limit in the first; rare ones have few rows in each.
FIRST_STAGE = 2_048
FACTOR = 8
STAGES = 4
FUNCTION = "catalog_search_candidates"
# A function keeps its plans for as long as a connection lives: planning would cost more than searching does.
# Stages are read one after the other, and no further than the limit. `+ 0` keeps the planner from walking all
# rows in the order of their position.
_BODY = """
CREATE OR REPLACE FUNCTION catalog_search_candidates(
  low text, high text, lists text[], most_keys integer, most_groups integer, most_models integer
) RETURNS SETOF bigint LANGUAGE plpgsql STABLE AS $body$
DECLARE
  list text;
  marker text;
  room integer;
  found integer;
BEGIN
  RETURN QUERY SELECT k.entry_id FROM catalog_searchkey AS k
    WHERE k.key COLLATE "C" >= low AND k.key COLLATE "C" < high
    ORDER BY k.key COLLATE "C", k.entry_id LIMIT most_keys;
  FOREACH list IN ARRAY lists LOOP
    room := most_groups;
    FOREACH marker IN ARRAY ARRAY['0g0', '0s0', '0s1', '0s2', '0s3'] LOOP
      RETURN QUERY SELECT e.position FROM catalog_searchentry AS e
        WHERE string_to_array(e.terms, ' ') @> string_to_array(list || ' ' || marker, ' ')
        ORDER BY e.position + 0 LIMIT room;
      GET DIAGNOSTICS found = ROW_COUNT;
      room := CASE marker WHEN '0g0' THEN most_models ELSE room - found END;
      EXIT WHEN room <= 0;
    END LOOP;
  END LOOP;
END $body$
"""
_CANDIDATES = """
SELECT position, kind, label, title, path, names, released, retired_from FROM catalog_searchentry
WHERE position IN (SELECT catalog_search_candidates(%s, %s, %s::text[], %s, %s, %s))
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Create missing indexes, and this version's function."""
    with connection.cursor() as cursor:
        for name in missing(connection):
            if name in INDEXES:
                cursor.execute(f"CREATE INDEX {name} ON {INDEXES[name]}")
        cursor.execute(_BODY)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return missing parts of the index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema() "
            "UNION SELECT proname::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
        )
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in (*INDEXES, FUNCTION) if name not in present]


def markers(position: int) -> set[str]:
    """Return the stage of an entry as a term."""
    if position < 0:
        return {GROUP}
    stage = 0
    while position >= FIRST_STAGE * FACTOR**stage and stage < STAGES - 1:
        stage += 1
    return {_stage(stage)}


def settle(connection: BaseDatabaseWrapper) -> None:
    """Flush GIN's pending list."""
    with connection.cursor() as cursor:
        # New rows wait in a list that every search reads from end to end.
        cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [INDEX])


def tidy(connection: BaseDatabaseWrapper) -> None:
    """Do nothing: PostgreSQL keeps its index in one piece."""


def candidates(
    connection: BaseDatabaseWrapper, key: str, any_of: Sequence[Sequence[str]], caps: tuple[int, int, int]
) -> list[tuple[Any, ...]]:
    """Fetch entries by key prefix, or by lists of terms."""
    lists = [" ".join(terms) for terms in any_of]
    with connection.cursor() as cursor:
        # Keys are ASCII letters and digits: a brace sorts behind all of them.
        cursor.execute(_CANDIDATES, [key, key + "{", lists, *caps])
        return list(cursor.fetchall())


def every(connection: BaseDatabaseWrapper, terms: Sequence[str]) -> Iterator[int]:
    """Yield positions of models with these terms."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT position FROM catalog_searchentry WHERE {_ARRAY} @> %s::text[] AND position > 0",  # noqa: S608
            [list(terms)],
        )
        while rows := cursor.fetchmany(1_000):
            yield from (row[0] for row in rows)


def held(connection: BaseDatabaseWrapper, terms: Sequence[str], prefix: str = "") -> set[str]:
    """Return which terms any entry holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM unnest(%s::text[]) AS word WHERE EXISTS "  # noqa: S608
            f"(SELECT 1 FROM catalog_searchentry WHERE {_ARRAY} @> ARRAY[%s::text || word])",
            [list(terms), prefix],
        )
        return {row[0] for row in cursor.fetchall()}


def _stage(number: int) -> str:
    return f"0s{number}"
