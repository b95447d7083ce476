"""What `make gateway` starts answers for the bundled models, and a stream of it is seen to arrive."""

import http.client
import json
import os
import subprocess
import sys
import time
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

import live
from gateway_calls import MESSAGE
from snippet_records import ROOT

pytestmark = pytest.mark.engine("sqlite")  # no database is asked: once is enough
BODY = json.dumps(MESSAGE | {"model": "claude-sonnet-5", "stream": True})


def times(address):
    """When each event of a stream came."""
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    headers = {"x-api-key": "a-key", "Content-Type": "application/json"}
    line.request("POST", "/v1/messages", BODY, headers)
    answer = line.getresponse()
    found = [time.monotonic() for text in answer if text.startswith(b"event:")]
    line.close()
    return found


def test_by_hand_a_stream_is_seen_to_arrive():
    command = [sys.executable, "-u", "-m", "gateway", "--port", "0"]
    moved = live.environment()
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests"), moved["PYTHONPATH"]])
    with subprocess.Popen(
        command, env=moved | {"PYTHONPATH": path}, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as gateway:
        try:
            found = times(gateway.stdout.readline().split()[4].rstrip(";"))
        finally:
            # A shell may have its background jobs ignore SIGINT.
            gateway.terminate()
    pauses = sorted(after - before for before, after in pairwise(found))
    assert len(pauses) > 8
    assert 0.03 < pauses[len(pauses) // 2] < 0.4
