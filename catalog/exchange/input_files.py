"""Fetches a file, or the TOML files of a folder or ZIP archive, within bounds."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from catalog.exchange.document import FilePlace
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.reader_base import LARGEST_FILE, check_size, read_file
from catalog.text.identifiers import check_text
from catalog.text.refusal import shown

MOST_ENTRIES = 20_000
LONGEST_PATH = 300
ZIP = b"PK\x03\x04"
MODE_SHIFT = 16
ENCRYPTED = 0x1

Content = bytes | dict[str, bytes]


def gather(path: Path, *, tree: bool = False) -> Content:
    """Read a file, or with `tree` a folder or archive; CatalogFileError says why not."""
    try:
        if tree and path.is_dir():
            return _folder(path)
        return unpacked(read_file(path), path.name, tree=tree)
    except OSError as error:
        raise CatalogFileError(FilePlace(str(path), 0), f"cannot be read: {error.strerror}") from error


def unpacked(content: bytes, file: str, *, tree: bool = False) -> Content:
    """Return the bytes, or with `tree` an archive's TOML files."""
    check_size(len(content), file)
    if not content.startswith(ZIP):
        return content
    if not tree:
        raise CatalogFileError(FilePlace(file, 0), "is a ZIP archive: this format is one JSON file")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _archive(archive, file)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise CatalogFileError(FilePlace(file, 0), f"is no ZIP archive that can be read: {error}") from error


def _archive(archive: zipfile.ZipFile, file: str) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise CatalogFileError(
            FilePlace(file, 0), f"holds {len(entries):,} entries: at most {MOST_ENTRIES:,}"
        )
    for entry in entries:
        _check_entry(entry, file)
    _check_twins((entry.filename for entry in entries), file)
    toml_entries = [entry for entry in entries if entry.filename.endswith(".toml")]
    left = LARGEST_FILE
    files: dict[str, bytes] = {}
    for entry in toml_entries:
        with archive.open(entry) as opened:
            # What an entry says of its own size is not believed.
            content = opened.read(left + 1)
        left -= len(content)
        if left < 0:
            raise CatalogFileError(FilePlace(file, 0), f"unpacks to more than {LARGEST_FILE:,} bytes")
        _keep(files, entry.filename, content, file)
    return files


def _check_entry(entry: zipfile.ZipInfo, file: str) -> None:
    # The name as it stands in the archive: the standard library cuts it at a NUL.
    name = entry.orig_filename
    parts = name.removesuffix("/").split("/")
    reason = ""
    if "\\" in name or name.startswith("/") or ":" in parts[0] or {"", ".", ".."} & {*parts}:
        reason = "leads out of the archive or is no plain path: use names joined by slashes"
    elif entry.flag_bits & ENCRYPTED:
        reason = "is encrypted"
    elif stat.S_ISLNK(entry.external_attr >> MODE_SHIFT):
        reason = "is a link: put the file itself in its place"
    else:
        try:
            check_text(name, longest=LONGEST_PATH)
        except ValueError as error:
            reason = str(error)
    if reason:
        raise CatalogFileError(FilePlace(file, 0), f"{shown(name)}: {reason}")


def _check_twins(names: Iterable[str], file: str) -> None:
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(name.casefold(), name)
        if other is not name:
            raise CatalogFileError(FilePlace(file, 0), f"{shown(name)}: {shown(other)} stands there already")


def _folder(root: Path) -> dict[str, bytes]:
    left = LARGEST_FILE
    files: dict[str, bytes] = {}
    top = root.resolve()
    for path in sorted(root.rglob("*.toml")):
        if not path.resolve().is_relative_to(top):
            raise CatalogFileError(FilePlace(str(path), 0), "is a link out of the folder")
        if not path.is_file():
            raise CatalogFileError(FilePlace(str(path), 0), "is no plain file")
        left -= path.stat().st_size
        if left < 0 or len(files) >= MOST_ENTRIES:
            reason = f"holds more than {LARGEST_FILE:,} bytes or {MOST_ENTRIES:,} files"
            raise CatalogFileError(FilePlace(root.name, 0), reason)
        _keep(files, path.relative_to(root).as_posix(), read_file(path), root.name)
    return files


def _keep(files: dict[str, bytes], path: str, content: bytes, file: str) -> None:
    name = _within(path)
    if name in files:
        raise CatalogFileError(FilePlace(file, 0), f"{shown(path)}: {shown(name)} stands there twice")
    files[name] = content


def _within(path: str) -> str:
    # From providers/ or models/ on: archives of repositories have a folder around them.
    parts = path.split("/")
    starts = [at for at, part in enumerate(parts) if part in ("providers", "models")]
    return "/".join(parts[starts[0] :]) if starts else path
