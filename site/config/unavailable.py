"""Answers 503 while the database is away or busy."""

import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from api.middleware import problem
from catalog.publishing.database_errors import BUSY_WORDS, Trouble, trouble
from catalog.text.language import mark, say
from config.addresses import ADMIN, API, LOGIN, TOOLS
from config.database_slots import places
from config.database_state import database
from pages import markdown_pages
from pages.views import errors

RETRY_SECONDS = {Trouble.AWAY: 5, Trouble.BUSY: 1}
WORDS = {
    Trouble.AWAY: mark("The database does not answer. Try again in a few seconds."),
    Trouble.BUSY: mark("The database is busy. Try again in a few seconds."),
}
FORM_WORDS = {
    Trouble.AWAY: mark(
        "The database does not answer. Whether this was saved is not known: look before you send it again."
    ),
    Trouble.BUSY: BUSY_WORDS,
}
LOGIN_WORDS = {
    Trouble.AWAY: WORDS[Trouble.AWAY],
    Trouble.BUSY: mark("The database is busy, so nobody could be logged in. Try again."),
}
NOT_LET_IN = mark(
    "The database does not answer. Nothing was saved. Go back in the browser, which keeps what you typed, "
    "and send it again in a few seconds."
)
PASSWORD, AGAIN = mark("Password"), mark("Password again")
# Never written into a page, but typed again, under this label.
TYPED_AGAIN = {
    **dict.fromkeys(("password", "password1", "new_password1"), PASSWORD),
    **dict.fromkeys(("password2", "new_password2"), AGAIN),
    "old_password": mark("Old password"),
}
UNSHOWN = ("_", "csrfmiddlewaretoken", "initial-")
PLAIN = (".txt", ".xml", ".atom", ".ics", ".csv", ".png", "/readyz")  # read by programs, but no API
WITHOUT_DATABASE = ("/livez", settings.STATIC_URL)  # all else waits for a place


class DatabasePlaces:
    """Let a request in where a place is free."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        if request.path.startswith(WITHOUT_DATABASE):
            return self.get_response(request)
        if not places.take():
            return unavailable(request, "it has answered nothing for a while", is_let_in=False)
        try:
            response = self.get_response(request)
        finally:
            places.give_back()
        if connection.vendor == "sqlite" and response.status_code < 500:
            # The other backend tells by itself.
            database.heard()
        return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 where the database is away or busy, otherwise 500."""
    error = sys.exception()
    kind = trouble(error)
    if kind is None:
        return errors.server_error(request)
    return unavailable(request, error, kind)


def unavailable(
    request: HttpRequest, reason: object, kind: Trouble = Trouble.AWAY, *, is_let_in: bool = True
) -> HttpResponse:
    """Answer 503, uncached, and count it."""
    if kind is Trouble.AWAY:
        database.failed(reason)
    else:
        database.was_busy(request.path, reason)
    response = _answer(request, kind, is_let_in=is_let_in)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = str(RETRY_SECONDS[kind])
    # Django would log each one, with a traceback.
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
    return response


def _answer(request: HttpRequest, kind: Trouble, *, is_let_in: bool) -> HttpResponse:
    words = say(WORDS[kind])
    if request.path.startswith((API, TOOLS)) or request.path.endswith(".json"):
        response = problem(503, words)
        response["Access-Control-Allow-Origin"] = "*"
        return response
    if markdown_pages.is_markdown(request) or request.path.endswith(".md"):
        return HttpResponse(f"{words}\n", status=503, content_type="text/markdown; charset=utf-8")
    if request.path.endswith(PLAIN):
        return HttpResponse(f"{words}\n", status=503, content_type="text/plain; charset=utf-8")
    page: dict[str, Any] = {"words": words, "again": request.get_full_path()}
    if request.method == "POST" and request.path.startswith(ADMIN):
        # What was not let in is not read: it may be sent slowly, and hold a thread for as long.
        page |= _form(request, kind) if is_let_in else {"words": say(NOT_LET_IN), "again": ""}
    # Without the request: a session, a user and a page's context ask the database.
    return HttpResponse(render_to_string("503.html", page), status=503)


def _form(request: HttpRequest, kind: Trouble) -> dict[str, Any]:
    """Return the submitted data as a form that sends it again."""
    is_login = request.path == LOGIN
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = [(name, value) for name, value in sent if name not in TYPED_AGAIN]
    # A log-in may change its name there.
    if is_login:
        fields = [(name, value) for name, value in fields if name != "username"]
    return {
        "words": say((LOGIN_WORDS if is_login else FORM_WORDS)[kind]),
        "is_form": True,
        "is_login": is_login,
        "username": request.POST.get("username", ""),
        "admin": ADMIN,
        "kept": fields,
        "secrets": [(name, say(TYPED_AGAIN[name])) for name, _ in sent if name in TYPED_AGAIN],
        "shown": []
        if is_login
        else [(n, value) for n, value in fields if value and not n.startswith(UNSHOWN)],
        "files": list(request.FILES),
    }
