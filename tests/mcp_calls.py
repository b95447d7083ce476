"""How the tests speak to /mcp: with the client of the SDK, and by hand where it would be too polite."""

import asyncio
import json
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from mcp import Client

import live

HEADERS = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
LEGACY = "2025-11-25"
MODERN = "2026-07-28"


def read(url):
    """The JSON at an address."""
    with urllib.request.urlopen(url, timeout=20) as answer:
        return json.load(answer)


def post(url, body, method="POST", **headers):
    """Status, headers and body of one request to /mcp."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"{url}/mcp", data, {**HEADERS, **named}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def listing(number=1):
    """A request that lists the tools."""
    return {"jsonrpc": "2.0", "id": number, "method": "tools/list"}


def ready(url):
    """Wait until the process of the tools answers."""
    ends = time.monotonic() + live.LONGEST_START
    while time.monotonic() < ends:
        with suppress(OSError):
            if post(url, listing())[0] == 200:
                return
        time.sleep(0.2)
    raise AssertionError("the process of the tools does not answer")


def awaited(coroutine):
    """What a coroutine gives, from its own thread: the driver of a browser keeps a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def call(url, *calls, mode="auto"):
    """The results of some calls, by the client of the SDK."""

    async def all_calls():
        async with Client(f"{url}/mcp", mode=mode) as client:
            return [await client.call_tool(name, given) for name, given in calls]

    return awaited(all_calls())


def found(url, name, **given):
    """The structured answer of one call, which must succeed."""
    (result,) = call(url, (name, given))
    assert not result.is_error, result.content[0].text
    assert json.loads(result.content[0].text) == result.structured_content
    return result.structured_content
