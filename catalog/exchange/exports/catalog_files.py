"""Writes our catalog files, without loss."""

import zipfile
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile

from catalog.exchange.dump import dump_by_provider
from catalog.exchange.exports.base import Offered, Seller
from catalog.exchange.write_toml import render

IN_MEMORY = 2_000_000
CHUNK = 65_536
# ZIP's earliest date: the same catalog is the same bytes.
EPOCH = (1980, 1, 1, 0, 0, 0)


def files() -> Iterator[tuple[str, str]]:
    """Yield provider slug and text, one at a time."""
    for document in dump_by_provider():
        yield from render(document).items()


def write(offers: Iterable[Offered], _seller: Seller) -> Iterator[bytes]:
    """Write an archive of the files."""
    # Consumed for the report alone: the files hold all of time.
    for _ in offers:
        pass
    # On disk beyond IN_MEMORY bytes: the archive of a large catalog need not fit into memory.
    with SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        with zipfile.ZipFile(spool, "w", zipfile.ZIP_DEFLATED) as archive:
            for slug, text in files():
                row = zipfile.ZipInfo(f"{slug}.toml", EPOCH)
                row.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(row, text)
        spool.seek(0)
        while chunk := spool.read(CHUNK):
            yield chunk
