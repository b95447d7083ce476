"""The file of a backup: a zip with `manifest.json`, the dump of a database, and uploads below `media/`."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Self

from pydantic import ValidationError

from config.backups.errors import UNREADABLE, BackupError
from config.backups.manifest import FORMAT, LARGEST_MANIFEST, MANIFEST, Manifest, ManifestFormat, Member
from config.backups.progress import MEGABYTE, Stages, Step

MEDIA = "media/"
LEVEL = 6


class Packing:
    """Writes the members of a backup, the manifest last."""

    def __init__(self, out: BinaryIO, made_at: datetime) -> None:
        self.files: dict[str, Member] = {}
        self._made_at = made_at.timetuple()[:6]
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_error: object) -> None:
        if kind is not None:
            # Its end is written all the same; the caller removes the file.
            with suppress(OSError, ValueError):
                self._zip.close()

    def add(self, name: str, pieces: Iterable[bytes], step: Step | None = None, total: int = 0) -> None:
        """Write one member; its size need not be known."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(self._entry(name), "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
                digest.update(piece)
                size += len(piece)
                if step is not None:
                    step(size, total or size)
        self.files[name] = Member(size=size, sha256=digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and the end of the file."""
        self._zip.writestr(self._entry(MANIFEST), manifest.model_dump_json(indent=1))
        self._zip.close()

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self._made_at)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o100600 << 16
        return entry


class Archive:
    """A backup that is read. Nothing of it is written anywhere but what its manifest names."""

    def __init__(self, path: Path, opened: zipfile.ZipFile) -> None:
        self.path = path
        self._zip = opened
        self.manifest = _manifest(path, opened)
        if sorted(opened.namelist()) != sorted([MANIFEST, *self.manifest.files]):
            raise BackupError(f"{path} is damaged: it holds other files than its manifest names.")
        for name in self.manifest.files:
            if not _is_plain(name):
                raise BackupError(f"{path} names the file {name!r}, which no backup holds.")

    def pieces(self, name: str) -> Iterator[bytes]:
        """Read a member piece by piece; the last one comes only where size and digest are right."""
        expected = self.manifest.files[name]
        digest, size, waiting = hashlib.sha256(), 0, b""
        try:
            with self._zip.open(name) as member:
                while piece := member.read(MEGABYTE):
                    size += len(piece)
                    if size > expected.size:
                        break
                    digest.update(piece)
                    if waiting:
                        yield waiting
                    waiting = piece
        except UNREADABLE as error:
            raise BackupError(f"{self.path} is damaged: {name} cannot be read ({error}).") from error
        if size != expected.size or digest.hexdigest() != expected.sha256:
            raise BackupError(f"{self.path} is damaged: {name} is not what was written into it.")
        if waiting:
            yield waiting

    def verify(self, stages: Stages) -> None:
        """Read everything once; raise where a byte is not as it was written."""
        total, done = sum(member.size for member in self.manifest.files.values()), 0
        with stages.stage("Checking the backup (MB)", MEGABYTE) as step:
            for name in self.manifest.files:
                for piece in self.pieces(name):
                    done += len(piece)
                    step(done, total)

    def media(self) -> list[str]:
        """List the uploads."""
        return [name for name in self.manifest.files if name.startswith(MEDIA)]


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open a backup and read its manifest."""
    try:
        file = zipfile.ZipFile(path)
    except UNREADABLE as error:
        raise BackupError(
            f"{path} is no backup, or its end is missing: give a file that manage.py backup has written."
        ) from error
    with file:
        yield Archive(path, file)


def _manifest(path: Path, opened: zipfile.ZipFile) -> Manifest:
    try:
        with opened.open(MANIFEST) as member:
            text = member.read(LARGEST_MANIFEST)
        written = ManifestFormat.model_validate_json(text).format
        if written > FORMAT:
            raise BackupError(
                f"{path} has format {written}, this version reads {FORMAT}: restore it with a later version."
            )
        return Manifest.model_validate_json(text)
    except KeyError as error:
        raise BackupError(f"{path} is no backup: it holds no {MANIFEST}.") from error
    except (*UNREADABLE, ValidationError) as error:
        raise BackupError(f"{path} is damaged: its {MANIFEST} cannot be read.") from error


def _is_plain(name: str) -> bool:
    """Whether a name is that of a dump, or of an upload that stays below its folder."""
    parts = PurePosixPath(name).parts
    if name != "/".join(parts) or "\\" in name or "\0" in name or {".", ".."} & {*parts}:
        return False
    return (len(parts) == 1 and name.startswith("database.")) or (len(parts) > 1 and parts[0] == "media")
