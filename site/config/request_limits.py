"""Rate and size limits per address, one row per kind of request."""

import logging
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from api.middleware import problem
from config import json_limits, proxies, visitors
from config.addresses import ADMIN, API, LOGIN, READING, TOOLS
from config.token_bucket import Rates, Refusal
from mcp_server.socket_client import LARGEST_REQUEST
from pages.views import errors

READ_ANYWAY = 1_000_000  # bytes: a longer body of a refused request is left unread
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limit:
    """Limits of one kind of request: per minute (else RATE_LIMIT) and in bytes."""

    name: str
    path: re.Pattern[str]
    needs: str = ""  # requests without this parameter do not count
    only_sent: bool = False  # reading does not count
    per_minute: int = 0
    largest: int = 100_000

    def is_for(self, request: HttpRequest) -> bool:
        """Whether a request counts here."""
        return (
            self.path.fullmatch(request.path) is not None
            and not (self.only_sent and request.method in READING)
            and not (self.needs and not request.GET.get(self.needs))
        )


LIMITS = (
    Limit("log-in", re.compile(re.escape(LOGIN)), only_sent=True, per_minute=20, largest=10_000),
    Limit("tools for agents", re.compile(r"/mcp"), largest=LARGEST_REQUEST),
    Limit("quote", re.compile(r"/api/v1/(quote|usage)")),
    Limit("comparison", re.compile(r"(/api/v1)?/compare(/.*)?", re.DOTALL)),
    Limit("search", re.compile(r"(/api/v1)?/search")),
    Limit("search", re.compile(r"/models(\.csv)?|/api/v1/models"), needs="q"),
    # Whatever else may be sent, now or later; the admin's own forms know who sends them.
    Limit("sent", re.compile(rf"(?!{ADMIN}).*", re.DOTALL), only_sent=True),
)


class RequestLimits:
    """Answer 413, 422 or 429 to requests beyond a limit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.per_minute: int = settings.RATE_LIMIT
        # In each worker's memory: a round trip to a cache would cost more than most answers.
        self.rates = Rates()
        self.networks = [ip_network(given, strict=False) for given in settings.TRUSTED_PROXIES]
        self.key = lru_cache(4096)(self._key)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        limit = next((limit for limit in LIMITS if limit.is_for(request)), None)
        if limit is None:
            return self.get_response(request)
        return self._too_often(request, limit) or _too_large(request, limit) or self.get_response(request)

    def _too_often(self, request: HttpRequest, limit: Limit) -> HttpResponse | None:
        key = self.key(request.META.get("REMOTE_ADDR", "")) if self.per_minute else None
        if key is None:
            return None
        per_minute = limit.per_minute or self.per_minute
        burst = per_minute if limit.per_minute else max(10, per_minute // 5)
        refusal = self.rates.take((limit.name, key), per_minute, burst)
        if refusal is None:
            return None
        _forget_body(request)
        if refusal.is_first:
            _log.warning(
                "%s asks too often (%s): it is answered 429 beyond %s a minute.", key, limit.name, per_minute
            )
        return _refused(request, refusal)

    def _key(self, address: str) -> str | None:
        """Return the key of an address; None where many visitors may share it."""
        read = visitors.parse(address)
        if read is None or read.is_loopback or proxies.is_within(str(read), self.networks):
            return None
        # Behind a proxy that TRUSTED_PROXIES does not name, all have its address: a private one.
        return visitors.counted(address) if self.networks or read.is_global else None


def _forget_body(request: HttpRequest) -> None:
    # A client that still sends would see a closed connection instead of the answer.
    if request.method not in READING and _length(request) <= READ_ANYWAY:
        request.read()


def _length(request: HttpRequest) -> int:
    stated = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(stated) if stated.isascii() and stated.isdigit() else 0


def _too_large(request: HttpRequest, limit: Limit) -> HttpResponse | None:
    if request.method in READING:
        return None
    if (length := _length(request)) > limit.largest:
        _forget_body(request)
        words = f"The request has {length} bytes: send at most {limit.largest}."
        return _page(request, 413, words) if request.path == LOGIN else problem(413, words)
    # Outside the admin nothing but JSON is sent.
    words = "" if request.path == LOGIN else json_limits.too_much(request.body) or ""
    return problem(422, words) if words else None


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    seconds = max(1, math.ceil(refusal.seconds))
    words = f"Too many requests from your address. Try again in {seconds} second{'s' if seconds > 1 else ''}."
    if request.path.startswith((API, TOOLS)):
        response = problem(429, words)
    elif request.path == LOGIN:
        response = _page(request, 429, words)
    else:
        response = errors.too_many(request, seconds)
    response["Retry-After"] = str(seconds)
    return response


def _page(request: HttpRequest, status: int, words: str) -> HttpResponse:
    if is_json_wanted(request):
        return problem(status, words)
    response = render(request, "admin/refused.html", {"title": words}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def is_json_wanted(request: HttpRequest) -> bool:
    """Whether the client prefers JSON to a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
