"""The admin's log-in: one password at a time, locked after wrong ones."""

import logging
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from api.middleware import problem
from config import visitors
from config.request_limits import is_json_wanted

# The least a log-in takes: bounds what they cost, and hides what was looked up.
TURN_SECONDS = 0.25
LONGEST_WAIT = 1.0
LONGEST_NAME = 60
LOCKED = "Too many wrong passwords: this account is locked for your address. Try again in {minutes}."
BUSY = "Too many log-ins are under way. Nothing was checked: try again in a few seconds."
_log = logging.getLogger(__name__)
_turn = Lock()


class LogInForm(AdminAuthenticationForm):
    """Checks one password at a time per process."""

    def clean(self) -> dict[str, Any]:
        """Check the password if the process is free soon."""
        with _turn_taken() as is_taken:
            if not is_taken:
                setattr(self.request, "is_login_busy", True)  # noqa: B010 - not an attribute of HttpRequest
                raise ValidationError(BUSY, code="busy")
            return super().clean()

    def get_invalid_login_error(self) -> ValidationError:
        """Return the error, or that the account is locked."""
        if self.request is not None and getattr(self.request, "axes_locked_out", False):
            return ValidationError(_locked_words(_seconds_locked(self.request)), code="locked")
        return super().get_invalid_login_error()


def login(request: HttpRequest) -> HttpResponseBase:
    """Answer the form, 503 where too many wait, or a redirect."""
    if not request.POST.get("next", request.GET.get("next", "")).isprintable():
        # Without it the way leads to LOGIN_REDIRECT_URL, as for every other address that is not the site's.
        for name in ("POST", "GET"):
            query = getattr(request, name).copy()
            query.pop("next", None)
            setattr(request, name, query)
    response = admin.site.login(request)
    if getattr(request, "is_login_busy", False):
        return _refused(request, response, 503, BUSY, 2)
    return response


def locked_out(request: HttpRequest, response: HttpResponse, _credentials: Any = None) -> HttpResponse:
    """Answer 429 where a name is locked for an address."""
    seconds = _seconds_locked(request)
    return _refused(request, response, 429, _locked_words(seconds), seconds)


def _refused(
    request: HttpRequest, response: HttpResponse, status: int, words: str, seconds: int
) -> HttpResponse:
    if is_json_wanted(request):
        response = problem(status, words)
    response.status_code = status
    response["Retry-After"] = str(seconds)
    add_never_cache_headers(response)
    return response


@contextmanager
def _turn_taken() -> Iterator[bool]:
    """Yield whether this process's turn came in time."""
    if not _turn.acquire(timeout=LONGEST_WAIT):
        yield False
        return
    try:
        began = time.perf_counter()
        try:
            yield True
        finally:
            time.sleep(max(0.0, TURN_SECONDS - (time.perf_counter() - began)))
    finally:
        _turn.release()


def _seconds_locked(request: HttpRequest) -> int:
    attempts = AccessAttempt.objects.filter(
        username=_name_of(request), ip_address=visitors.address_of(request)
    )
    last = attempts.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    return max(1, math.ceil((last + settings.AXES_COOLOFF_TIME - timezone.now()).total_seconds()))


def _name_of(request: HttpRequest) -> str:
    credentials = getattr(request, "axes_credentials", None) or {}
    return str(credentials.get("username", ""))


def _locked_words(seconds: int) -> str:
    minutes = math.ceil(seconds / 60)
    return LOCKED.format(minutes=f"{minutes} minute{'s' if minutes > 1 else ''}")


def _shown(name: object) -> str:
    text = str(name)
    # Quoted and cut: it may be anything somebody typed.
    return repr(text) if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]!r}…"


def _from(request: HttpRequest | None) -> str:
    return (request and request.META.get("REMOTE_ADDR")) or "no address"


@receiver(user_logged_in)
def log_success(request: HttpRequest | None, user: AbstractBaseUser, **_signal: Any) -> None:
    """Log who logged in, and from where."""
    _log.info("%s logged in from %s.", _shown(user.get_username()), _from(request))


@receiver(user_login_failed)
def log_failure(credentials: dict[str, Any], request: HttpRequest | None = None, **_signal: Any) -> None:
    """Log a failed log-in, and whether the account is now locked."""
    name, address = _shown(credentials.get("username", "")), _from(request)
    # django-axes has counted this failure before.
    if getattr(request, "axes_locked_out", False):
        minutes = int(settings.AXES_COOLOFF_TIME.total_seconds()) // 60
        count = settings.AXES_FAILURE_LIMIT
        _log.warning(
            "%s is locked for %s: %s wrong passwords within %s minutes.", name, address, count, minutes
        )
    else:
        _log.warning("%s did not log in from %s: wrong name or password.", name, address)
