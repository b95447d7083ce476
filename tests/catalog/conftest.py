"""Whatever a test of the catalog does, our code writes the catalog's rows in `publishing/` alone."""

from collections.abc import Iterator

import pytest

from one_door import outside_tables, watched


@pytest.fixture(autouse=True)
def _one_door() -> Iterator[None]:
    with watched(outside_tables()) as past:
        yield
    assert past == [], "written past the door: see test_one_door.py"
