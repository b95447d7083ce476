"""Makes one backup: written beside its place, read back, then named."""

import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from config.backups import archive, files, manifest
from config.backups.contents import LEFT_OUT
from config.backups.engine import Engine
from config.backups.errors import BackupError
from config.backups.progress import MEGABYTE, Stages


@dataclass(frozen=True)
class Written:
    """A finished backup."""

    path: Path
    size: int
    seconds: float
    manifest: manifest.Manifest
    removed: list[Path]


def back_up(
    folder: Path, engine: Engine, stages: Stages, *, media: Path | None = None, keep: int | None = None
) -> Written:
    """Write a backup, then remove the oldest beyond `keep`."""
    began = time.monotonic()
    with files.held(folder):
        made_at = timezone.now().replace(microsecond=0)
        name = files.name_of(made_at)
        path, part = folder / f"{name}.zip", folder / f"{name}.zip.part"
        if path.exists():
            raise BackupError(f"{path} exists already: wait a second.")
        try:
            _write(part, folder / name, made_at, engine, stages, media)
            # Before it gets its name: what is listed as a backup is whole.
            with archive.opened(part) as made:
                made.verify(stages)
                engine.check(made, stages)
                manifest = made.manifest
            part.rename(path)
            files.sync(folder)
        finally:
            files.remove(part)
        removed = files.prune(folder, keep)
    return Written(path, path.stat().st_size, time.monotonic() - began, manifest, removed)


def _write(
    part: Path, work: Path, made_at: datetime, engine: Engine, stages: Stages, media: Path | None
) -> None:
    with files.create(part) as out, archive.Packing(out, made_at) as packing:
        with engine.snapshot(work, stages) as taken, stages.stage("Compressing (MB)", MEGABYTE) as step:
            packing.add(engine.member, taken.dump, step, taken.size)
        # After the database: what its rows name has been uploaded before.
        if media is not None and media.is_dir():
            _add_media(packing, media, stages)
        packing.finish(
            manifest.Manifest(
                format=manifest.FORMAT,
                made_at=made_at,
                project=_version(),
                kind=engine.kind,
                server=taken.version,
                tool=taken.tool,
                left_out=LEFT_OUT,
                contents=taken.contents,
                files=packing.files,
            )
        )
        files.sync(out)


def _add_media(packing: archive.Packing, media: Path, stages: Stages) -> None:
    paths = sorted(path for path in media.rglob("*") if path.is_file() and not path.is_symlink())
    with stages.stage("Uploads") as step:
        for at, path in enumerate(paths, start=1):
            name = archive.MEDIA + path.relative_to(media).as_posix()
            step(at, len(paths))
            packing.add(name, _pieces(path))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(MEGABYTE), b"")


def _version() -> str:
    if settings.IS_INSTALLED:
        return metadata.version("model-catalog")
    project = tomllib.loads((settings.REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])
