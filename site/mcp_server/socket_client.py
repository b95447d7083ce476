"""The pages' client of the tools' process, over a Unix socket."""

import http.client
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass

# Host and Origin are checked before, where the site's names are known.
HOST = "mcp"
LARGEST_REQUEST = 100_000
LARGEST_ANSWER = 4_000_000
SECONDS = 20
# Calls of one worker: two of its places with the database (`config.processes`) are left to pages.
AT_ONCE = max(1, 2 * (os.cpu_count() or 1) - 1)


class UnreachableError(Exception):
    """The process does not answer as it should."""


@dataclass(frozen=True, slots=True)
class ProcessAnswer:
    """The process's answer."""

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
    """Send a request and wait for the whole answer."""
    connection = _Connection(path)
    try:
        connection.request("POST", "/mcp", body, {**headers, "Host": HOST})
        response = connection.getresponse()
        # One byte more tells an answer that is too large.
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
