"""Rings: which tests a run takes with `--ring`. Without it, all; with two, those that are in both.

A ring is read from what a test asks for: its fixtures, its markers, its property.
"""

import sys
from pathlib import Path

import pytest

CATALOG = Path(__file__).parent / "catalog"
PROGRAMS = {"browser", "empty_database", "live_site", "new_database", "opened_site", "own_database"}
"""Fixtures that start programs, or prepare what a program is started with."""
OWN_DATABASES = {"empty_database", "new_database", "own_database", "transactional_db"}
"""Fixtures of a test that asks for more than rows to read."""
NOT_FAST = {"bundled", "e2e"}
"""Folders of tests about data, and of those that drive browsers, SDKs and other languages."""
STARTS = {"os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "subprocess.Popen"}
"""What Python's audit says when a program is started."""


def is_fast(item):
    """Whether a test runs in this process alone, and soon."""
    return not (PROGRAMS & {*item.fixturenames} or _is_marked(item, "programs", "slow"))


def is_of_database(item):
    """Whether another database could make a test fail.

    Pages and answers are written from records: what reads and writes those is tested below `tests/catalog`.
    Others are marked `writes` or `engine`, or ask for a database of their own; with a browser, `writes`.
    """
    if _is_marked(item, "writes"):
        return True
    asks_rows = item.path.is_relative_to(CATALOG) and (
        "db" in item.fixturenames or _is_marked(item, "django_db")
    )
    asks = asks_rows or OWN_DATABASES & {*item.fixturenames} or _is_marked(item, "engine")
    return bool(asks) and "browser" not in item.fixturenames


def is_of_soak(item):
    """Whether a test is surer the longer it runs; how long is said in the environment."""
    return _is_marked(item, "soak") or getattr(item.obj, "is_hypothesis_test", False)


RINGS = {"database": is_of_database, "fast": is_fast, "soak": is_of_soak}


def _is_marked(item, *names):
    return any(item.get_closest_marker(name) for name in names)


def pytest_addoption(parser):
    parser.addoption("--ring", action="append", default=[], choices=sorted(RINGS), help=__doc__)


def pytest_ignore_collect(collection_path, config):
    """Leave out folders whose tests are not even imported in the fast ring."""
    return True if collection_path.name in NOT_FAST and "fast" in config.getoption("ring") else None


def pytest_collection_modifyitems(config, items):
    rings = [RINGS[name] for name in config.getoption("ring")]
    kept, left_out = [], []
    for item in items:
        (kept if all(is_in(item) for is_in in rings) else left_out).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


class StartError(AssertionError):
    """A test of the fast ring starts a program."""


class _Guard:
    """Refuses to start programs while a test of the fast ring runs; an audit hook cannot be taken away."""

    is_up = False

    def __call__(self, event, _given):
        if self.is_up and event in STARTS:
            raise StartError("it starts a program: mark it with `pytest.mark.programs`")


_guard = _Guard()


def pytest_configure(config):
    if "fast" in config.getoption("ring"):
        sys.addaudithook(_guard)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item, nextitem):
    """Hold the tests of the fast ring to what it promises."""
    _guard.is_up = True
    try:
        return (yield)
    finally:
        _guard.is_up = False
