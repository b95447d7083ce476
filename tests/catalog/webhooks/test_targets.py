"""No message goes to this machine or a private network, however its address is written or resolved."""

import json
import re
import socket
import time
from pathlib import Path

import pytest

from catalog.webhooks import sending
from catalog.webhooks.network_rules import TargetError, judge
from catalog.webhooks.sending import post
from catalog.webhooks.targets import read
from receiver import never_called, receiving, speaking

HOSTILE = json.loads((Path(__file__).parents[2] / "hostile.json").read_text())["urls"]
FORBIDDEN = [
    *("0.0.0.0", "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1"),
    *("169.254.169.254", "224.0.0.1", "255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1", "192.0.0.8"),
    *("::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1", "2001:db8::1", "3fff::1"),
    *(
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "::127.0.0.1",
    ),
    *("2001:0:4136:e378:8000:63bf:3fff:fdd2", "192.88.99.1", "5f00::1"),
]


def names(monkeypatch, table):
    """Have the system's resolver answer from a table; a list is used up, one answer a question."""
    asked = []

    def resolver(host, port, *_, **__):
        asked.append(host)
        if host not in table:
            raise socket.gaierror(-2, "Name or service not known")
        found = table[host]
        found = [found.pop(0)] if isinstance(found, list) else [found]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    return asked


@pytest.mark.parametrize("url", HOSTILE)
def test_a_hostile_address_is_refused_with_a_reason_and_never_called(url):
    url = url.partition(" (")[0]
    with never_called() as (port, called):
        on_port = re.sub(
            r"^(http://(?:[^/]*@)?)(127\.[0-9.]*|localhost|\[::1\]|0|0x7f000001|2130706433"
            r"|017700000001|①②⑦\.0\.0\.1|127。0。0。1)/",
            rf"\g<1>\g<2>:{port}/",
            url,
        )
        for each in (url, on_port):
            answer = post(each, {}, b"{}", allow_private=False)
            assert answer.status is None
            assert answer.error.endswith(".")
            assert len(answer.error) > 20
        assert called == []


@pytest.mark.parametrize("address", FORBIDDEN)
def test_a_special_address_is_forbidden(address):
    with pytest.raises(TargetError):
        judge(address, allow_private=False)
    written = f"[{address}]" if ":" in address else address
    with pytest.raises(TargetError):
        read(f"http://{written}/", allow_private=False)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_a_public_address_is_not(address):
    judge(address, allow_private=False)


@pytest.mark.parametrize(
    ("address", "is_allowed"),
    [("127.0.0.1", True), ("10.0.0.1", True), ("fd12::1", True), ("::1", True), ("::ffff:10.0.0.1", True),
     ("0.0.0.0", False), ("169.254.169.254", False), ("fe80::1", False), ("224.0.0.1", False),
     ("fd00:ec2::254", False)],
)  # fmt: skip
def test_the_setting_allows_private_networks_and_nothing_more(address, is_allowed):
    if is_allowed:
        judge(address, allow_private=True)
    else:
        with pytest.raises(TargetError):
            judge(address, allow_private=True)


@pytest.mark.parametrize(
    "url",
    ["http://example.com:22/", "http://example.com:0/", "http://example.com:99999/", "http://example.com:6379/",
     "http://example.com:x/", "http:///x", "//example.com/", "http://exa mple.com/", "http://e.com/\r\nX: y",
     "http://example.com/#x", "http://a@example.com/", "http://[::1%25lo]/", "http://1.2.3/", "http://0x7f.1/",
     "http://.example.com/", "http://" + "a" * 64 + ".com/", "http://example.com/" + "x" * 500, "",
     "http://intranet/", "http://a.localhost/", "http://[1.1.1.1]/", "javascript:alert(1)"],
)  # fmt: skip
def test_an_address_that_is_not_plain_is_refused(url):
    with pytest.raises(TargetError):
        read(url, allow_private=False)


def test_a_plain_address_is_read():
    target = read("https://Hooks.Example.com:8443/in?token=a%20b", allow_private=False)
    assert (target.host, target.port, target.path) == ("hooks.example.com", 8443, "/in?token=a%20b")
    assert target.authority == "hooks.example.com:8443"


