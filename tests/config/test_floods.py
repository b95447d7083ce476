"""A real site under a flood: pages stay quick, memory stays bounded, one address is stopped."""

import http.client
import statistics
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import live
import login_flood
import mcp_calls
from process_table import LINUX, workers
from small import TOKENS_PATH

pytestmark = pytest.mark.engine("sqlite")  # what is limited is not of a database: once is enough
ROUNDS, REQUESTS = 3, 40
FLOOR = 0.02
"""Seconds that a machine under load may add to any measure."""
MORE_MEMORY = 64
"""MB that a worker may grow by: a hash takes 19 of them."""


def times(url):
    """How long pages take, each on a connection of its own: 95 of 100 no longer, in seconds."""
    taken = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        with urllib.request.urlopen(url + TOKENS_PATH, timeout=60) as answer:
            answer.read()
        taken.append(time.perf_counter() - began)
    return statistics.quantiles(taken, n=20)[-1]


def most_memory(pids):
    """The most memory that each process has had so far, in MB."""
    status = [Path(f"/proc/{pid}/status").read_text() for pid in pids]
    return [int(text.partition("VmHWM:")[2].split()[0]) / 1024 for text in status]


@contextmanager
def flooded(url):
    command = [sys.executable, login_flood.__file__, str(urlsplit(url).port)]
    process = subprocess.Popen(command)
    try:
        # Until all of its connections are there.
        time.sleep(1.5)
        yield
        assert process.poll() is None
    finally:
        process.kill()
        process.wait()


@LINUX
def test_a_flood_of_log_ins_with_random_names_keeps_no_reader_waiting(tmp_path, own_database):
    process, url = live.spawn(tmp_path, WORKERS=2, MCP="off", **own_database)
    try:
        live.wait(process, url, tmp_path)
        times(url)
        before = most_memory(workers(process.pid))
        measured = []
        for _ in range(ROUNDS):
            idle = times(url)
            with flooded(url):
                measured.append((idle, times(url)))
            if measured[-1][1] <= 2 * idle + FLOOR:
                break
        after = most_memory(workers(process.pid))
    finally:
        live.stop(process)
    assert max(after) <= max(before) + MORE_MEMORY, f"MB before and after: {before}, {after}"
    assert any(flood <= 2 * idle + FLOOR for idle, flood in measured), measured
    log = (tmp_path / "output.txt").read_text()
    assert "did not log in from 127.0.0.1: wrong name or password." in log
    assert "Traceback" not in log


@pytest.fixture(scope="module")
def site(tmp_path_factory, own_database):
    """A site that takes this machine for its proxy, and lets each visitor ask fifty times a minute."""
    folder = tmp_path_factory.mktemp("limited")
    with live.running(folder, TRUSTED_PROXIES="127.0.0.1", RATE_LIMIT=50, **own_database) as url:
        yield url


def connected(site):
    return closing(http.client.HTTPConnection("127.0.0.1", urlsplit(site).port, timeout=30))


def statuses(site, count, method, path, body=None, address="203.0.113.7", **headers):
    """The answers to as many requests from one address."""
    answers = []
    with connected(site) as connection:
        for _ in range(count):
            connection.request(method, path, body, {"X-Forwarded-For": address, **headers})
            answer = connection.getresponse()
            answers.append((answer.status, answer.headers, answer.read()))
    return answers


@pytest.mark.parametrize("path", ["/compare", "/api/v1/compare?models=a", "/api/v1/quote", "/search.md?q=a"])
def test_an_address_that_asks_without_end_is_answered_429(site, path):
    answers = statuses(site, 60, "GET", path)
    last, headers, _ = next(answer for answer in answers if answer[0] == 429)
    assert last == 429
    assert int(headers["Retry-After"]) >= 1
    assert statuses(site, 1, "GET", path, address="203.0.113.8")[0][0] != 429


def test_calls_of_the_tools_are_counted_and_measured_before_the_tools_see_them(site):
    mcp_calls.ready(site)
    body = b'{"jsonrpc":"2.0","id":1,"method":"tools/list"}'
    answers = statuses(site, 60, "POST", "/mcp", body, **mcp_calls.HEADERS)
    assert {answer[0] for answer in answers} == {200, 429}
    for sent, status in ((b"[" * 40 + b"]" * 40, 422), (b" " * 100_001, 413), (b'"' * 90_001, 400)):
        ((answered, headers, _),) = statuses(
            site, 1, "POST", "/mcp", sent, address="203.0.113.9", **mcp_calls.HEADERS
        )
        assert answered == status
        assert headers["Content-Type"].startswith("application/")


def test_log_ins_from_one_address_end_after_twenty(site):
    visitor = {"X-Forwarded-For": "203.0.113.7"}
    with connected(site) as connection:
        cookie, token = login_flood.form(connection)
        answers = [login_flood.post(connection, cookie, token, **visitor) for _ in range(24)]
    assert [status for status, _ in answers][:20] == [200] * 20
    status, headers = answers[-1]
    assert (status, headers["Content-Type"]) == (429, "text/html; charset=utf-8")
    assert int(headers["Retry-After"]) >= 1
