"""What tests share: a database that holds the tests' catalog, the real site in a process, a browser."""

import gc
import os
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from pytest_django.plugin import blocking_manager_key

import clock
import databases
import live
import needs

pytest_plugins = ["rings"]
HERE = Path(__file__).parent
ABOUT_BUNDLED_DATA = HERE / "bundled"
_copies = databases.Copies()


def pytest_configure(config):
    """Say what an environment says for a real site; tests say the rest with the `settings` fixture."""
    clock.stop(in_worker=hasattr(config, "workerinput"))
    settings.SECRET_KEY = "Tests-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # The names of collected files exist only once they are collected; live_site does collect them.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.WHITENOISE_USE_FINDERS = True
    settings.STATIC_ROOT = None
    databases.unblocked = config.stash[blocking_manager_key].unblock


def pytest_collection_modifyitems(config, items):
    """Leave out what speaks of another database."""
    kept, left_out = [], []
    for item in items:
        marker = item.get_closest_marker("engine")
        (left_out if marker and marker.args[0] != connection.vendor else kept).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def pytest_collection_finish():
    """Keep what is there for the whole run out of the collector's way: it takes a tenth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _is_about_bundled_data(item):
    return item.path.is_relative_to(ABOUT_BUNDLED_DATA)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Under CI everything is installed: a test that cannot run has failed, however it skipped.

    Only what lies beside the project may be away.
    """
    report = yield
    may_skip = hasattr(report, "wasxfail") or (report.skipped and needs.BESIDE in report.longrepr[2])
    if needs.IS_CI and report.skipped and not may_skip:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped under CI: {report.longrepr[2]}"
    return report


@pytest.fixture(autouse=True)
def _clock(request):
    """Set the clock as a test's `clock` marker says; without one it stands at `clock.NOON`."""
    marker = request.node.get_closest_marker("clock")
    with clock.moved(*marker.args, **marker.kwargs) if marker else nullcontext():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment):
    """A database that holds the tests' catalog; a test sees it within a transaction that is undone."""
    _copies.show()
    yield
    _copies.remove()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Show each test the catalog that it is about."""
    marker = item.get_closest_marker("catalog")
    usual = databases.BUNDLED if _is_about_bundled_data(item) else databases.SMALL
    _copies.want(marker.args[0] if marker else usual)


@pytest.fixture(scope="session")
def live_site(tmp_path_factory):
    """The address of the real site: production settings, own database, served as `make run` serves it.

    It serves the tests' catalog; below `tests/bundled`, the bundled one.
    """
    folder = tmp_path_factory.mktemp("live")
    with databases.new(folder) as database, live.running(folder, **database) as url:
        yield url


@pytest.fixture(scope="session")
def new_database(tmp_path_factory):
    """Makes the setting of one more database, for as long as a block runs: with the tests' catalog, or empty.

    `new_database(catalog=None)` is empty.
    """
    return partial(databases.new, tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="module")
def own_database(new_database):
    """The setting of a database with the tests' catalog that nobody else uses."""
    with new_database() as database:
        yield database


@pytest.fixture(scope="module")
def empty_database(new_database):
    """The setting of an empty database on the server under test, or nothing: SQLite's is a file."""
    with new_database(catalog=None) as database:
        yield database


@pytest.fixture(scope="session")
def browser():
    """A browser without a window: Debian's chromium, driven from Python."""
    chromium = needs.chromium()
    playwright = needs.client("playwright.sync_api")

    # Playwright keeps an event loop in this thread: Django would refuse its database to later tests.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()
        # While that loop runs, Django keeps other connections than before and after it.
        connections.close_all()


@pytest.fixture
def page(browser, live_site):
    """A fresh page of the live site; an error in it or a request elsewhere fails the test."""
    context = browser.new_context(base_url=live_site, viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    faults = []
    # Chromium says so where a page is closed while it fades into the next.
    opened.on("pageerror", lambda error: "Transition was" in str(error) or faults.append(str(error)))
    opened.on("console", lambda said: "Content Security" in said.text and faults.append(said.text))
    opened.on("request", lambda asked: asked.url.startswith(live_site) or faults.append(asked.url))
    yield opened
    context.close()
    assert faults == []
