"""Writes our own catalog files, losing nothing: one TOML file for each provider, in one archive."""

import zipfile
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile

from catalog.exchange.dump import dump_by_provider
from catalog.exchange.exports.base import Offered, Seller
from catalog.exchange.write_toml import render

IN_MEMORY = 2_000_000
CHUNK = 65_536
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date of an archive: the same catalog is the same bytes."""


def files() -> Iterator[tuple[str, str]]:
    """Yield provider slug and text of each file, one provider in memory at a time."""
    for document in dump_by_provider():
        yield from render(document).items()


def write(offers: Iterable[Offered], _seller: Seller) -> Iterator[bytes]:
    """Write an archive of the files: they hold all of time, so the instant does not matter."""
    for _ in offers:
        pass
    with SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        with zipfile.ZipFile(spool, "w", zipfile.ZIP_DEFLATED) as archive:
            for slug, text in files():
                row = zipfile.ZipInfo(f"{slug}.toml", EPOCH)
                row.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(row, text)
        spool.seek(0)
        while chunk := spool.read(CHUNK):
            yield chunk
