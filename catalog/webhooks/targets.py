"""Parses and resolves addresses that webhooks may call."""

import re
import socket
import threading
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from catalog.webhooks.network_rules import TargetError, judge

LONGEST = 500
LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
DEFAULT_PORTS = {"http": 80, "https": 443}
SMALLEST_PORT = 1024
# Ports above 1023 that browsers refuse, too (fetch.spec.whatwg.org, read 2026-11-24), and Redis.
OTHER_SERVICES = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566, *range(6665, 6670), 6679, 6697}
)
INTERNAL = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "corp", "onion")


@dataclass(frozen=True, slots=True)
class Target:
    """A parsed address; `path` includes the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Return host and port for the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def read(url: str, *, allow_private: bool) -> Target:
    """Parse an address; raise TargetError."""
    if len(url) > LONGEST:
        raise TargetError(f"The address has {len(url)} characters: at most {LONGEST}.")
    # Parsers differ on all else: the host that is checked must be the host that is called.
    if not url.isascii() or not url.isprintable() or re.search(r'[ \\^`{|}<>"]', url):
        raise TargetError("Write the address in printable ASCII, without spaces or backslashes.")
    parts = _split(url)
    if parts.scheme not in DEFAULT_PORTS:
        raise TargetError("Only http: and https: addresses are called.")
    if "@" in parts.netloc:
        raise TargetError("The address holds a user name: leave it out.")
    if "#" in url:
        raise TargetError("The address holds a fragment (#): leave it out.")
    host = (parts.hostname or "").removesuffix(".")
    port = parts.port if parts.port is not None else DEFAULT_PORTS[parts.scheme]
    if port not in DEFAULT_PORTS.values() and (port < SMALLEST_PORT or port in OTHER_SERVICES):
        raise TargetError(f"Port {port} is not called: use 80, 443, or one from {SMALLEST_PORT} on.")
    _judge_host(host, is_bracketed="[" in parts.netloc, allow_private=allow_private)
    query = f"?{parts.query}" if parts.query else ""
    return Target(parts.scheme, host, port, (parts.path or "/") + query)


def resolve(target: Target, *, allow_private: bool, seconds: float) -> list[str]:
    """Resolve a host once; TargetError if any address is forbidden."""
    numeric: list[str] = []
    failed: list[str] = []

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
            numeric.extend(dict.fromkeys(str(row[4][0]) for row in rows))
        except (OSError, UnicodeError) as error:
            failed.append(str(error))

    # The resolver of the system keeps no deadline of ours.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if not numeric:
        why = failed[0] if failed else f"no answer in {seconds:g} s"
        raise TargetError(f"The name {target.host!r} does not resolve: {why}.")
    addresses = list(numeric)
    for address in addresses:
        judge(address, allow_private=allow_private)
    return addresses


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        # Raises ValueError for a port out of range.
        _ = parts.port
    except ValueError as error:
        raise TargetError(f"The address cannot be read: {error}.") from error
    return parts


def _judge_host(host: str, *, is_bracketed: bool, allow_private: bool) -> None:
    labels = host.split(".")
    if is_bracketed or re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,3}){3}", host):
        if "%" in host:
            raise TargetError("The address names a zone (%): leave it out.")
        judge(host, allow_private=allow_private)
        return
    # Some resolvers read 127.1 or 0x7f000001 as addresses.
    if NUMBER.fullmatch(labels[-1]):
        raise TargetError(f"The host {host!r} is a number: write an IPv4 address as four, like 203.0.113.7.")
    if len(host) > 253 or not all(LABEL.fullmatch(label) for label in labels):
        raise TargetError("The address has no host name that can be called.")
    is_internal = len(labels) == 1 or any(host == name or host.endswith(f".{name}") for name in INTERNAL)
    if is_internal and not allow_private:
        raise TargetError(f"The host {host!r} is of this machine or network: only public ones are called.")
