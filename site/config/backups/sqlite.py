"""SQLite: copied while the site writes, restored as a file."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from config.backups.archive import Archive
from config.backups.contents import LEFT_OUT
from config.backups.engine import Snapshot
from config.backups.errors import BackupError
from config.backups.files import create, remove, sync
from config.backups.progress import MEGABYTE, Stages
from config.backups.sqlite_contents import PAGES, own_tables, read_contents

WAIT = 60.0
# What SQLite adds to a database's name for its side files.
BESIDE = ("", "-wal", "-shm", "-journal")


class Sqlite:
    """A database in one file."""

    kind = "sqlite"
    member = "database.sqlite3"

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def snapshot(self, work: Path, stages: Stages) -> Iterator[Snapshot]:
        """Copy the file, without sessions and deleted rows."""
        if not self.path.is_file():
            raise BackupError(f"There is no database at {self.path}.")
        raw, copy = work.with_suffix(".copying.part"), work.with_suffix(".sqlite3.part")
        try:
            create(raw).close()
            create(copy).close()
            self._copy(raw, stages)
            _pack(raw, copy, stages)
            _remove_database(raw)
            with closing(_opened(copy, stages)) as connection:
                _refuse_damaged(connection, self.path)
                contents = read_contents(connection, stages)
            if not contents.tables:
                raise BackupError(f"{self.path} holds no tables: there is nothing to back up.")
            with copy.open("rb") as file:
                pieces = iter(lambda: file.read(MEGABYTE), b"")
                yield Snapshot(contents, pieces, sqlite3.sqlite_version, size=copy.stat().st_size)
        finally:
            _remove_database(raw)
            _remove_database(copy)

    def check(self, archive: Archive, stages: Stages) -> None:
        """Do nothing: the digests were read from these very bytes."""

    def refuse_unless_empty(self) -> None:
        """Raise where the file holds a table, or is no database."""
        if not self.path.parent.is_dir():
            raise BackupError(f"The folder {self.path.parent} does not exist: make it, or name another.")
        if not self.path.exists():
            return
        try:
            with closing(_opened(self.path)) as connection:
                tables = own_tables(connection)
        except sqlite3.DatabaseError as error:
            raise BackupError(f"{self.path} exists and cannot be read as a database: {error}.") from error
        if tables:
            raise BackupError(
                f"{self.path} holds {len(tables)} tables ({', '.join(tables[:3])}, …): "
                "a backup is restored into an empty database only. Move that file away, or name another."
            )

    def restore(self, archive: Archive, stages: Stages) -> None:
        """Write the file beside its place, compare it, and move it there."""
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}.part")
        total, done = archive.manifest.files[self.member].size, 0
        try:
            with create(draft) as file:
                with stages.stage("Restoring (MB)", MEGABYTE) as step:
                    for piece in archive.pieces(self.member):
                        file.write(piece)
                        done += len(piece)
                        step(done, total)
                sync(file)
            with closing(_opened(draft, stages)) as connection:
                _refuse_damaged(connection, archive.path)
                restored = read_contents(connection, stages)
            if differences := archive.manifest.contents.differences(restored):
                raise BackupError(f"{archive.path} is not what its manifest says: {'; '.join(differences)}.")
            self._take_place(draft)
        finally:
            _remove_database(draft)

    def _copy(self, target: Path, stages: Stages) -> None:
        with closing(_opened(self.path)) as live, closing(sqlite3.connect(target)) as copy:
            # One read transaction from the first page to the last: steps of their own would begin anew with
            # each write of the site, and never come to an end. With a WAL it keeps no writer waiting.
            live.execute("BEGIN")
            live.execute("SELECT 1 FROM sqlite_master").fetchall()
            with stages.stage("Copying the database") as step:
                live.backup(copy, pages=PAGES, progress=lambda _s, left, total: step(total - left, total))

    def _take_place(self, draft: Path) -> None:
        # Once more: the place may have been filled meanwhile.
        self.refuse_unless_empty()
        if self.path.exists():
            # With its side files: SQLite would apply a log that stays to the new database.
            _remove_database(self.path)
        draft.rename(self.path)
        sync(self.path.parent)


def _opened(path: Path, stages: Stages | None = None) -> sqlite3.Connection:
    # `mode=rw`: a missing file is not created.
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=WAIT)
    if stages is not None:
        # So that a signal ends a long statement, too.
        connection.set_progress_handler(stages.is_stopped, 100_000)
    return connection


def _pack(raw: Path, copy: Path, stages: Stages) -> None:
    with closing(sqlite3.connect(raw, isolation_level=None)) as connection:
        connection.set_progress_handler(stages.is_stopped, 100_000)
        connection.execute("PRAGMA journal_mode=DELETE")
        for name in LEFT_OUT:
            with suppress(sqlite3.OperationalError):  # a database without that table
                connection.execute(f"DELETE FROM {name}")  # noqa: S608 - a name of ours
        # Without free pages, where deleted rows can still be read.
        connection.execute("VACUUM INTO ?", [str(copy)])


def _refuse_damaged(connection: sqlite3.Connection, place: Path) -> None:
    (result,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if result != "ok":
        raise BackupError(f"{place} is damaged. SQLite says: {result}")


def _remove_database(path: Path) -> None:
    for ending in BESIDE:
        remove(path.with_name(f"{path.name}{ending}"))
