"""The processes of a running site: each may be killed, and ending ends all of them."""

import os
import signal
import socket
import time

import pytest

import live
from config.processes import WORKER_GRACE
from config.supervisor import GRACE
from processes import LINUX, child, children, is_running, session, until, workers

pytestmark = [pytest.mark.xdist_group("live_site"), LINUX]
MOMENTS = 8
"""At how many instants of a start the site is told to end."""
FIRST_START = 5.0
"""About how many seconds it takes to make the tables and to load the bundled catalog."""


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


@pytest.mark.parametrize("share", [0.4, 0.7])
def test_what_a_first_start_left_undone_is_done_by_the_next(tmp_path, new_database, share):
    with new_database() as database:
        told = starting(tmp_path, database)
        time.sleep(share * FIRST_START)
        end(told)
        with live.running(tmp_path, **database) as url:
            assert live.status(f"{url}/models/claude") == 200


def starting(folder, database):
    process, _ = live.spawn(folder, WORKERS=2, **database)
    return process


def end(process):
    """Tell a site to end; it does within the time that it is given, and leaves nothing running."""
    process.terminate()
    try:
        # Before its own code runs, Python itself is ended by the signal.
        assert process.wait(GRACE + 2) in (0, -signal.SIGTERM)
        until(lambda: not session(process.pid), GRACE + 2)
    finally:
        for pid in session(process.pid):
            os.kill(pid, signal.SIGKILL)
