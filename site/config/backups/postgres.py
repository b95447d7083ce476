"""PostgreSQL: dumped by `pg_dump` from an exported snapshot, restored by `pg_restore` in one transaction."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.db.backends.base.base import BaseDatabaseWrapper

from config.backups import programs
from config.backups.archive import Archive
from config.backups.contents import LEFT_OUT, Contents, RowDigests, TableContents
from config.backups.engine import Snapshot
from config.backups.errors import BackupError
from config.backups.stages import MEGABYTE, Stages

if TYPE_CHECKING:
    import psycopg

COPY = re.compile(rb"COPY (.+?) \((.*)\) FROM stdin;\n")
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
_OURS = """
  nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'
  AND NOT EXISTS (
    SELECT 1 FROM pg_depend WHERE classid = item.tableoid AND objid = item.oid AND deptype = 'e'
  )
"""
_TABLES = f"""
SELECT item.oid, quote_ident(nspname) || '.' || quote_ident(relname), relname
FROM pg_class AS item JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind = 'r' AND {_OURS} ORDER BY 2
"""  # noqa: S608
_COLUMNS = """
SELECT quote_ident(attname) FROM pg_attribute
WHERE attrelid = %s AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
_HELD = f"""
SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
  WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, quote_ident(nspname) || '.' || quote_ident(relname)
FROM pg_class AS item JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND {_OURS}
UNION ALL
SELECT 'ROUTINE', item.oid::regprocedure::text
FROM pg_proc AS item JOIN pg_namespace ON pg_namespace.oid = pronamespace WHERE {_OURS}
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
        """Read the tables and dump them, both as of one instant; writers are not kept waiting."""
        del work  # the dump goes from the program straight into the backup
        with self._linked() as link:
            program, tool = programs.find("pg_dump", link.info.server_version // 10_000)
            link.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            (name,) = link.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
            contents = _contents(link, stages)
            if not contents.tables:
                raise BackupError(f"{self.place} holds no tables: there is nothing to back up.")
            options = ["--format=custom", "--compress=0", "--encoding=UTF8", f"--snapshot={name}"]
            options += ["--no-owner", "--no-privileges", "--no-tablespaces", "--no-comments"]
            options += ["--no-publications", "--no-subscriptions", "--no-security-labels"]
            options += [f"--exclude-table-data=*.{table}" for table in LEFT_OUT]
            server = _version(link.info.server_version)
            with programs.output([program, *options, *self._target()], self._environment(link)) as out:
                yield Snapshot(contents, iter(lambda: out.read(MEGABYTE), b""), server, tool)

    def check(self, archive: Archive, stages: Stages) -> None:
        """Read the rows back out of the dump and compare them with the manifest."""
        expected = archive.manifest.contents
        program, _version_of_it = programs.find("pg_restore", _major(archive.manifest.tool))
        with stages.stage("Reading the dump back") as step:
            command = [program, "--data-only", "--file=-"]
            with programs.output(command, os.environ, archive.pieces(self.member)) as out:
                tables = {}
                for name, table in _dumped(out):
                    tables[name] = table
                    step(len(tables), len(expected.tables))
        contents = expected.model_copy(update={"tables": tables})
        if differences := expected.differences(contents):
            raise BackupError(f"{archive.path} is not what its manifest says: {'; '.join(differences)}.")

    def refuse_unless_empty(self) -> None:
        """Raise where the database holds a table or a function; those of an extension do not count."""
        with self._linked() as link:
            names = [name for _kind, name in link.execute(_HELD).fetchall()]
        if names:
            raise BackupError(
                f"{self.place} holds {', '.join(names[:3])}{', …' if len(names) > 3 else ''}: "
                "a backup is restored into an empty database only. Make a new one with createdb."
            )

    def restore(self, archive: Archive, stages: Stages) -> None:
        """Run `pg_restore`, and compare what it made with the manifest; take it away again if it differs."""
        with self._linked() as link:
            made_by, server = _major(archive.manifest.tool), link.info.server_version // 10_000
            if (least := _major(archive.manifest.server)) > server:
                raise BackupError(
                    f"{archive.path} is of PostgreSQL {archive.manifest.server} and this server is "
                    f"{_version(link.info.server_version)}: restore it into {least} or later."
                )
            program, _tool = programs.find("pg_restore", max(made_by, server))
            command = [program, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
            command += self._target()
            pieces = _shown(archive.pieces(self.member), archive.manifest.files[self.member].size, stages)
            with programs.output(command, self._environment(link), pieces) as out:
                out.read()
            restored = _contents(link, stages)
            if differences := archive.manifest.contents.differences(restored):
                _clear(link)
                raise BackupError(f"{archive.path} is not what its manifest says: {'; '.join(differences)}.")
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
        """Return the database for a program, without the password: others see command lines."""
        from psycopg import conninfo, pq  # noqa: PLC0415 - the driver is installed where it is used

        known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()} - {"password"}
        given = self._wrapper.get_connection_params()
        named = {name: value for name, value in given.items() if name in known and value is not None}
        return ["--dbname", conninfo.make_conninfo(**named)]

    def _environment(self, link: "psycopg.Connection") -> dict[str, str]:
        password = {"PGPASSWORD": link.info.password} if link.info.password else {}
        return {**os.environ, "PGTZ": "UTC", **password}


def _version(number: int) -> str:
    return f"{number // 10_000}.{number % 10_000}"


def _major(version: str) -> int:
    number = re.match(r"\d+", version)
    if not number:
        raise BackupError(f"The manifest names a version of PostgreSQL that is none: {version!r}.")
    return int(number[0])


def _contents(link: "psycopg.Connection", stages: Stages) -> Contents:
    known = link.execute(_TABLES).fetchall()
    plain = {name for _oid, _quoted, name in known}
    revision, migrations = 0, []
    if "catalog_revision" in plain:
        (revision,) = link.execute("SELECT coalesce(max(number), 0) FROM catalog_revision").fetchone() or (0,)
    if "django_migrations" in plain:
        rows = link.execute("SELECT app, name FROM django_migrations").fetchall()
        migrations = sorted(f"{app}.{name}" for app, name in rows)
    tables = {}
    with stages.stage("Reading the tables") as step:
        for at, (oid, quoted, name) in enumerate(known):
            if name not in LEFT_OUT:
                tables[quoted] = _table(link, oid, quoted)
            step(at, len(known))
    return Contents(revision=revision, migrations=tuple(migrations), tables=tables)


def _table(link: "psycopg.Connection", oid: int, quoted: str) -> TableContents:
    columns = [name for (name,) in link.execute(_COLUMNS, [oid]).fetchall()]
    digests = RowDigests(columns)
    with link.cursor() as cursor, cursor.copy(f"COPY {quoted} ({', '.join(columns)}) TO STDOUT") as rows:
        rest = b""
        for piece in rows:
            *lines, rest = (rest + bytes(piece)).split(b"\n")
            for line in lines:
                digests.add(line)
    return digests.table()


def _dumped(script: IO[bytes]) -> Iterator[tuple[str, TableContents]]:
    """Read the rows of each table out of what `pg_restore` prints."""
    for line in script:
        if not (begun := COPY.fullmatch(line)):
            continue
        digests = RowDigests(begun[2].decode().split(", "))
        for row in script:
            if row == b"\\.\n":
                break
            digests.add(row.removesuffix(b"\n"))
        yield begun[1].decode(), digests.table()


def _shown(pieces: Iterable[bytes], total: int, stages: Stages) -> Iterator[bytes]:
    done = 0
    with stages.stage("Restoring (MB)", MEGABYTE) as step:
        for piece in pieces:
            yield piece
            done += len(piece)
            step(done, total)


def _clear(link: "psycopg.Connection") -> None:
    """Drop all that a restore has created: the database was empty before."""
    from psycopg import sql  # noqa: PLC0415 - the driver is installed where it is used

    with link.transaction():
        for kind, name in link.execute(_HELD).fetchall():
            link.execute(sql.SQL(f"DROP {kind} IF EXISTS {name} CASCADE"))
