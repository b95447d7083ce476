"""Limits on requests with a body: slow uploads must not take all threads."""

import json
from collections.abc import Iterable
from io import BytesIO
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from config.addresses import LOGIN, READING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LOGIN_BYTES = 10_000  # longer ones are refused unread by the application
LOGINS_AT_ONCE = 2  # one whose password is checked, and one that waits


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
    """Lets at most `at_once` requests with a body into an application."""

    def __init__(self, application: "WSGIApplication", at_once: int) -> None:
        self.application = application
        # A thread reads its request's body, and the server sets no time limit: as many slow senders
        # as threads would stop a worker.
        self._places = BoundedSemaphore(at_once)
        # Fewer still: a log-in is slow by design, and anyone may send as many as they like.
        self._logins = BoundedSemaphore(min(at_once, LOGINS_AT_ONCE))

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer 503 where no place is free."""
        if environ["REQUEST_METHOD"] in READING:
            return self.application(environ, start_response)
        if not self._places.acquire(blocking=False):
            # At once: to wait would hold a thread, too.
            return _busy(start_response, PROBLEM, BUSY, 1)
        try:
            if environ.get("PATH_INFO") == LOGIN and _length(environ) <= LOGIN_BYTES:
                return self._log_in(environ, start_response)
            return self.application(environ, start_response)
        finally:
            self._places.release()

    def _log_in(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        # Read before it takes a place: a slow sender keeps nobody else out.
        environ["wsgi.input"] = BytesIO(_body(environ))
        if not self._logins.acquire(blocking=False):
            return _login_busy(environ, start_response)
        try:
            return self.application(environ, start_response)
        finally:
            self._logins.release()


def _length(environ: "WSGIEnvironment") -> int:
    try:
        return max(0, int(environ.get("CONTENT_LENGTH") or 0))
    except ValueError:  # as the application reads it
        return 0


def _body(environ: "WSGIEnvironment") -> bytes:
    body, length = b"", _length(environ)
    # `read` returns nothing once the sender has left.
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
