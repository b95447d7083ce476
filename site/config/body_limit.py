"""Keeps threads free from slow uploads.

A thread reads the body of its request, and the server sets no time limit: as many slow senders as a worker
has threads would stop it. Log-ins get fewer places still: each is slow by design, and anyone may send as many
as they like. A log-in takes its place once it has arrived, so that a slow sender keeps nobody else out.
"""

import json
from collections.abc import Iterable
from io import BytesIO
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from config.addresses import LOGIN, READING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LOGIN_BYTES = 10_000
"""The longest log-in that is read here; what is longer the application refuses unread."""
LOGINS_AT_ONCE = 2
"""One whose password is checked, and one that waits."""


def _problem(detail: str) -> bytes:
    title = "Service Unavailable"
    return json.dumps({"type": "about:blank", "title": title, "status": 503, "detail": detail}).encode()


PROBLEM = "application/problem+json"
BUSY = _problem("Too many requests with a body are under way.")
LOGIN_PROBLEM = _problem("Too many log-ins are under way. Nothing was checked.")
LOGIN_BUSY = b"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>Too many log-ins</title></head>
<body><h1>Too many log-ins are under way</h1>
<p>Nothing was checked. Go back, where the form still holds your name, and try again in a few seconds.</p>
<p><a href="/admin/login/">Log in</a></p>
</body></html>
"""
SECURITY = [
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
]


class BodyLimit:
    """A WSGI wrapper that lets at most `at_once` requests with a body into an application."""

    def __init__(self, application: "WSGIApplication", at_once: int) -> None:
        self.application = application
        self._places = BoundedSemaphore(at_once)
        self._logins = BoundedSemaphore(min(at_once, LOGINS_AT_ONCE))

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer 503 at once where no place is free: waiting would hold a thread, too."""
        if environ["REQUEST_METHOD"] in READING:
            return self.application(environ, start_response)
        if not self._places.acquire(blocking=False):
            return _busy(start_response, PROBLEM, BUSY, 1)
        try:
            if environ.get("PATH_INFO") == LOGIN and _length(environ) <= LOGIN_BYTES:
                return self._log_in(environ, start_response)
            return self.application(environ, start_response)
        finally:
            self._places.release()

    def _log_in(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Read the whole log-in before it takes a place."""
        environ["wsgi.input"] = BytesIO(_body(environ))
        if not self._logins.acquire(blocking=False):
            return _login_busy(environ, start_response)
        try:
            return self.application(environ, start_response)
        finally:
            self._logins.release()


def _length(environ: "WSGIEnvironment") -> int:
    """Return the declared length of the body: 0 where it is no number, as for the application."""
    try:
        return max(0, int(environ.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return 0


def _body(environ: "WSGIEnvironment") -> bytes:
    """Read the whole body, or as much as arrived before the sender left."""
    body, length = b"", _length(environ)
    while len(body) < length and (more := environ["wsgi.input"].read(length - len(body))):
        body += more
    return body


def _login_busy(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
    accepted = environ.get("HTTP_ACCEPT", "")
    if "json" in accepted and "text/html" not in accepted:
        return _busy(start_response, PROBLEM, LOGIN_PROBLEM, 2)
    return _busy(start_response, "text/html; charset=utf-8", LOGIN_BUSY, 2)


def _busy(start_response: "StartResponse", kind: str, body: bytes, seconds: int) -> list[bytes]:
    headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("Retry-After", str(seconds))]
    start_response("503 Service Unavailable", [*headers, *SECURITY])
    return [body]
