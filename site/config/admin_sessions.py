"""Sessions, users and messages under `/admin` alone."""

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

PREFIX = "/admin/"


class AdminOnly(MiddlewareMixin):
    """Skip requests outside the admin."""

    async_capable = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        # A public page sets no cookie and varies by none, so that caches may keep it.
        if request.path.startswith(PREFIX):
            answer: HttpResponseBase = super().__call__(request)  # type: ignore[assignment]
            return answer
        return self.get_response(request)  # type: ignore[return-value]


class AdminSessions(AdminOnly, SessionMiddleware):
    """Sessions under `/admin`."""


class AdminUsers(AdminOnly, AuthenticationMiddleware):
    """The logged-in user under `/admin`."""


class AdminMessages(AdminOnly, MessageMiddleware):
    """Flash messages under `/admin`."""
