"""What has no size, a device or a pipe, is read no further than a catalog can be."""

import os
import threading
from itertools import repeat
from pathlib import Path

import pytest

from catalog.exchange import catalog_file, reader_base
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.input_files import gather
from databases import FILES, SMALL

READERS = {"another catalog": gather, "ours": lambda path: catalog_file.read([path])}


@pytest.fixture(autouse=True)
def _smaller(monkeypatch):
    monkeypatch.setattr(reader_base, "LARGEST_FILE", 1_000_000)


@pytest.fixture(params=READERS)
def read(request):
    """Each of the two ways in which a file is read."""
    return READERS[request.param]


def test_a_device_without_an_end_is_refused(read):
    with pytest.raises(CatalogFileError, match="zero: has more than 1,000,000 bytes"):
        read(Path("/dev/zero"))


def poured(content):
    """A pipe that gives bytes until nobody reads them; the end to read, and what pours."""
    end, begin = os.pipe()

    def pour():
        try:
            with os.fdopen(begin, "wb") as pipe:
                pipe.writelines(repeat(content, 10 if content is ENDLESS else 1))
        except BrokenPipeError:
            pass

    pouring = threading.Thread(target=pour)
    pouring.start()
    return end, pouring


ENDLESS = b"y\n" * 500_000


def test_a_pipe_without_an_end_is_refused(read):
    end, pouring = poured(ENDLESS)
    with pytest.raises(CatalogFileError, match="has more than 1,000,000 bytes"):
        read(Path(f"/dev/fd/{end}"))
    os.close(end)
    pouring.join(10)
    assert not pouring.is_alive()


def test_a_pipe_with_an_end_is_read():
    whole = min(FILES[SMALL].glob("*.toml")).read_bytes()
    end, pouring = poured(whole)
    assert gather(Path(f"/dev/fd/{end}")) == whole
    os.close(end)
    pouring.join(10)


def test_what_is_no_file_within_a_folder_is_refused(tmp_path):
    (tmp_path / "providers").mkdir()
    os.mkfifo(tmp_path / "providers/provider.toml")
    with pytest.raises(CatalogFileError, match="is no plain file"):
        gather(tmp_path, tree=True)
