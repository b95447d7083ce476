"""The way from the pages' process to the one that answers /mcp: a Unix socket, one connection a request."""

import http.client
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass

HOST = "mcp"
"""The name of the process behind. Host and Origin are judged before it, where the site's names are known."""
LARGEST_REQUEST = 100_000
LARGEST_ANSWER = 4_000_000
SECONDS = 20
AT_ONCE = max(1, 2 * (os.cpu_count() or 1) - 1)
"""So many calls of one worker are under way at most: two of its threads are always left to the pages."""


class UnreachableError(Exception):
    """The process does not answer, or not as it should."""


@dataclass(frozen=True, slots=True)
class ProcessAnswer:
    """The MCP process's answer."""

    status: int
    headers: dict[str, str]
    body: bytes


class _Connection(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__(HOST, timeout=SECONDS)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def post(path: str, body: bytes, headers: Mapping[str, str]) -> ProcessAnswer:
    """Hand a request over and wait for the whole answer."""
    connection = _Connection(path)
    try:
        connection.request("POST", "/mcp", body, {**headers, "Host": HOST})
        response = connection.getresponse()
        body_bytes = response.read(LARGEST_ANSWER + 1)
    except (OSError, http.client.HTTPException) as error:
        raise UnreachableError(str(error)) from error
    finally:
        connection.close()
    if len(body_bytes) > LARGEST_ANSWER:
        raise UnreachableError("the answer is too large")
    return ProcessAnswer(
        response.status, {key.lower(): value for key, value in response.getheaders()}, body_bytes
    )
