"""What /mcp costs the pages: two sites in one run, one with the tools and one without, asked in turns."""

import http.client
import statistics
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import live
import mcp_calls
from bench.registry import Row, benchmark

PATHS = ("/", "/models", "/models/claude/sonnet-5")
ROUNDS = 60
CALL = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/call",
    "params": {"name": "search_models", "arguments": {"query": "claude"}},
}


def asked(connection, path):
    """Milliseconds that a page takes."""
    began = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200
    return (time.perf_counter() - began) * 1000


def compared(first, second, rounds=ROUNDS):
    """The median of a page on each of two sites, asked in turns, by path."""
    sites = [http.client.HTTPConnection(urlsplit(url).netloc) for url in (first, second)]
    for path in PATHS:
        for site in sites:
            asked(site, path)
        taken = [[asked(site, path) for site in sites] for _ in range(rounds)]
        yield path, *(statistics.median(side) for side in zip(*taken, strict=True))


@benchmark
def tools():
    """Pages of a site with /mcp beside those of one without; then while two agents call without a pause."""
    with ExitStack() as stack:
        first, second = (Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2))
        with_tools = stack.enter_context(live.running(first))
        without = stack.enter_context(live.running(second, MCP="off"))
        mcp_calls.ready(with_tools)
        for path, measured, beside in compared(with_tools, without):
            yield Row(f"{path}, tools idle", measured, beside, "ms", 1.1)
        over, counted = threading.Event(), []
        agents = [threading.Thread(target=call_on, args=(with_tools, over, counted)) for _ in range(2)]
        for agent in agents:
            agent.start()
        began = time.perf_counter()
        try:
            for path, measured, beside in compared(with_tools, without):
                yield Row(f"{path}, two agents calling", measured, beside, "ms")
        finally:
            over.set()
            took = time.perf_counter() - began
            for agent in agents:
                agent.join()
        yield Row("calls a second meanwhile", len(counted) / took, 1, "")


def call_on(url, over, counted):
    """Call a tool again and again until told to end."""
    while not over.is_set():
        if mcp_calls.post(url, CALL)[0] == 200:
            counted.append(1)
