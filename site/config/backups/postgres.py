"""PostgreSQL: `pg_dump` from an exported snapshot, `pg_restore` in one transaction."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.backends.base.base import BaseDatabaseWrapper

from config.backups import programs
from config.backups.archive import Archive
from config.backups.contents import LEFT_OUT
from config.backups.engine import Snapshot
from config.backups.errors import BackupError
from config.backups.postgres_contents import (
    OURS,
    major_version,
    read_contents,
    read_dump,
    version_text,
    with_progress,
)
from config.backups.progress import MEGABYTE, Stages

if TYPE_CHECKING:
    import psycopg

# pg_dump writes values under the same settings, so that a row of a table and of a dump look alike.
SETTINGS = (
    "SET statement_timeout = 0",
    "SET lock_timeout = 0",
    "SET idle_in_transaction_session_timeout = 0",
    "SET datestyle = ISO",
    "SET intervalstyle = postgres",
    "SET extra_float_digits = 3",
    "SET bytea_output = hex",
    "SET timezone = 'UTC'",
)
_HELD = f"""
SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
  WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, quote_ident(nspname) || '.' || quote_ident(relname)
FROM pg_class AS item JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND {OURS}
UNION ALL
SELECT 'ROUTINE', item.oid::regprocedure::text
FROM pg_proc AS item JOIN pg_namespace ON pg_namespace.oid = pronamespace WHERE {OURS}
ORDER BY 1 DESC, 2
"""  # noqa: S608


class Postgres:
    """A database on a server."""

    kind = "postgresql"
    member = "database.pgdump"

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        # A connection of its own: that of the site keeps its settings and its transactions.
        self._wrapper = connection.copy()
        self.place = f"The database {connection.settings_dict['NAME']}"

    @contextmanager
    def snapshot(self, work: Path, stages: Stages) -> Iterator[Snapshot]:
        """Read and dump the tables as of one instant."""
        del work  # the dump goes from the program straight into the backup
        with self._linked() as link:
            program, tool = programs.find("pg_dump", link.info.server_version // 10_000)
            # A read-only snapshot keeps no writer waiting; pg_dump joins it by its name.
            link.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            (name,) = link.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
            contents = read_contents(link, stages)
            if not contents.tables:
                raise BackupError(f"{self.place} holds no tables: there is nothing to back up.")
            # Not compressed: the backup's zip does that.
            options = ["--format=custom", "--compress=0", "--encoding=UTF8", f"--snapshot={name}"]
            # Neither roles nor tablespaces: the next server may have others.
            options += ["--no-owner", "--no-privileges", "--no-tablespaces", "--no-comments"]
            options += ["--no-publications", "--no-subscriptions", "--no-security-labels"]
            options += [f"--exclude-table-data=*.{table}" for table in LEFT_OUT]
            server = version_text(link.info.server_version)
            with programs.output([program, *options, *self._target()], self._environment(link)) as out:
                yield Snapshot(contents, iter(lambda: out.read(MEGABYTE), b""), server, tool)

    def check(self, archive: Archive, stages: Stages) -> None:
        """Compare the dump's rows with the manifest."""
        expected = archive.manifest.contents
        program, _version_of_it = programs.find("pg_restore", major_version(archive.manifest.tool))
        with stages.stage("Reading the dump back") as step:
            command = [program, "--data-only", "--file=-"]
            with programs.output(command, os.environ, archive.pieces(self.member)) as out:
                tables = {}
                for name, table in read_dump(out):
                    tables[name] = table
                    step(len(tables), len(expected.tables))
        # Revision and migrations are rows of tables, so these are enough.
        contents = expected.model_copy(update={"tables": tables})
        if differences := expected.differences(contents):
            raise BackupError(f"{archive.path} is not what its manifest says: {'; '.join(differences)}.")

    def refuse_unless_empty(self) -> None:
        """Raise where the database holds a table or function."""
        with self._linked() as link:
            names = [name for _kind, name in link.execute(_HELD).fetchall()]
        if names:
            raise BackupError(
                f"{self.place} holds {', '.join(names[:3])}{', …' if len(names) > 3 else ''}: "
                "a backup is restored into an empty database only. Make a new one with createdb."
            )

    def restore(self, archive: Archive, stages: Stages) -> None:
        """Run `pg_restore`; drop the result where it differs."""
        with self._linked() as link:
            made_by, server = major_version(archive.manifest.tool), link.info.server_version // 10_000
            if (least := major_version(archive.manifest.server)) > server:
                raise BackupError(
                    f"{archive.path} is of PostgreSQL {archive.manifest.server} and this server is "
                    f"{version_text(link.info.server_version)}: restore it into {least} or later."
                )
            # It reads no dump of a later version than its own.
            program, _tool = programs.find("pg_restore", max(made_by, server))
            command = [program, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
            command += self._target()
            pieces = with_progress(
                archive.pieces(self.member), archive.manifest.files[self.member].size, stages
            )
            with programs.output(command, self._environment(link), pieces) as out:
                out.read()
            restored = read_contents(link, stages)
            if differences := archive.manifest.contents.differences(restored):
                _clear(link)
                raise BackupError(f"{archive.path} is not what its manifest says: {'; '.join(differences)}.")
            # Until autovacuum comes, the planner would have no statistics.
            link.execute("ANALYZE")

    @contextmanager
    def _linked(self) -> Iterator["psycopg.Connection"]:
        self._wrapper.ensure_connection()
        link = self._wrapper.connection
        try:
            # Errors of the driver become Django's, whichever driver it is.
            with self._wrapper.wrap_database_errors:
                for setting in SETTINGS:
                    link.execute(setting)
                yield link
        finally:
            self._wrapper.close()

    def _target(self) -> list[str]:
        from psycopg import conninfo, pq  # noqa: PLC0415 - the driver is installed where it is used

        # Without the password: other users see command lines.
        known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()} - {"password"}
        given = self._wrapper.get_connection_params()
        named = {name: value for name, value in given.items() if name in known and value is not None}
        return ["--dbname", conninfo.make_conninfo(**named)]

    def _environment(self, link: "psycopg.Connection") -> dict[str, str]:
        password = {"PGPASSWORD": link.info.password} if link.info.password else {}
        # pg_dump sets no time zone, and the digests need that of SETTINGS.
        return {**os.environ, "PGTZ": "UTC", **password}


def _clear(link: "psycopg.Connection") -> None:
    from psycopg import sql  # noqa: PLC0415 - the driver is installed where it is used

    # The database was empty before, so all that it holds is of this restore.
    with link.transaction():
        for kind, name in link.execute(_HELD).fetchall():
            link.execute(sql.SQL(f"DROP {kind} IF EXISTS {name} CASCADE"))
