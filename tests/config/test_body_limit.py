"""Requests with a body get few of a worker's threads, those without always one."""

import json
from io import BytesIO
from threading import Barrier, Event, Thread

from config.body_limit import LOGIN, BodyLimit


def ask(application, method, path="/mcp"):
    """The status and the body of an answer."""
    said = []
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path}
    body = b"".join(application(environ, lambda status, _headers: said.append(status)))
    return said[0], body


def test_what_is_too_much_is_refused_at_once_and_readers_are_not():
    begun, goes_on = Barrier(3), Event()

    def site(environ, start_response):
        if environ["REQUEST_METHOD"] == "POST":
            begun.wait(10)
            goes_on.wait(10)
        start_response("200 OK", [])
        return [b"ok"]

    limited = BodyLimit(site, at_once=2)
    slow = [Thread(target=ask, args=(limited, "POST")) for _ in range(2)]
    for thread in slow:
        thread.start()
    begun.wait(10)
    status, body = ask(limited, "PUT")
    assert status == "503 Service Unavailable"
    assert json.loads(body)["status"] == 503
    assert ask(limited, "GET") == ask(limited, "HEAD") == ("200 OK", b"ok")
    goes_on.set()
    for thread in slow:
        thread.join(10)
    assert ask(limited, "PUT") == ("200 OK", b"ok"), "places are free again"


def test_log_ins_take_two_places_at_most_and_leave_the_others():
    begun, goes_on = Barrier(3), Event()

    def site(environ, start_response):
        if environ["PATH_INFO"] == LOGIN:
            begun.wait(10)
            goes_on.wait(10)
        start_response("200 OK", [])
        return [b"ok"]

    limited = BodyLimit(site, at_once=3)
    slow = [Thread(target=ask, args=(limited, "POST", LOGIN)) for _ in range(2)]
    for thread in slow:
        thread.start()
    begun.wait(10)
    status, body = ask(limited, "POST", LOGIN)
    assert status == "503 Service Unavailable"
    assert b"Nothing was checked. Go back" in body
    assert ask(limited, "POST", "/mcp") == ask(limited, "GET", "/") == ("200 OK", b"ok")
    goes_on.set()
    for thread in slow:
        thread.join(10)
    begun.reset()
    again = [Thread(target=ask, args=(limited, "POST", LOGIN)) for _ in range(2)]
    for thread in again:
        thread.start()
    begun.wait(10)
    for thread in again:
        thread.join(10)
        assert not thread.is_alive(), "places are free again"


class Unfinished:
    """A body of which the rest comes only once it is told to."""

    def __init__(self):
        self.waits, self.ends = Event(), Event()

    def read(self, _size=-1):
        """Say that somebody waits, and end when told."""
        self.waits.set()
        self.ends.wait(10)
        return b""


def log_in(application, body, length, accept="text/html"):
    """The status, the headers and the body of the answer to a log-in."""
    said = []
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": LOGIN, "wsgi.input": body, "HTTP_ACCEPT": accept}
    environ["CONTENT_LENGTH"] = str(length)
    answer = b"".join(application(environ, lambda *heads: said.extend(heads)))
    return said[0], dict(said[1]), answer


def echo(environ, start_response):
    """Answer what was sent."""
    start_response("200 OK", [])
    return [environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))]


def test_log_ins_that_never_finish_sending_keep_nobody_from_logging_in():
    limited, slow = BodyLimit(echo, at_once=3), [Unfinished(), Unfinished()]
    threads = [Thread(target=log_in, args=(limited, body, 5000)) for body in slow]
    for thread in threads:
        thread.start()
    try:
        assert all(body.waits.wait(10) for body in slow)
        assert log_in(limited, BytesIO(b"username=ada"), 12) == ("200 OK", {}, b"username=ada")
    finally:
        for body in slow:
            body.ends.set()
        for thread in threads:
            thread.join(10)


def test_a_log_in_that_is_too_long_is_left_to_the_application_unread():
    body, given = Unfinished(), []

    def site(environ, start_response):
        given.append(environ["wsgi.input"])
        start_response("413 Content Too Large", [])
        return []

    assert log_in(BodyLimit(site, at_once=3), body, 10_001)[0] == "413 Content Too Large"
    assert given == [body]
    assert not body.waits.is_set()


def test_a_refused_log_in_is_told_so_in_the_form_that_is_asked_for():
    limited, answers = None, []

    def site(environ, start_response):
        # Each log-in sends another one from within, until there is no place.
        accept = environ["HTTP_ACCEPT"]
        answers.append(log_in(limited, BytesIO(b"a"), 1, accept))
        return echo(environ, start_response)

    limited = BodyLimit(site, at_once=3)
    for accept in ("text/html,application/json;q=0.9", "application/json"):
        log_in(limited, BytesIO(b"a"), 1, accept)
    (page_status, page_heads, page), _, (status, heads, problem), _ = answers
    assert page_status == status == "503 Service Unavailable"
    assert page_heads["Content-Type"] == "text/html; charset=utf-8"
    assert b'<a href="/admin/login/">Log in</a>' in page
    assert heads["Content-Type"] == "application/problem+json"
    assert "log-ins" in json.loads(problem)["detail"]
    for given in (page_heads, heads):
        assert given["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert (given["X-Content-Type-Options"], given["Cache-Control"]) == ("nosniff", "no-store")
