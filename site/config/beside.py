"""Keeps a program running beside the site: started again when it ends, stopped when the site does.

The keeper is a process of its own that imports nothing of the site, so that neither can take the other down:
`python -m config.beside PARENT PROGRAM ARGUMENT…`.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

POLL = 0.5
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
STEADY = 60.0
"""What has run for so many seconds is started again without a growing pause."""
NICENESS = 10
PATIENCE = 5.0


def start(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Start a keeper of a program; it ends with the process that this one is, or becomes."""
    keeper = [sys.executable, "-m", "config.beside", str(os.getpid()), *command]
    subprocess.Popen(keeper, env=dict(environment), stdin=subprocess.DEVNULL)  # noqa: S603 - our own words


def keep(parent: int, command: Sequence[str]) -> None:
    """Run a program for as long as the parent lives; it gives way to the pages."""
    os.nice(NICENESS)
    stopped: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda found, _frame: stopped.append(found))
    pause = SHORTEST_PAUSE
    while not _is_over(parent, stopped):
        began = time.monotonic()
        child = subprocess.Popen(command)  # noqa: S603
        while child.poll() is None and not _is_over(parent, stopped):
            time.sleep(POLL)
        if child.poll() is None:
            _end(child)
            return
        ran = time.monotonic() - began
        pause = SHORTEST_PAUSE if ran > STEADY else pause
        ends = time.monotonic() + pause
        while time.monotonic() < ends and not _is_over(parent, stopped):
            time.sleep(POLL)
        pause = min(pause * 2, LONGEST_PAUSE)


def _is_over(parent: int, stopped: list[int]) -> bool:
    return bool(stopped) or os.getppid() != parent


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


if __name__ == "__main__":
    keep(int(sys.argv[1]), sys.argv[2:])
