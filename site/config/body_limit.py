"""Leaves threads to those who read, however slowly others send.

A thread reads the body of the request that it answers, and the server sets no time for that: as many slow
senders as a worker has threads would stop it. Log-ins get fewer places still: each is slow by design, and
whoever finds the form may send as many as they like.
"""

import json
from collections.abc import Iterable
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

READING = {"GET", "HEAD", "OPTIONS"}
LOGIN = "/admin/login/"
LOGINS_AT_ONCE = 2
"""One whose password is checked, and one that waits."""
BUSY = json.dumps({"type": "about:blank", "title": "Service Unavailable", "status": 503,
                   "detail": "Too many requests with a body are under way."}).encode()  # fmt: skip
LOGIN_BUSY = b"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>Too many log-ins</title></head>
<body><h1>Too many log-ins are under way</h1>
<p>Nothing was checked. Go back, where the form still holds your name, and try again in a few seconds.</p>
</body></html>
"""


class BodyLimit:
    """A WSGI application that lets at most `at_once` requests of other methods than GET into another one."""

    def __init__(self, application: "WSGIApplication", at_once: int) -> None:
        self.application = application
        self._places = BoundedSemaphore(at_once)
        self._logins = BoundedSemaphore(min(at_once, LOGINS_AT_ONCE))

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer 503 at once where all places are taken: who waited would hold a thread, too."""
        if environ["REQUEST_METHOD"] in READING:
            return self.application(environ, start_response)
        is_login = environ.get("PATH_INFO") == LOGIN
        if is_login and not self._logins.acquire(blocking=False):
            return _busy(start_response, "text/html; charset=utf-8", LOGIN_BUSY, 2)
        try:
            if not self._places.acquire(blocking=False):
                return _busy(start_response, "application/problem+json", BUSY, 1)
            try:
                return self.application(environ, start_response)
            finally:
                self._places.release()
        finally:
            if is_login:
                self._logins.release()


def _busy(start_response: "StartResponse", kind: str, body: bytes, seconds: int) -> list[bytes]:
    headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("Retry-After", str(seconds))]
    start_response("503 Service Unavailable", headers)
    return [body]
