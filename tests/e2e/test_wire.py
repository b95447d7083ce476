"""What only a real server can be asked: bytes on the wire that no client of Django's could send."""

import socket
from urllib.parse import urlsplit

import pytest

REQUESTS = {
    "two lengths": (
        b"GET /docs HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    ),
    "no host": b"GET /docs HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /docs HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n",
    "wrong host": b"GET /docs HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "bytes in the path": b"GET /docs/\xff\xfe\x80 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "NUL in the path": b"GET /docs/%00 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "space in the path": b"GET /docs/a b HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "absolute address": b"GET http://evil.example/docs HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "dots": b"GET /static/../../../../etc/passwd HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "encoded dots": b"GET /static/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "a hundred headers": b"GET /docs HTTP/1.1\r\nHost: {host}\r\n" + b"X-A: 1\r\n" * 101 + b"\r\n",
    "a long cookie": b"GET /docs HTTP/1.1\r\nHost: {host}\r\nCookie: a=" + b"b" * 8192 + b"\r\n\r\n",
    "ranges": b"GET /docs HTTP/1.1\r\nHost: {host}\r\nRange: bytes=0-,0-,0-\r\n\r\n",
    "a bare line": b"GET /docs\r\n\r\n",
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
}


def ask(url, request):
    """Send bytes and give the status that comes back, or 0 where the server hangs up."""
    place = urlsplit(url)
    with socket.create_connection((place.hostname, place.port), timeout=10) as link:
        link.sendall(request.replace(b"{host}", place.netloc.encode()))
        link.settimeout(3)
        answer = b""
        try:
            while b"\r\n\r\n" not in answer and (chunk := link.recv(65536)):
                answer += chunk
        except OSError:
            # The server waits for the rest of what it cannot be sent, or has hung up: both are its right.
            pass
    assert b"root:" not in answer
    assert b"Traceback" not in answer
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else 0


@pytest.mark.parametrize("name", REQUESTS)
def test_no_bytes_fail_the_server(live_site, name):
    assert ask(live_site, REQUESTS[name]) < 500
    assert ask(live_site, b"GET /livez HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n") == 200
