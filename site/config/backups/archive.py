"""A backup's zip: `manifest.json`, a database's dump, uploads below `media/`."""

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


class _WrittenZip(zipfile.ZipFile):
    """An archive that only its writer closes."""

    def __del__(self) -> None:
        # Python's own closes what a signal left half made, fails, and prints that.
        pass


class Packing:
    """Writes a backup's members, the manifest last."""

    def __init__(self, out: BinaryIO, made_at: datetime) -> None:
        self.files: dict[str, Member] = {}
        self._made_at = made_at.timetuple()[:6]
        self._zip = _WrittenZip(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_error: object) -> None:
        if kind is not None:
            # Its end is written all the same; the caller removes the file.
            with suppress(OSError, ValueError):
                self._zip.close()

    def add(self, name: str, pieces: Iterable[bytes], step: Step | None = None, total: int = 0) -> None:
        """Write one member."""
        digest, size = hashlib.sha256(), 0
        # Of a size that is not known yet, so the header must have room for any.
        with self._zip.open(self._entry(name), "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
                digest.update(piece)
                size += len(piece)
                if step is not None:
                    step(size, total or size)
        self.files[name] = Member(size=size, sha256=digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and close the file."""
        self._zip.writestr(self._entry(MANIFEST), manifest.model_dump_json(indent=1))
        self._zip.close()

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self._made_at)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o100600 << 16  # for its owner alone, once unpacked
        return entry


class Archive:
    """A backup that is read."""

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
        """Read a member; raise BackupError where size or digest is wrong."""
        expected = self.manifest.files[name]
        # The last piece waits until size and digest are right: no reader ends with wrong bytes.
        digest, size, waiting = hashlib.sha256(), 0, b""
        try:
            with self._zip.open(name) as member:
                while piece := member.read(MEGABYTE):
                    size += len(piece)
                    if size > expected.size:  # a zip may unpack to any size
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
        """Read everything once; raise where a byte changed."""
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
            text = member.read(LARGEST_MANIFEST)  # bounded, whatever it unpacks to
        # Its format first: a later one may have other keys.
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
    # An upload must stay below its folder, wherever it is written.
    parts = PurePosixPath(name).parts
    if name != "/".join(parts) or "\\" in name or "\0" in name or {".", ".."} & {*parts}:
        return False
    return (len(parts) == 1 and name.startswith("database.")) or (len(parts) > 1 and parts[0] == "media")
