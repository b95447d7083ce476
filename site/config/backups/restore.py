"""Restores a backup into an empty place."""

import os
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from config.backups import archive, files, manifest
from config.backups.engine import Engine
from config.backups.errors import BackupError
from config.backups.progress import Stages

KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Restored:
    """What was restored, and how many migrations are due."""

    manifest: manifest.Manifest
    seconds: float
    migrations_due: int


def restore(
    path: Path, engine: Engine, stages: Stages, *, known: Iterable[str], media: Path | None = None
) -> Restored:
    """Restore a backup; `known` are this version's migrations, `media` is the folder of uploads."""
    began = time.monotonic()
    if path.is_dir():
        newest = next(reversed(files.finished(path)), None)
        raise BackupError(f"{path} is a folder: give a file{f', such as {newest}' if newest else ''}.")
    with archive.opened(path) as backup:
        due = _refuse_what_cannot_be(backup, engine, set(known), media)
        engine.refuse_unless_empty()
        # Every byte before the first write: a damaged backup leaves the place empty.
        backup.verify(stages)
        draft = None
        try:
            if media is not None and backup.media():
                # Beside their place, which they take once the database is restored.
                draft = media.with_name(f"{media.name}.{os.getpid()}.part")
                _write_media(backup, draft)
            engine.restore(backup, stages)
            if draft is not None and media is not None:
                # `rename` takes the place of an empty folder, and of nothing else.
                draft.rename(media)
        finally:
            if draft is not None:
                shutil.rmtree(draft, ignore_errors=True)
        return Restored(backup.manifest, time.monotonic() - began, due)


def _refuse_what_cannot_be(
    backup: archive.Archive, engine: Engine, known: set[str], media: Path | None
) -> int:
    """Count the migrations due; raise where backup and place do not fit."""
    manifest = backup.manifest
    if manifest.kind != engine.kind:
        name, here = KINDS.get(manifest.kind, manifest.kind), KINDS[engine.kind]
        raise BackupError(
            f"{backup.path} is of {name} and DATABASE_URL names {here}: "
            f"restore it into {name}, and move the catalog with export_catalog and import_catalog."
        )
    if engine.member not in manifest.files:
        raise BackupError(f"{backup.path} is damaged: it holds no {engine.member}.")
    applied = set(manifest.contents.migrations)
    if newer := sorted(applied - known):
        raise BackupError(
            f"{backup.path} is of version {manifest.project}, later than this one: it has the migration "
            f"{newer[0]}, which is not known here. Install that version or a later one."
        )
    if backup.media():
        if media is None:
            raise BackupError(f"{backup.path} holds uploads, and no folder is set for them.")
        if media.exists() and (not media.is_dir() or any(media.iterdir())):
            raise BackupError(f"{media} is not empty: uploads are restored into an empty folder only.")
    return len(known - applied)


def _write_media(backup: archive.Archive, draft: Path) -> None:
    draft.mkdir(mode=0o700, parents=True)
    for name in backup.media():
        path = draft / name.removeprefix(archive.MEDIA)
        path.parent.mkdir(parents=True, exist_ok=True)
        with files.create(path) as file:
            for piece in backup.pieces(name):
                file.write(piece)
            files.sync(file)
