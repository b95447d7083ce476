"""The processes of a running site: each may be killed, and ending ends all of them."""

import os
import signal
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

import live
import needs
from config.processes import WORKER_GRACE
from config.supervisor import GRACE
from process_table import LINUX, child, children, is_running, session, until, workers

pytestmark = [LINUX, pytest.mark.programs, pytest.mark.engine("sqlite")]  # processes ask no database
MOMENTS = 5
"""At how many instants of a start the site is told to end."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("processes")


@pytest.fixture
def site(folder, own_database):
    """A site with two workers, its address, and nothing of it left afterwards."""
    process, url = live.spawn(folder, WORKERS=2, **own_database)
    try:
        live.wait(process, url, folder)
        yield process, url
    finally:
        if process.poll() is None:
            live.stop(process)
        until(lambda: not session(process.pid), GRACE + 2)


def is_idle(pid):
    """Whether a process takes no processor time for a second."""
    before = times(pid)
    time.sleep(1)
    return times(pid) == before


def times(pid):
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]


def answers(url, seconds):
    """The statuses of an address that is asked for all the time, None where nobody answered."""
    ends = time.monotonic() + seconds
    found = []
    while time.monotonic() < ends:
        found.append(live.status(f"{url}/livez"))
        time.sleep(0.02)
    return found


def test_a_killed_worker_is_replaced_and_few_visitors_notice(site):
    process, url = site
    before = workers(process.pid)
    assert len(before) == 2
    # One of them answers; the other may still be starting.
    until(lambda: all(is_idle(pid) for pid in before))
    killed = min(before)
    os.kill(killed, signal.SIGKILL)
    found = answers(url, 4)
    # What the killed one had taken is lost; the other goes on with the rest.
    assert found.count(200) > 0.9 * len(found)
    after = until(lambda: len(now := workers(process.pid)) == 2 and now)
    assert after - {killed} >= before - {killed}
    assert killed not in after


def test_a_site_whose_workers_are_all_killed_comes_back(site):
    process, url = site
    before = workers(process.pid)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
        time.sleep(0.5)  # the server may miss one of two that die in the same instant
    until(lambda: len(now := workers(process.pid)) == 2 and not now & before)
    until(lambda: live.status(f"{url}/readyz") == 200)


def test_a_killed_server_takes_its_workers_with_it_and_comes_back(site):
    process, url = site
    server, before = child(process.pid, "granian"), workers(process.pid)
    os.kill(server, signal.SIGKILL)
    until(lambda: not any(map(is_running, before)), GRACE + 2)
    until(lambda: live.status(f"{url}/readyz") == 200)
    assert child(process.pid, "granian") != server


def test_of_a_killed_supervisor_nothing_is_left_and_its_port_is_free(site):
    process, url = site
    assert len(children(process.pid)) == 3, "server, tools and webhooks"
    process.kill()
    process.wait()
    until(lambda: not session(process.pid), GRACE + 2)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", int(url.rpartition(":")[2])))


def test_ctrl_c_in_a_terminal_ends_a_site_at_once(site):
    process, _ = site
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(GRACE + 2) == 0
    assert time.monotonic() - began < 3
    assert not session(process.pid)


def test_a_site_told_to_end_while_it_starts_ends(folder, own_database):
    process, url = live.spawn(folder, WORKERS=2, **own_database)
    began = time.monotonic()
    live.wait(process, url, folder)
    length = time.monotonic() - began
    live.stop(process)
    for moment in range(MOMENTS):
        told = starting(folder, own_database)
        time.sleep(length * moment / (MOMENTS - 1))
        end(told)


def test_a_site_told_to_end_as_its_workers_begin_does_not_wait_for_them_to_be_killed(folder, own_database):
    for pause in (0, 0.1, 0.3):
        told = starting(folder, own_database)
        until(lambda: len(workers(told.pid)) == 2, live.LONGEST_START)  # noqa: B023 - asked for at once
        time.sleep(pause)
        began = time.monotonic()
        end(told)
        assert time.monotonic() - began < WORKER_GRACE


@pytest.mark.engine("sqlite")  # how far a start has come is read from the file
@pytest.mark.parametrize("stage", [1, 2], ids=["migrating", "loading"])
def test_what_a_first_start_left_undone_is_done_by_the_next(tmp_path, stage):
    told = starting(tmp_path, {})
    until(lambda: progress(tmp_path) >= stage, live.LONGEST_START)
    end(told)
    assert progress(tmp_path) in (stage, stage + 1), "it was interrupted in the middle"
    with live.running(tmp_path) as url:
        assert live.status(f"{url}/models") == 200


def progress(folder):
    """How far a first start has come: 0 nothing, 1 some tables, 2 all tables, 3 the catalog."""
    path = folder / "catalog.sqlite3"
    if not path.exists():
        return 0
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        tables = {
            name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        }
        if "catalog_price_kept" in tables:
            return (
                3 if database.execute("SELECT EXISTS (SELECT 1 FROM catalog_document)").fetchone()[0] else 2
            )
        return 1 if database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] else 0


def test_workers_that_are_being_replaced_end_with_the_others(folder, own_database):
    told, url = live.spawn(folder, WORKERS=3, **own_database)
    live.wait(told, url, folder)
    told.send_signal(signal.SIGHUP)
    until(lambda: len(workers(told.pid)) > 3)
    end(told)


def test_the_first_process_of_a_container_may_be_told_to_end_too(folder, own_database):
    """The kernel keeps from it every signal that it does not handle."""
    unshare = needs.program("unshare", "util-linux")
    for pause in (0.5, 2, 8):
        command = [unshare, "--map-root-user", "--fork", "--pid", "--kill-child"]
        outside, _ = live.spawn(folder, command=command, **own_database)
        first = until(lambda: next(iter(children(outside.pid)), None))  # noqa: B023 - asked for at once
        time.sleep(pause)
        os.kill(first, signal.SIGTERM)
        until(lambda: not session(outside.pid), GRACE + 2)  # noqa: B023
        outside.wait()


def starting(folder, database):
    process, _ = live.spawn(folder, WORKERS=2, **database)
    return process


def end(process):
    """Tell a site to end; it does within the time that it is given, and leaves nothing running."""
    process.terminate()
    try:
        # Before its own code runs, Python itself is ended by the signal.
        assert process.wait(GRACE + 2) in (0, 128 + signal.SIGTERM, -signal.SIGTERM)
        assert not session(process.pid)
    finally:
        for pid in session(process.pid):
            os.kill(pid, signal.SIGKILL)
