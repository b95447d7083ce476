"""The process of the tools, beside the pages: it may end, and they do not notice."""

import json
import os
import signal
import time
from pathlib import Path

import pytest

import live
import mcp_calls
from mcp_calls import listing, post

pytestmark = pytest.mark.xdist_group("live_site")


def children(pid):
    """The processes that this one has started, by what runs in them."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (OSError, ValueError):
                continue
            if parent == pid:
                found[int(folder.name)] = command
    return found


def of_tools(pid, word="serve_mcp"):
    """The keeper and the process of the tools of a site."""
    (keeper,) = [child for child, command in children(pid).items() if word in command]
    return keeper, next(iter(children(keeper)), None)


def until(check, seconds=60):
    """Wait until this holds."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if check():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come to hold")


@pytest.fixture
def site(tmp_path, own_database):
    process, url = live.spawn(tmp_path, **own_database)
    try:
        live.wait(process, url, tmp_path)
        yield process, url
    finally:
        if process.poll() is None:
            live.stop(process)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads processes from /proc")
def test_the_pages_stay_up_when_the_tools_are_killed_and_the_tools_come_back(site):
    process, url = site
    mcp_calls.ready(url)
    keeper, tools = of_tools(process.pid)
    os.kill(tools, signal.SIGKILL)
    code, headers, body = post(url, listing())
    assert (code, headers["Content-Type"]) == (503, "application/problem+json")
    assert int(headers["Retry-After"]) > 0
    assert json.loads(body)["status"] == 503
    assert [live.status(f"{url}{path}") for path in ("/", "/models", "/readyz", "/api/v1/models")] == [
        200
    ] * 4
    mcp_calls.ready(url)
    assert of_tools(process.pid)[0] == keeper
    assert of_tools(process.pid)[1] != tools


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads processes from /proc")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_the_tools_end_with_the_site_and_leave_no_socket(site, ending):
    process, url = site
    mcp_calls.ready(url)
    keeper, tools = of_tools(process.pid)
    asked = dict(
        entry.partition("=")[::2]
        for entry in Path(f"/proc/{tools}/environ").read_text(errors="replace").split("\0")
    )
    folder = Path(asked["MCP_SOCKET"]).parent
    assert folder.stat().st_mode & 0o777 == 0o700
    workers = [child for child, command in children(process.pid).items() if "granian" in command]
    process.send_signal(ending)
    process.wait(20)
    for worker in workers if ending == signal.SIGKILL else []:
        os.kill(worker, signal.SIGKILL)
    until(lambda: not Path(f"/proc/{keeper}").exists() and not Path(f"/proc/{tools}").exists())
    assert not folder.exists()


def test_a_site_without_tools_says_so_and_starts_no_process(tmp_path, own_database):
    process, url = live.spawn(tmp_path, MCP="off", **own_database)
    try:
        live.wait(process, url, tmp_path)
        assert not [command for command in children(process.pid).values() if "serve_mcp" in command]
        for code, headers, _ in (post(url, listing()), post(url, b"", method="GET")):
            assert (code, headers["Content-Type"]) == (404, "application/problem+json")
        assert live.status(f"{url}/mcp/server-card") == 404
    finally:
        live.stop(process)
