"""Thirty connections that post log-ins with random names as fast as they are answered.

    python -m login_flood PORT

A process of its own, which floods until it is ended.
"""

import http.client
import os
import re
import sys
import threading
import time
import urllib.parse

CONNECTIONS = 30
PATH = "/admin/login/"
FORM = "application/x-www-form-urlencoded"
AWAY = 0.02
"""How long an answer and the next request are under way, in seconds: a flood comes over a network."""


def form(connection):
    """The cookie and the token of the form."""
    connection.request("GET", PATH)
    page = connection.getresponse()
    cookie = page.headers["Set-Cookie"].partition(";")[0]
    return cookie, re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page.read())[1].decode()


def post(connection, cookie, token, **headers):
    """Post a log-in with a name that nobody has; return the status and the headers of the answer."""
    data = {"username": os.urandom(8).hex(), "password": "wrong", "csrfmiddlewaretoken": token}
    named = {"Cookie": cookie, "Content-Type": FORM, **headers}
    connection.request("POST", PATH, urllib.parse.urlencode(data), named)
    answer = connection.getresponse()
    answer.read()
    return answer.status, answer.headers


def flood(port):
    """Post one log-in after another."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    sent = form(connection)
    while True:
        try:
            post(connection, *sent)
        except (OSError, http.client.HTTPException):
            connection.close()
        time.sleep(AWAY)


if __name__ == "__main__":
    # Those who flood a site do not share its processors.
    os.nice(19)
    for _ in range(CONNECTIONS):
        threading.Thread(target=flood, args=(int(sys.argv[1]),)).start()
