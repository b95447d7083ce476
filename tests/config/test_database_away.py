"""PostgreSQL stops or hangs under a running site: visitors are told so, and all goes on after."""

import json
import shutil
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

import cluster
import databases
import live
import mcp_calls
from config.database_limits import ANSWER_SECONDS, CONNECT_SECONDS, LOCK_SECONDS, STATEMENT_SECONDS
from process_table import LINUX, child, until
from small import TOKENS_PATH

pytestmark = [pytest.mark.engine("postgresql"), LINUX]
ASKED = (
    "/",
    "/models",
    TOKENS_PATH,
    f"{TOKENS_PATH}.md",
    "/api/v1/models?limit=5",
    "/changes.atom",
    "/llms.txt",
    "/readyz",
)
ALWAYS = ("/livez", "/static/css/site.css")
READERS = 8
PAUSE = 0.1
"""Seconds between two requests of a reader."""
OUTAGE = 4
SLOWEST = ANSWER_SECONDS + 4
"""What a request may take that the outage catches in the middle of a query."""


@pytest.fixture(scope="module")
def server():
    # Not below the folders of the tests, which the user postgres may not enter.
    folder = Path(tempfile.mkdtemp(prefix="cluster-"))
    try:
        with cluster.running(folder) as running:
            yield running
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("away")


@pytest.fixture(scope="module")
def site(server, folder):
    """A site with one worker: its process and its address."""
    for command in (["migrate"], ["import_catalog", databases.FILES[databases.SMALL]]):
        assert live.manage(*map(str, command), DATABASE_URL=server.url, CATALOG_VAR=folder).returncode == 0
    process, url = live.spawn(folder, DATABASE_URL=server.url)
    try:
        live.wait(process, url, folder)
        mcp_calls.ready(url)
        yield process, url
    finally:
        if process.poll() is None:
            live.stop(process)


@pytest.fixture
def log(folder):
    """Reads what the site has logged since the test began."""
    path = folder / "output.txt"
    begun = path.stat().st_size

    def read():
        with path.open() as output:
            output.seek(begun)
            return output.read()

    return read


def ask(url):
    """Status, seconds and headers of one answer; a connection that is lost has no status."""
    began = time.perf_counter()
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            answer.read()
            status, headers = answer.status, answer.headers
    except urllib.error.HTTPError as error:
        with error:
            error.read()
        status, headers = error.code, error.headers
    except OSError:
        status, headers = None, {}
    return status, time.perf_counter() - began, headers


@contextmanager
def readers(url):
    """Ask for all kinds of pages and for what needs no database while the block runs; give the answers."""
    ends, answers = threading.Event(), []

    def go_on(paths):
        while not ends.is_set():
            for path in paths:
                answers.append((path, *ask(url + path)))
                time.sleep(PAUSE)

    with ThreadPoolExecutor(READERS + len(ALWAYS)) as pool:
        turned = [ASKED[at:] + ASKED[:at] for at in range(READERS)]
        asked = [pool.submit(go_on, paths) for paths in [*turned, *([path] for path in ALWAYS)]]
        try:
            yield answers
        finally:
            ends.set()
    for one in asked:
        one.result()


def judge(answers):
    """What held for all readers of an outage: nothing but 200 and a 503 that nobody keeps."""
    pages = [answer for answer in answers if answer[0] in ASKED]
    assert set(Counter(status for _, status, _, _ in pages)) == {200, 503}
    for path, status, _, headers in pages:
        if status == 503:
            assert int(headers["Retry-After"]) > 0, path
            assert headers["Cache-Control"].startswith("no-store"), path
    assert {status for path, status, _, _ in answers if path in ALWAYS} == {200}


def quick(answers):
    """Seconds within which 95 in 100 requests were answered that need no database."""
    found = sorted(seconds for path, _, seconds, _ in answers if path in ALWAYS)
    return found[int(0.95 * len(found))]


def all_answer(url):
    return all(ask(url + path)[0] == 200 for path in ASKED)


def test_a_stopped_server_is_answered_503_and_one_that_is_back_200(site, server, log):
    process, url = site
    webhooks = child(process.pid, "deliver_webhooks")
    with readers(url) as answers:
        time.sleep(1)
        server.stop()
        time.sleep(OUTAGE)
        server.start()
        back = time.monotonic()
        until(lambda: all_answer(url), 10)
        assert time.monotonic() - back < 5
    judge(answers)
    assert "Traceback" not in log()
    assert log().count("The database is away") <= 3, "once, but for what was under way as it ended"
    assert "requests were answered 503." in log()
    assert child(process.pid, "deliver_webhooks") == webhooks
    assert "Webhooks wait for the database" in log()


def test_a_server_that_hangs_keeps_only_those_waiting_who_are_in_the_middle_of_a_query(site, server, log):
    _, url = site
    with readers(url) as answers:
        time.sleep(2)
        idle = quick(answers)
        answers.clear()
        server.freeze()
        try:
            time.sleep(ANSWER_SECONDS + 2)
            # Known by now: all are refused at once.
            late = [ask(url + path) for path in ASKED]
        finally:
            server.thaw()
        thawed = time.monotonic()
        until(lambda: all_answer(url), 15)
        assert time.monotonic() - thawed < 5
    judge(answers)
    assert max(seconds for path, _, seconds, _ in answers if path in ASKED) < SLOWEST
    assert quick(answers) < max(0.3, idle)
    assert {status for status, _, _ in late} == {503}
    assert max(seconds for _, seconds, _ in late) < 1
    assert "Traceback" not in log()
    assert log().count("The database is away") == 1
    assert log().count("The database answers again") == 1


def test_tools_say_that_the_database_hangs(site, server):
    _, url = site
    query = {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
             "params": {"name": "search_models", "arguments": {"query": "ballad"}}}  # fmt: skip
    assert mcp_calls.post(url, query)[0] == 200
    server.freeze()
    try:
        began = time.monotonic()
        status, _, body = mcp_calls.post(url, query)
        assert time.monotonic() - began < 2 * CONNECT_SECONDS + 2
        said = json.loads(body)
        assert status == 200
        assert said["result"]["isError"]
        assert "does not answer. Try again" in said["result"]["content"][0]["text"]
    finally:
        server.thaw()

    def answers():
        status, _, body = mcp_calls.post(url, query)
        return status == 200 and not json.loads(body)["result"].get("isError")

    until(answers, 10)


def test_a_crowd_of_readers_is_served_without_a_refusal(site):
    _, url = site
    with ThreadPoolExecutor(50) as pool:
        found = list(pool.map(ask, [url + TOKENS_PATH] * 100))
    assert Counter(status for status, _, _ in found) == {200: 100}


LIMITS = """
from django.db import connection
cursor = connection.cursor()
for name in ("statement_timeout", "lock_timeout"):
    cursor.execute(f"SHOW {name}")
    print(cursor.fetchone()[0])
"""


def test_only_those_who_answer_visitors_have_limits(server, folder):
    given = {"DATABASE_URL": server.url, "CATALOG_VAR": folder}
    job = live.manage("shell", "--no-imports", "-c", LIMITS, **given)
    assert (job.stdout.split(), job.stderr) == (["0", "0"], "")
    visitors = live.manage("shell", "--no-imports", "-c", f"import config.wsgi\n{LIMITS}", **given)
    assert visitors.stdout.split() == [f"{STATEMENT_SECONDS}s", f"{LOCK_SECONDS}s"]
