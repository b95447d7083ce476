"""Errors that end a backup or restore, each in one line."""

import errno
import sqlite3
import zipfile
import zlib
from pathlib import Path

from django.db import Error as DatabaseError

# What `zipfile` raises for a damaged file, or for one that is no zip.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
FULL = {errno.ENOSPC, errno.EDQUOT}


class BackupError(Exception):
    """A backup or restore that cannot be done."""


def line(error: Exception, place: Path | str) -> str | None:
    """Return the line for an error of disk or database, else None."""
    if isinstance(error, BackupError):
        return str(error)
    if isinstance(error, OSError):
        if error.errno in FULL:
            return f"{place} has no room left: free some, or give another folder."
        return f"{error.filename or place}: {error.strerror or error}."
    if isinstance(error, sqlite3.Error):
        # Errors of Python's module itself have no code.
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            return f"{place} has no room left: free some, or give another folder."
        return f"SQLite says: {error}."
    if isinstance(error, DatabaseError):
        return f"The database says: {' '.join(str(error).split())}"
    return None
