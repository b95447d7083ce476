"""A PostgreSQL database's tables, and a digest of each."""

import re
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING

from config.backups.contents import LEFT_OUT, Contents, RowDigests, TableContents
from config.backups.errors import BackupError
from config.backups.progress import MEGABYTE, Stages

if TYPE_CHECKING:
    import psycopg

COPY = re.compile(rb"COPY (.+?) \((.*)\) FROM stdin;\n")
# Neither the system's nor an extension's.
OURS = """
  nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'
  AND NOT EXISTS (
    SELECT 1 FROM pg_depend WHERE classid = item.tableoid AND objid = item.oid AND deptype = 'e'
  )
"""
_TABLES = f"""
SELECT item.oid, quote_ident(nspname) || '.' || quote_ident(relname), relname
FROM pg_class AS item JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind = 'r' AND {OURS} ORDER BY 2
"""  # noqa: S608
# Without generated columns, which a dump leaves out.
_COLUMNS = """
SELECT quote_ident(attname) FROM pg_attribute
WHERE attrelid = %s AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""


def version_text(number: int) -> str:
    """Return "16.4" for 160004."""
    return f"{number // 10_000}.{number % 10_000}"


def major_version(version: str) -> int:
    """Return the major version in a manifest's text."""
    number = re.match(r"\d+", version)
    if not number:
        raise BackupError(f"The manifest names a version of PostgreSQL that is none: {version!r}.")
    return int(number[0])


def read_contents(link: "psycopg.Connection", stages: Stages) -> Contents:
    """Digest every table of ours."""
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
            # A piece ends anywhere: its last line may go on in the next.
            *lines, rest = (rest + bytes(piece)).split(b"\n")
            for line in lines:
                digests.add(line)
    return digests.table()


def read_dump(script: IO[bytes]) -> Iterator[tuple[str, TableContents]]:
    """Read the rows of each table from `pg_restore`'s script."""
    for line in script:
        if not (begun := COPY.fullmatch(line)):
            continue
        digests = RowDigests(begun[2].decode().split(", "))
        for row in script:
            if row == b"\\.\n":  # ends the rows of a COPY
                break
            digests.add(row.removesuffix(b"\n"))
        yield begun[1].decode(), digests.table()


def with_progress(pieces: Iterable[bytes], total: int, stages: Stages) -> Iterator[bytes]:
    """Pass bytes on, and show how many."""
    done = 0
    with stages.stage("Restoring (MB)", MEGABYTE) as step:
        for piece in pieces:
            yield piece
            done += len(piece)
            step(done, total)
