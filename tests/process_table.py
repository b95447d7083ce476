"""The processes of a site that a test has started, read from /proc."""

import time
from pathlib import Path

import pytest

LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads processes from /proc")


def _stat(pid):
    """State, parent, group and session of a process; nothing where it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def is_running(pid):
    """Whether there is such a process and it has not ended."""
    stat = _stat(pid)
    return stat is not None and stat[0] != "Z"


def children(pid):
    """The running processes that this one has started, with their command lines."""
    return _found(lambda stat: int(stat[1]) == pid)


def session(pid):
    """The running processes of the session that this one has begun, whoever started them."""
    return _found(lambda stat: int(stat[3]) == pid)


def _found(fits):
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        stat = _stat(folder.name)
        if stat and stat[0] != "Z" and fits(stat):
            try:
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
    return found


def child(pid, word):
    """The process that a site has started for this: `granian`, `serve_mcp` or `deliver_webhooks`."""
    return next((found for found, command in children(pid).items() if f" {word} " in f"{command} "), None)


def workers(pid):
    """The processes that answer a site's visitors."""
    server = child(pid, "granian")
    found = children(server) if server else {}
    # Where Python spawns workers instead of forking them, it has one process more.
    return {pid for pid, command in found.items() if "resource_tracker" not in command}


def until(check, seconds=60.0):
    """Wait until this holds, and return what it said."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if found := check():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come to hold")
