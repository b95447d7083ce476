"""The interface of a database module for backup and restore."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from config.backups.archive import Archive
from config.backups.contents import Contents
from config.backups.progress import Stages


@dataclass(frozen=True)
class Snapshot:
    """A database at one instant: what it holds, and its dump, piece by piece."""

    contents: Contents
    dump: Iterator[bytes]
    version: str
    tool: str = ""
    size: int = 0
    """Bytes of the dump, 0 where that is not known before its end."""


class Engine(Protocol):
    """One database."""

    kind: str
    member: str
    """The name of the dump within the backup."""

    def snapshot(self, work: Path, stages: Stages) -> AbstractContextManager[Snapshot]:
        """Take a snapshot; `work` is a path beside the backup that may be used meanwhile."""

    def check(self, archive: Archive, stages: Stages) -> None:
        """Raise where the dump in a backup does not hold what its manifest says."""

    def refuse_unless_empty(self) -> None:
        """Raise where the database holds something, and name it."""

    def restore(self, archive: Archive, stages: Stages) -> None:
        """Fill the empty database and compare it with the manifest; leave it empty where that fails."""
