"""Requests with a body get few of a worker's threads, those without always one."""

import json
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