def test_a_name_that_means_loopback_is_refused(monkeypatch):
    with never_called() as (port, called):
        names(monkeypatch, {"public.example": "127.0.0.1"})
        answer = post(f"http://public.example:{port}/", {}, b"{}", allow_private=False)
        assert "private" in answer.error
        assert called == []


def test_a_name_that_changes_its_mind_is_asked_once_and_called_where_it_was_judged(monkeypatch):
    """The second answer is loopback: whoever asked again would go there."""
    connected = []

    def connect(self, address):
        connected.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    with never_called() as (port, called):
        asked = names(monkeypatch, {"rebinds.example": ["93.184.216.34", "127.0.0.1", "127.0.0.1"]})
        monkeypatch.setattr(socket.socket, "connect", connect)
        answer = post(f"http://rebinds.example:{port}/", {}, b"{}", allow_private=False)
        monkeypatch.undo()
        assert answer.status is None
        assert (asked, connected, called) == (["rebinds.example"], [("93.184.216.34", port)], [])


def test_one_private_address_among_public_ones_is_one_too_many(monkeypatch):
    def both(_host, port, *_, **__):
        return [(socket.AF_INET, 1, 6, "", (each, port)) for each in ("93.184.216.34", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    assert "10.0.0.1" in post("http://mixed.example/", {}, b"{}", allow_private=False).error


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status):
    with never_called() as (port, called), receiving(status=status) as receiver:
        receiver.headers["Location"] = f"http://127.0.0.1:{port}/"
        answer = post(receiver.url, {}, b"{}", allow_private=True)
        assert (answer.status, answer.is_accepted, len(receiver.arrived)) == (status, False, 1)
        assert answer.error == "Redirects are not followed."
    assert called == []


def test_a_proxy_of_the_environment_is_not_used(monkeypatch):
    with never_called() as (port, called), receiving() as receiver:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "https_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
        monkeypatch.setenv("no_proxy", "")
        assert post(receiver.url, {}, b"{}", allow_private=True).status == 204
        assert len(receiver.arrived) == 1
    assert called == []


def drip(link):
    for letter in b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10_000:
        link.sendall(bytes([letter]))
        time.sleep(0.2)


def flood(link):
    link.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
    while True:
        link.sendall(b"\x1f\x8b" * 50_000)


def continues(link):
    while True:
        link.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


def headers_for_ever(link):
    link.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        link.sendall(b"X: " + b"y" * 60_000 + b"\r\n")


def nonsense(link):
    link.sendall(b"nonsense\r\n\r\n")


def nothing(link):
    pass


def half(link):
    link.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf")


def broken_chunks(link):
    link.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")


@pytest.mark.parametrize(
    ("talk", "status"),
    [(drip, None), (flood, 200), (continues, None), (headers_for_ever, None),
     (nonsense, None), (nothing, None), (half, 200), (broken_chunks, 200)],
)  # fmt: skip
def test_an_answer_that_is_slow_endless_or_broken_costs_little(monkeypatch, talk, status):
    monkeypatch.setattr(sending, "SECONDS", 2.0)
    with speaking(talk) as port:
        began = time.monotonic()
        answer = post(f"http://127.0.0.1:{port}/", {}, b"{}", allow_private=True)
        assert time.monotonic() - began < 4
    assert answer.status == status
    assert len(answer.text) <= sending.KEPT_BYTES
    assert answer.error or status


def test_what_is_kept_of_an_answer_can_be_stored():
    with receiving(said=b"a\0b\xff\x1b[31m" + "é".encode() * 2_000, status=500) as receiver:
        answer = post(receiver.url, {}, b"{}", allow_private=True)
    assert answer.text.startswith("a\ufffdb\ufffd\ufffd[31mé")
    assert "\0" not in answer.text
    assert len(answer.text) <= 1_000


def test_an_endless_answer_is_left_at_its_size_and_not_at_the_deadline():
    with speaking(continues) as port:
        began = time.monotonic()
        answer = post(f"http://127.0.0.1:{port}/", {}, b"{}", allow_private=True)
        assert time.monotonic() - began < sending.SECONDS / 2
    assert "more than 65,536 bytes" in answer.error
