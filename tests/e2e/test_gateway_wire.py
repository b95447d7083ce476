"""The reference gateway reads bodies however they are framed, and tells a fault of its own to its caller."""

import http.client
import io
import json
import socket
from urllib.parse import urlsplit

import pytest

from gateway.arrivals import RefusedError, key_of, read_body
from gateway.server import Gateway, serving
from gateway_calls import AT, MESSAGE, models

pytestmark = pytest.mark.engine("sqlite")  # no database is asked: once is enough


@pytest.fixture(scope="module")
def records():
    return models()


@pytest.fixture
def gateway(records):
    return Gateway(records, AT, keys={"a-key"})


@pytest.fixture
def url(gateway):
    with serving(gateway) as address:
        yield address


HEAD = "POST /v1/messages HTTP/1.1\r\nHost: a\r\nx-api-key: a-key\r\nContent-Type: application/json\r\n"


def raw(url, text):
    """What comes back for these very bytes: status, parsed body, and whether the connection was closed."""
    line = urlsplit(url)
    with socket.create_connection((line.hostname, line.port), timeout=5) as connection:
        connection.sendall(text.encode())
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        return answer.status, json.loads(answer.read()), answer.will_close


def test_a_body_in_chunks_is_read(url, gateway):
    line = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
    content = json.dumps(MESSAGE).encode()
    headers = {"x-api-key": "a-key", "Content-Type": "application/json"}
    for _ in range(2):  # the second shows that nothing of the first is left on the connection
        pieces = iter([content[:10], content[10:11], content[11:]])
        line.request("POST", "/v1/messages", pieces, headers, encode_chunked=True)
        answer = line.getresponse()
        assert (answer.status, json.load(answer)["type"]) == (200, "message")
    line.close()
    assert [arrival.body for arrival in gateway.arrivals] == [MESSAGE] * 2


def test_chunks_may_have_extensions_and_fields_behind_them():
    source = io.BytesIO(b'3;a=b\r\n{"a\r\n4\r\n": 1\r\n1\r\n}\r\n0\r\nX-Sum: 1\r\n\r\nnext')
    assert read_body({"transfer-encoding": "Chunked"}, source) == b'{"a": 1}'
    assert source.read() == b"next"


@pytest.mark.parametrize(
    "content", [b"", b"x\r\n", b"-1\r\n", b"2\r\nabc\r\n0\r\n\r\n", b"9\r\nabc", b"3\r\nabc"]
)
def test_chunks_that_are_none_are_refused(content):
    with pytest.raises(RefusedError):
        read_body({"transfer-encoding": "chunked"}, io.BytesIO(content))


@pytest.mark.parametrize(
    "framing",
    ["Content-Length: abc", "Content-Length: -1", "Content-Length: 1e2", "Transfer-Encoding: gzip, chunked"],
)
def test_a_length_that_is_none_is_answered_and_recorded(url, gateway, framing):
    status, body, is_closed = raw(url, f"{HEAD}{framing}\r\n\r\n")
    assert (status, body["error"]["code"], is_closed) == (400, "invalid_header", True)
    assert framing.partition(":")[0] in body["error"]["message"]
    assert [(arrival.status, arrival.said) for arrival in gateway.arrivals] == [
        (400, body["error"]["message"])
    ]


@pytest.mark.parametrize(
    ("headers", "key"),
    [
        ({}, None),
        ({"x-api-key": "one"}, "one"),
        ({"x-api-key": "", "x-goog-api-key": "one"}, "one"),
        ({"authorization": "Bearer one", "x-api-key": "one", "x-goog-api-key": "one"}, "one"),
        ({"authorization": "Bearer one", "x-api-key": "two"}, None),
        ({"x-api-key": "one", "x-goog-api-key": "two"}, None),
        ({"authorization": "Bearer"}, None),
        ({"authorization": "Basic one"}, None),
        ({"authorization": "Basic one", "x-api-key": "one"}, None),
        ({"authorization": "", "x-api-key": "one"}, None),
    ],
)
def test_a_key_is_what_all_the_headers_that_carry_one_say(headers, key):
    assert key_of(headers) == key
