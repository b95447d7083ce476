"""Many visitors at once, most of them idle or slow: the others do not wait for them."""

import resource
import socket
import statistics
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import live
from config import processes
from process_table import LINUX, child, workers
from small import TOKENS_PATH

IDLE, HALF_SENT, SLOW = 60, 60, 200
LARGE = "/llms-full.txt"
REQUESTS = 9


@pytest.fixture
def crowd():
    """Opens connections, and closes all of them after the test."""
    with ExitStack() as stack:

        def opened(url, sent=b"", buffer=None):
            connection = stack.enter_context(socket.socket())
            if buffer:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
            connection.settimeout(10)
            connection.connect(("127.0.0.1", urlsplit(url).port))
            connection.sendall(sent)
            return connection

        yield opened


def fresh(url, path=TOKENS_PATH):
    """The median time of a request on a connection of its own, in seconds."""
    times = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        with urllib.request.urlopen(url + path, timeout=30) as answer:
            answer.read()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def head(url, first, *lines):
    return "\r\n".join([first, f"Host: {urlsplit(url).netloc}", *lines]).encode()


def test_idle_half_sent_and_slow_connections_keep_nobody_waiting(live_site, crowd):
    fresh(live_site)
    alone = fresh(live_site)
    for _ in range(IDLE):
        crowd(live_site)
    for _ in range(HALF_SENT):
        crowd(live_site, head(live_site, f"GET {TOKENS_PATH} HTTP/1.1", "Accept: text/ht"))
    for number in range(SLOW):
        if number % 2:
            # Half of them take an answer of megabytes, and read none of it.
            crowd(live_site, head(live_site, f"GET {LARGE} HTTP/1.1", "\r\n"), buffer=2048)
        else:
            # The others have a form read that they do not send.
            kind, length = "Content-Type: application/x-www-form-urlencoded", "Content-Length: 2000"
            cookie = f"Cookie: csrftoken={'c' * 32}"
            crowd(live_site, head(live_site, "POST /admin/login/ HTTP/1.1", kind, length, cookie, "\r\na="))
    # Until what these have asked for is made.
    fresh(live_site)
    assert fresh(live_site) <= 5 * alone
    assert live.status(f"{live_site}/livez") == 200


def test_a_request_whose_head_does_not_come_is_given_up(live_site, crowd):
    connection = crowd(live_site, b"GET / HTTP/1.1\r\nHo")
    connection.settimeout(processes.HEADER_SECONDS + 5)
    began = time.monotonic()
    assert connection.recv(1) == b""
    assert time.monotonic() - began > processes.HEADER_SECONDS - 2


@LINUX
def test_a_low_limit_of_open_files_is_raised_for_all_processes(tmp_path, own_database):
    low, (_, hard) = 300, resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < processes.FILES:
        pytest.skip("the system allows fewer")
    command = ["prlimit", f"--nofile={low}:{hard}"]
    process, url = live.spawn(tmp_path, command=command, MCP="off", **own_database)
    try:
        live.wait(process, url, tmp_path)
        pids = [process.pid, child(process.pid, "granian"), *workers(process.pid)]
        limits = [Path(f"/proc/{pid}/limits").read_text() for pid in pids]
    finally:
        live.stop(process)
    lines = [line for text in limits for line in text.splitlines() if line.startswith("Max open files")]
    assert [line for line in lines if int(line.split()[3]) < processes.FILES] == []
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("limits", "connections"),
    [((256, 4096), 1024), ((256, 512), 384), ((256, resource.RLIM_INFINITY), 1024), ((10**6, 10**6), 1024)],
)
def test_no_more_connections_are_taken_than_files_may_be_open(monkeypatch, limits, connections):
    raised = []
    monkeypatch.setattr(resource, "getrlimit", lambda _of: limits)
    monkeypatch.setattr(resource, "setrlimit", lambda _of, to: raised.append(to))
    command, _ = processes.supervisor_command()
    assert command[command.index("--backpressure") + 1] == str(connections)
    assert all(hard == limits[1] for _, hard in raised)
