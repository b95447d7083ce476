"""Sessions, users and messages exist under `/admin` only: no public page can set a cookie or vary by one."""

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

PREFIX = "/admin/"


class AdminOnly(MiddlewareMixin):
    """Step aside for every request that is not the admin's."""

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
    """Who is asking, under `/admin`."""


class AdminMessages(AdminOnly, MessageMiddleware):
    """Messages after a form, under `/admin`."""
