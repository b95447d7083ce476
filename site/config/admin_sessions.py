"""Sessions, users and messages only under `/admin`: no public page sets a cookie or varies by one."""

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

PREFIX = "/admin/"


class AdminOnly(MiddlewareMixin):
    """Skip every request outside the admin."""

    async_capable = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        if request.path.startswith(PREFIX):
            answer: HttpResponseBase = super().__call__(request)  # type: ignore[assignment]
            return answer
        return self.get_response(request)  # type: ignore[return-value]


class AdminSessions(AdminOnly, SessionMiddleware):
    """Sessions, under `/admin`."""


class AdminUsers(AdminOnly, AuthenticationMiddleware):
    """The logged-in user, under `/admin`."""


class AdminMessages(AdminOnly, MessageMiddleware):
    """Flash messages, under `/admin`."""
