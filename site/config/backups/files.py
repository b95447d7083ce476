"""Files of backups, on disk before they get their name."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from config.backups import archive
from config.backups.errors import BackupError

FORM = "catalog-%Y-%m-%dT%H%M%SZ"
NAME = re.compile(r"catalog-\d{4}-\d\d-\d\dT\d{6}Z\.zip")
UNFINISHED = re.compile(r"catalog-\d{4}-\d\d-\d\dT\d{6}Z\.(zip|sqlite3|copying)\.part(-wal|-shm|-journal)?")
LOCK = ".catalog-backup.lock"


def create(path: Path) -> BinaryIO:
    """Create a file that only its owner reads."""
    # With its mode from the first byte on: `chmod` would come too late.
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def remove(path: Path) -> None:
    """Remove a file, if it exists."""
    path.unlink(missing_ok=True)


def sync(place: BinaryIO | Path) -> None:
    """Wait until a file, or a folder's names, are on disk."""
    # A new name outlives a crash only once its folder is on disk, too.
    if isinstance(place, Path):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        return
    place.flush()
    os.fsync(place.fileno())


def name_of(made_at: datetime) -> str:
    """Return a backup's name without its ending."""
    return made_at.strftime(FORM)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Create the folder if missing, and lock out other backups."""
    if folder.exists() and not folder.is_dir():
        raise BackupError(f"{folder} is a file: give a folder.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError(f"Another backup is being written to {folder}: wait until it ends.") from error
        remove_unfinished(folder)
        yield
    finally:
        os.close(descriptor)


def remove_unfinished(folder: Path) -> None:
    """Remove what a killed backup left; the caller holds the lock."""
    for path in folder.iterdir():
        if UNFINISHED.fullmatch(path.name):
            remove(path)


def finished(folder: Path) -> list[Path]:
    """List the backups in a folder, oldest first."""
    # Names are dates, so their order is that of time.
    return [path for path in sorted(folder.iterdir()) if NAME.fullmatch(path.name) and _is_backup(path)]


def prune(folder: Path, keep: int | None) -> list[Path]:
    """Remove the oldest backups beyond the number to keep; return them."""
    surplus = finished(folder)[:-keep] if keep else []
    for path in surplus:
        remove(path)
    return surplus


def _is_backup(path: Path) -> bool:
    try:
        # Only with a manifest: another file of such a name is not ours to remove.
        with archive.opened(path):
            return path.is_file() and not path.is_symlink()
    except (BackupError, OSError):
        return False
