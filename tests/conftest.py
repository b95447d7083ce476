"""What tests share: a database that holds the bundled catalog, the real site in a process, a browser."""

import os
from contextlib import contextmanager, nullcontext
from itertools import count

import pytest
from django.conf import settings
from django.db import connection, connections

import clock
import live
import needs

_numbers = count(1)


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


def pytest_collection_modifyitems(config, items):
    """Leave out what speaks of another database; keep tests of one live site in one worker."""
    kept, left_out = [], []
    for item in items:
        marker = item.get_closest_marker("engine")
        (left_out if marker and marker.args[0] != connection.vendor else kept).append(item)
        if "live_site" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group("live_site"))
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


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
def django_db_setup(django_db_setup, django_db_blocker):
    """The bundled catalog, loaded once in each worker; a test sees it within a transaction that is undone."""
    from catalog.exchange.load import load_bundled

    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            connection.ensure_connection()
            clock.prepare_postgres(connection.connection)
        load_bundled()


@pytest.fixture(scope="session")
def live_site(tmp_path_factory):
    """The address of the real site: production settings, own database, served as `make run` serves it."""
    folder = tmp_path_factory.mktemp("live")
    with _own_database() as database, live.running(folder, **database) as url:
        yield url


@pytest.fixture(scope="session")
def new_database():
    """Makes the setting of one more empty database, for as long as a block runs."""
    return _own_database


@pytest.fixture(scope="module")
def own_database():
    """The setting of an empty database on the server under test, or nothing: SQLite's is a file."""
    with _own_database() as database:
        yield database


@contextmanager
def _own_database():
    """The setting of an empty database on the server under test; SQLite's is a file of the site's own."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        with nullcontext({}) as nothing:
            yield nothing
        return
    import psycopg

    name = f"live_{os.getpid()}_{next(_numbers)}"
    server, _, _ = url.partition("?")[0].rpartition("/")
    with psycopg.connect(url, autocommit=True) as link:
        link.execute(f"DROP DATABASE IF EXISTS {name}")
        link.execute(f"CREATE DATABASE {name}")
        with psycopg.connect(f"{server}/{name}", autocommit=True) as own:
            clock.prepare_postgres(own)
        try:
            yield {"DATABASE_URL": f"{server}/{name}"}
        finally:
            link.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def browser():
    """A browser without a window: Debian's chromium, driven from Python."""
    chromium = needs.program("chromium", "chromium")
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
