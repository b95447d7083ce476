"""Errors that end a backup or restore: one line with what is wrong and what would be right."""

import errno
import sqlite3
import zipfile
import zlib
from pathlib import Path

from django.db import Error as DatabaseError

UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What the standard library raises where a zip file is damaged, or is none."""
FULL = {errno.ENOSPC, errno.EDQUOT}


class BackupError(Exception):
    """A backup or a restore that cannot be done, with the line for whoever asked for it."""


def line(error: Exception, place: Path | str) -> str | None:
    """Return the line for an error of the disk or of a database, None where it is a fault of this program."""
    if isinstance(error, BackupError):
        return str(error)
    if isinstance(error, OSError):
        if error.errno in FULL:
            return f"{place} has no room left: free some, or give another folder."
        return f"{error.filename or place}: {error.strerror or error}."
    if isinstance(error, sqlite3.Error):
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            return f"{place} has no room left: free some, or give another folder."
        return f"SQLite says: {error}."
    if isinstance(error, DatabaseError):
        return f"The database says: {' '.join(str(error).split())}"
    return None
