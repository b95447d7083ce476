"""The process of the tools, beside the pages: it may end, and they do not notice."""

import json
import os
import signal
from pathlib import Path

import pytest

import live
import mcp_calls
from mcp_calls import listing, post
from process_table import LINUX, child, children, is_running, until

pytestmark = pytest.mark.engine("sqlite")  # processes ask no database: once is enough


@pytest.fixture
def site(tmp_path, own_database):
    process, url = live.spawn(tmp_path, **own_database)
    try:
        live.wait(process, url, tmp_path)
        yield process, url
    finally:
        if process.poll() is None:
            live.stop(process)


@LINUX
def test_the_pages_stay_up_when_the_tools_are_killed_and_the_tools_come_back(site):
    process, url = site
    mcp_calls.ready(url)
    tools = child(process.pid, "serve_mcp")
    os.kill(tools, signal.SIGKILL)
    code, headers, body = post(url, listing())
    assert (code, headers["Content-Type"]) == (503, "application/problem+json")
    assert int(headers["Retry-After"]) > 0
    assert json.loads(body)["status"] == 503
    assert [live.status(f"{url}{path}") for path in ("/", "/models", "/readyz", "/api/v1/models")] == [
        200
    ] * 4
    mcp_calls.ready(url)
    assert child(process.pid, "serve_mcp") not in (None, tools)


@LINUX
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_the_tools_end_with_the_site_and_leave_no_socket(site, ending):
    process, url = site
    mcp_calls.ready(url)
    tools = child(process.pid, "serve_mcp")
    asked = dict(
        entry.partition("=")[::2]
        for entry in Path(f"/proc/{tools}/environ").read_text(errors="replace").split("\0")
    )
    folder = Path(asked["MCP_SOCKET"]).parent
    assert folder.stat().st_mode & 0o777 == 0o700
    process.send_signal(ending)
    process.wait(20)
    until(lambda: not is_running(tools))
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
