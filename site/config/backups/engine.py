"""What backup and restore need of a database."""

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
    """A database at one instant."""

    contents: Contents
    dump: Iterator[bytes]
    version: str
    tool: str = ""
    size: int = 0  # bytes of the dump; 0 where only its end tells


class Engine(Protocol):
    """One database."""

    kind: str
    member: str  # the dump's name within the backup

    def snapshot(self, work: Path, stages: Stages) -> AbstractContextManager[Snapshot]:
        """Take a snapshot; `work` is a scratch path beside the backup."""

    def check(self, archive: Archive, stages: Stages) -> None:
        """Raise where the dump differs from the manifest."""

    def refuse_unless_empty(self) -> None:
        """Raise where the database holds something."""

    def restore(self, archive: Archive, stages: Stages) -> None:
        """Fill the empty database and compare it with the manifest; leave it empty on failure."""
