"""Thirty connections that post log-ins with random names, as fast as they are answered, in a process of its own.

    python -m login_flood PORT SECONDS

It prints how often each status was answered.
"""

import http.client
import os
import re
import sys
import threading
import time
import urllib.parse
from collections import Counter

CONNECTIONS = 30
PATH = "/admin/login/"
AWAY = float(os.environ.get("AWAY", "0.02"))
"""How long an answer and the next request are under way, in seconds: a flood comes over a network."""


def flood(port, ends, answers):
    """Post log-ins with other names until the time is over."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", PATH)
    page = connection.getresponse()
    cookie = page.headers["Set-Cookie"].partition(";")[0]
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page.read())[1].decode()
    while time.monotonic() < ends:
        form = {"username": os.urandom(8).hex(), "password": "wrong", "csrfmiddlewaretoken": token}
        try:
            connection.request("POST", PATH, urllib.parse.urlencode(form), {
                "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded",
            })  # fmt: skip
            answer = connection.getresponse()
            answer.read()
            time.sleep(AWAY)
            answers[answer.status] += 1
        except (OSError, http.client.HTTPException) as error:
            answers[type(error).__name__] += 1
            connection.close()


def main(port, seconds):
    """Flood a site."""
    # The site does not share its processors with those who flood it.
    os.nice(19)
    answers = Counter()
    ends = time.monotonic() + seconds
    threads = [threading.Thread(target=flood, args=(port, ends, answers)) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write(f"{dict(answers)}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
