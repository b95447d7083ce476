"""Packs a skill's files; the same files give the same bytes."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable, Mapping

# The earliest time that a zip archive can hold.
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644
# The system in a zip entry: by default it depends on where Python runs.
_UNIX = 3


def as_zip(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive, files at its root."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, _UNIX
            entry.external_attr = READABLE << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def as_tar(files: Mapping[str, bytes]) -> bytes:
    """Return a compressed tar archive, files at its root."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            # Without owner or time, so that digests stay the same.
            entry.size, entry.mode, entry.mtime = len(content), READABLE, 0
            archive.addfile(entry, io.BytesIO(content))
    return gzip.compress(packed.getvalue(), compresslevel=9, mtime=0)


ARCHIVES: dict[str, tuple[str, Callable[[Mapping[str, bytes]], bytes]]] = {
    "zip": ("application/zip", as_zip),
    "tar.gz": ("application/gzip", as_tar),
}
"""Ending -> media type and packer."""
