"""Forwarding headers are believed from trusted proxies and from nobody else."""

import pytest
from django.http import HttpResponse

from config.proxies import TrustedProxies

FORWARDED = {
    "HTTP_X_FORWARDED_FOR": "6.6.6.6, 203.0.113.7, 10.1.2.3",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "models.example.com",
}


@pytest.fixture
def seen(rf, settings):
    """What a view sees of a request from an address, with the trusted networks given."""

    def ask(remote, trusted, **meta):
        settings.TRUSTED_PROXIES = trusted
        kept = []
        TrustedProxies(lambda request: kept.append(request) or HttpResponse())(
            rf.get("/docs", REMOTE_ADDR=remote, **{**FORWARDED, **meta})
        )
        return kept[0]

    return ask


def test_nobody_is_believed_unless_named(seen):
    request = seen("10.1.2.3", [])
    assert request.META["REMOTE_ADDR"] == "10.1.2.3"
    assert not request.is_secure()
    assert request.META["HTTP_HOST" if "HTTP_HOST" in request.META else "SERVER_NAME"] == "testserver"
    assert not any(name in request.META for name in FORWARDED)


def test_a_trusted_proxy_is_believed(seen):
    request = seen("10.9.9.9", ["10.0.0.0/8"])
    assert request.META["REMOTE_ADDR"] == "203.0.113.7"
    assert request.is_secure()
    assert request.META["HTTP_HOST"] == "models.example.com"


def test_an_address_outside_the_network_is_not_believed(seen):
    request = seen("192.0.2.1", ["10.0.0.0/8", "::1"])
    assert request.META["REMOTE_ADDR"] == "192.0.2.1"
    assert not request.is_secure()


@pytest.mark.parametrize("visitors", ["nonsense", "1.2.3.4, nonsense", ",,,", "[::1]:80", "1.2.3.4:80"])
def test_an_unreadable_visitor_is_not_believed(seen, visitors):
    request = seen("10.9.9.9", ["10.0.0.0/8"], HTTP_X_FORWARDED_FOR=visitors)
    assert request.META["REMOTE_ADDR"] == "10.9.9.9"


def test_an_unknown_scheme_is_not_believed(seen):
    assert seen("10.9.9.9", ["10.0.0.0/8"], HTTP_X_FORWARDED_PROTO="gopher").scheme == "http"


def test_a_request_without_an_address_is_answered(seen):
    assert seen("", ["10.0.0.0/8"]).META["REMOTE_ADDR"] == ""
