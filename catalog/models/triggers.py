"""Prices never overlap, and one in force can only be closed."""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# What is learned later: `effective_until` closes a price, the others never change what it costs.
LEARNED = (
    "effective_until",
    "checked_on",
    "on_record_since",
    "unit_is_inferred",
    "unit_confirmed_at",
    "omits",
    "is_held_back",
    "covered_from",
    "covered_until",
)
FROZEN = (
    "variant_id",
    "kind",
    "state",
    "meter",
    "per",
    "amount",
    "currency",
    "conditions",
    "conditions_key",
    "minimum",
    "step",
    "is_promotion",
    "factor",
    "effective_from",
    "source_url",
    "source_label",
    "note",
    "reason",
    "origin",
    "revision_id",
)

OVERLAP = "another price of this model, kind, meter and conditions is in force in that time"
IMMUTABLE = "a price that has taken effect is never edited: close it and add its successor"

# As Django writes instants, so that texts compare: with %f, to the millisecond.
_SQLITE_NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
_SQLITE_OVERLAP = f"""
  WHEN EXISTS (
    SELECT 1 FROM catalog_price AS other
    WHERE other.variant_id = NEW.variant_id AND other.kind = NEW.kind AND other.meter = NEW.meter
      AND other.conditions_key = NEW.conditions_key AND other.id IS NOT NEW.id
      AND (other.effective_until IS NULL OR other.effective_until > NEW.effective_from)
      AND (NEW.effective_until IS NULL OR NEW.effective_until > other.effective_from)
  ) BEGIN SELECT RAISE(ABORT, '{OVERLAP}'); END
"""  # noqa: S608
_SQLITE_CHANGED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in FROZEN)
SQLITE_TRIGGERS = {
    "catalog_price_overlap_insert": f"BEFORE INSERT ON catalog_price {_SQLITE_OVERLAP}",
    "catalog_price_overlap_update": (
        "BEFORE UPDATE OF variant_id, kind, meter, conditions_key, effective_from, effective_until "
        f"ON catalog_price {_SQLITE_OVERLAP}"
    ),
    "catalog_price_immutable": (
        f"BEFORE UPDATE ON catalog_price WHEN OLD.effective_from <= {_SQLITE_NOW} AND ({_SQLITE_CHANGED} "
        "OR (NEW.effective_until IS NOT OLD.effective_until AND OLD.effective_until IS NOT NULL "
        f"AND OLD.effective_until <= {_SQLITE_NOW})) BEGIN SELECT RAISE(ABORT, '{IMMUTABLE}'); END"
    ),
    "catalog_price_kept": (
        f"BEFORE DELETE ON catalog_price WHEN OLD.effective_from <= {_SQLITE_NOW} "
        f"BEGIN SELECT RAISE(ABORT, '{IMMUTABLE}'); END"
    ),
}

_POSTGRES_CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in FROZEN)
POSTGRES_CONSTRAINT = "catalog_price_no_overlap"
POSTGRES_TRIGGER = "catalog_price_immutable"
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION catalog_price_guard() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF OLD.effective_from > now() THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' OR {_POSTGRES_CHANGED} OR (
    NEW.effective_until IS DISTINCT FROM OLD.effective_until
    AND OLD.effective_until IS NOT NULL AND OLD.effective_until <= now()
  ) THEN
    RAISE EXCEPTION '{IMMUTABLE}' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $body$
"""


def after_migrate(using: str, **_kwargs: Any) -> None:
    """Install the triggers once the price table exists."""
    # After every migration: one that rebuilds a SQLite table drops its triggers silently.
    connection = connections[using]
    if _holds_columns(connection):
        install(connection)


def _holds_columns(connection: BaseDatabaseWrapper) -> bool:
    """Whether the table has all columns; a migration that is still to come may add some."""
    if "catalog_price" not in connection.introspection.table_names():
        return False
    # A trigger on a column that is not there yet would stop the migration that adds it.
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "catalog_price")
    return {column.name for column in columns} >= set(FROZEN)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create what is missing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name, body in SQLITE_TRIGGERS.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(f"CREATE TRIGGER {name} {body}")
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")  # GiST has no = for numbers and texts
        cursor.execute(POSTGRES_FUNCTION)
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {POSTGRES_TRIGGER} BEFORE UPDATE OR DELETE ON catalog_price "
            "FOR EACH ROW EXECUTE FUNCTION catalog_price_guard()"
        )
        if POSTGRES_CONSTRAINT not in _present(connection):
            cursor.execute(
                f"ALTER TABLE catalog_price ADD CONSTRAINT {POSTGRES_CONSTRAINT} EXCLUDE USING gist ("
                "variant_id WITH =, kind WITH =, meter WITH =, conditions_key WITH =, "
                "tstzrange(effective_from, effective_until, '[)') WITH &&)"
            )


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the missing names; none before the tables exist."""
    if "catalog_price" not in connection.introspection.table_names():
        return []
    if connection.vendor == "sqlite":
        expected = list(SQLITE_TRIGGERS)
    else:
        expected = [POSTGRES_CONSTRAINT, POSTGRES_TRIGGER]
    present = _present(connection)
    return [name for name in expected if name not in present]


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'catalog_price'"
    else:
        query = (
            "SELECT conname FROM pg_constraint WHERE conrelid = 'catalog_price'::regclass "
            "UNION SELECT tgname FROM pg_trigger "
            "WHERE tgrelid = 'catalog_price'::regclass AND tgenabled <> 'D'"  # D: disabled
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}
