"""The supervisor with small programs: what ends is started again, and all of them end with it."""

import os
import signal
import subprocess
import sys

import pytest

import live
from process_table import LINUX, children, is_running, until

pytestmark = [LINUX, pytest.mark.programs]
PACE = """
import sys
from config import supervisor
supervisor.POLL, supervisor.SHORTEST_PAUSE, supervisor.GRACE = 0.02, 0.05, 1.0
sys.exit(supervisor.main(sys.argv[1:]))
"""
SLEEPS = "import time; time.sleep(600)"
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(600)
"""
COUNTS = """
from pathlib import Path
count = Path("count")
count.write_text((count.read_text() if count.exists() else "") + "x")
"""
NOTES = """
import pathlib, signal, time
signal.signal(signal.SIGHUP, lambda *_: pathlib.Path("hung_up").touch())
pathlib.Path("ready").touch()
while True: time.sleep(0.02)
"""


@pytest.fixture
def supervise(tmp_path):
    """Starts a supervisor that is as quick as a test, in the test's folder, for programs of Python."""
    started = []

    def start(*programs, pace=PACE, **options):
        words = []
        for number, program in enumerate(programs):
            words += ["+"] if number else []
            words += [f"program-{number}", sys.executable, "-c", program]
        process = subprocess.Popen(
            [sys.executable, "-c", pace, *words],
            cwd=tmp_path,
            env=live.environment(PYTHONPATH=live.REPOSITORY / "site"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **{"stdin": subprocess.DEVNULL, **options},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        # Not killed: what it started would live on, and hold its pipes open.
        process.terminate()
        process.wait(20)
        process.stdout.close()
        process.stderr.close()


def kill(pid):
    """Kill a process as the kernel does when memory runs out."""
    subprocess.run(["kill", "-9", str(pid)], check=True)


def test_what_is_killed_is_started_again_and_the_others_do_not_notice(supervise):
    process = supervise(SLEEPS, SLEEPS)
    until(lambda: len(children(process.pid)) == 2)
    first, second = sorted(children(process.pid))
    kill(second)
    until(lambda: len(children(process.pid)) == 2 and second not in children(process.pid))
    assert first in children(process.pid)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_all_end_with_it(supervise, ending):
    process = supervise(SLEEPS, SLEEPS)
    until(lambda: len(children(process.pid)) == 2)
    pids = list(children(process.pid))
    process.send_signal(ending)
    assert process.wait(10) == 0
    assert not any(map(is_running, pids))


def test_what_does_not_end_in_time_is_killed(supervise):
    process = supervise(SLEEPS, DEAF)
    assert process.stdout.readline() == "deaf\n"
    pids = list(children(process.pid))
    process.terminate()
    assert process.wait(10) == 0
    assert not any(map(is_running, pids))


def test_a_server_that_does_not_stay_up_ends_the_site_and_says_so(supervise):
    process = supervise("import sys; sys.exit(3)", SLEEPS)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 1
    *_, before, last = errors.splitlines()
    assert before.endswith("config.supervisor program-0 restarted.")
    assert last.endswith("program-0 ended with exit code 3, failure 5 in a row. The site ends.")


def test_what_works_beside_the_server_may_fail_as_often_as_it_likes(supervise, tmp_path):
    process = supervise(SLEEPS, COUNTS)
    # Six starts: more than a server would get.
    until(lambda: (tmp_path / "count").exists() and len((tmp_path / "count").read_text()) > 5)
    assert is_running(process.pid)


def test_a_log_that_cannot_be_written_ends_nothing(supervise):
    process = supervise(SLEEPS, "import time; time.sleep(0.1)")
    process.stderr.close()
    until(lambda: len(children(process.pid)) == 2)
    seen = set()
    until(lambda: seen.update(children(process.pid)) or len(seen) > 3)
    assert is_running(process.pid)


def test_a_site_ends_with_its_terminal(supervise):
    ours, its = os.openpty()
    # In a session of its own, whose terminal this is: the kernel then tells it of the end.
    opens = f"import fcntl, os, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n{PACE}"
    process = supervise(SLEEPS, SLEEPS, pace=opens, stdin=its, start_new_session=True)
    os.close(its)
    until(lambda: len(children(process.pid)) == 2)
    pids = list(children(process.pid))
    os.close(ours)
    assert process.wait(10) == 0
    assert not any(map(is_running, pids))


def test_a_hang_up_is_passed_on_to_the_server_alone(supervise, tmp_path):
    process = supervise(NOTES, SLEEPS)
    until((tmp_path / "ready").exists)
    before = children(process.pid)
    process.send_signal(signal.SIGHUP)
    until((tmp_path / "hung_up").exists)
    assert children(process.pid) == before
