"""Leaves threads to those who read, however slowly others send.

A thread reads the body of the request that it answers, and the server sets no time for that: as many slow
senders as a worker has threads would stop it.
"""

import json
from collections.abc import Iterable
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

READING = {"GET", "HEAD", "OPTIONS"}
BUSY = json.dumps({"type": "about:blank", "title": "Service Unavailable", "status": 503,
                   "detail": "Too many requests with a body are under way."}).encode()  # fmt: skip


class BodyLimit:
    """A WSGI application that lets at most `at_once` requests of other methods than GET into another one."""

    def __init__(self, application: "WSGIApplication", at_once: int) -> None:
        self.application = application
        self._places = BoundedSemaphore(at_once)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer 503 at once where all places are taken: who waited would hold a thread, too."""
        if environ["REQUEST_METHOD"] in READING:
            return self.application(environ, start_response)
        if not self._places.acquire(blocking=False):
            headers = [("Content-Type", "application/problem+json"), ("Retry-After", "1")]
            start_response("503 Service Unavailable", [*headers, ("Content-Length", str(len(BUSY)))])
            return [BUSY]
        try:
            return self.application(environ, start_response)
        finally:
            self._places.release()
