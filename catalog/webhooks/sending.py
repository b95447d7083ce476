"""Sends one POST to a checked address."""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address

from catalog.webhooks.network_rules import TargetError
from catalog.webhooks.targets import Target, read, resolve

RESOLVE_SECONDS = 5.0
# From the first connection to the last byte read.
SECONDS = 10.0
# For one of several addresses.
CONNECT_SECONDS = 4.0
MOST_ADDRESSES = 3
# Head included.
MOST_BYTES = 64 * 1024
KEPT_BYTES = 1_000


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `status` is None without an answer."""

    status: int | None
    text: str = ""
    error: str = ""

    @property
    def is_accepted(self) -> bool:
        """Whether the status is 200 to 299."""
        return self.status is not None and 200 <= self.status < 300


class TooMuchError(OSError):
    """An answer that does not end."""


def post(url: str, headers: Mapping[str, str], body: bytes, *, allow_private: bool) -> Reply:
    """Send one message; failures are in the reply, never raised."""
    try:
        target = read(url, allow_private=allow_private)
        addresses = resolve(target, allow_private=allow_private, seconds=RESOLVE_SECONDS)
    except TargetError as error:
        return Reply(None, error=str(error))
    ends = time.monotonic() + SECONDS
    try:
        with _connect(target, addresses, ends) as link:
            return _exchange(link, target, headers, body, ends)
    except TimeoutError:
        return Reply(None, error=f"No complete answer within {SECONDS:g} s.")
    except ssl.SSLError as error:
        return Reply(None, error=f"TLS: {error.reason or error}"[:500])
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Reply(None, error=f"{type(error).__name__}: {error}"[:500])


def _connect(target: Target, addresses: list[str], ends: float) -> socket.socket:
    """Connect to one of the checked addresses."""
    failed: OSError = OSError("no address")
    for address in addresses[:MOST_ADDRESSES]:
        family = socket.AF_INET if ip_address(address).version == 4 else socket.AF_INET6
        link = socket.socket(family, socket.SOCK_STREAM)
        try:
            link.settimeout(min(CONNECT_SECONDS, _left(ends)))
            # By address: a second look-up of the name could lead elsewhere (DNS rebinding). TLS still
            # verifies it.
            link.connect((address, target.port))
            if target.scheme == "https":
                link.settimeout(_left(ends))
                link = ssl.create_default_context().wrap_socket(link, server_hostname=target.host)
        except OSError as error:
            link.close()
            failed = error
        else:
            return link
    raise failed


def _exchange(
    link: socket.socket, target: Target, headers: Mapping[str, str], body: bytes, ends: float
) -> Reply:
    head = {"Host": target.authority, **headers, "Content-Length": str(len(body)), "Connection": "close"}
    lines = [f"POST {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", ""]
    link.settimeout(_left(ends))
    link.sendall("\r\n".join(lines).encode("ascii") + body)
    response = http.client.HTTPResponse(_Reading(link, ends), method="POST")  # type: ignore[arg-type]
    try:
        response.begin()
        status = response.status
        try:
            # What the subscriber says is shown, not needed: it has taken the message, or not, by its status.
            beginning = response.read(KEPT_BYTES)
        except (OSError, http.client.HTTPException) as error:
            beginning = getattr(error, "partial", b"")
    finally:
        response.close()
    reason = "Redirects are not followed." if 300 <= status < 400 else ""
    return Reply(status, _shown(beginning), reason)


class _Reading(io.RawIOBase):
    """The answer as a file within deadline and size."""

    def __init__(self, link: socket.socket, ends: float) -> None:
        self._link, self._ends, self._count = link, ends, 0

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self, 1024)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._count >= MOST_BYTES:
            raise TooMuchError(f"the answer has more than {MOST_BYTES:,} bytes")
        # Before each read: a timeout alone would let an answer trickle in forever.
        self._link.settimeout(_left(self._ends))
        count = self._link.recv_into(buffer)
        self._count += count
        return count


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _shown(content: bytes) -> str:
    # Stored and shown: a null byte or control characters would spoil either.
    text = content.decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() or letter in "\n\t" else "\ufffd" for letter in text)
