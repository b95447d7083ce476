"""Believes X-Forwarded-For, -Proto and -Host from TRUSTED_PROXIES alone."""

from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")


class TrustedProxies:
    """Take address, scheme and host from a trusted proxy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.networks = [ip_network(given, strict=False) for given in settings.TRUSTED_PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        # Removed even if not believed: nothing later must read what anybody may send.
        forwarded = [request.META.pop(name, "") for name in FORWARDED]
        if any(forwarded) and is_within(request.META.get("REMOTE_ADDR", ""), self.networks):
            self._believe(request, *forwarded)
        return self.get_response(request)

    def _believe(self, request: HttpRequest, visitors: str, scheme: str, host: str) -> None:
        # Each proxy appends the address it saw: the last one that is not a proxy is the visitor.
        for visitor in reversed([one.strip() for one in visitors.split(",") if one.strip()]):
            if not _is_address(visitor):
                break
            request.META["REMOTE_ADDR"] = visitor
            if not is_within(visitor, self.networks):
                break
        if scheme in {"http", "https"}:
            request.META["wsgi.url_scheme"] = scheme
        if host:
            request.META["HTTP_HOST"] = host


def is_within(address: str, networks: list[IPv4Network | IPv6Network]) -> bool:
    """Whether an address is in one of the networks."""
    return _is_address(address) and any(ip_address(address) in network for network in networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
