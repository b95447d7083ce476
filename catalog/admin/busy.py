"""A save that waited too long: the form comes back as typed."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin as django_admin
from django.db import Error
from django.http import HttpRequest, HttpResponse

from catalog.publishing.database_errors import BUSY_WORDS, Trouble, trouble
from catalog.text.language import say

RETRY_SECONDS = 1
log = logging.getLogger("catalog.admin")
View = Callable[..., HttpResponse]


def keeps_form(view: View) -> View:
    """Decorate a `changeform_view` to show its form again if the database is busy."""

    @wraps(view)
    def kept(
        admin: "django_admin.ModelAdmin[Any]",
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return view(admin, request, object_id, form_url, extra_context)
        except Error as error:
            if request.method != "POST" or not is_busy(error):
                raise
        request.is_refused = True  # type: ignore[attr-defined]
        # Past the transaction of Django's own view, which would wait for the other write once more.
        again = admin._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[attr-defined]  # noqa: SLF001
        return unsaved(request, again)

    return kept


def refusing(form: type[Any]) -> type[Any]:
    """Return a form whose only error is the busy database."""

    class RefusedForm(form):  # type: ignore[misc]
        def clean(self) -> Any:
            cleaned = super().clean()
            self.add_error(None, say(BUSY_WORDS))
            return cleaned

    return RefusedForm


def is_busy(error: Exception) -> bool:
    """Whether another write is under way."""
    return trouble(error) is Trouble.BUSY


def unsaved(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Mark a page as 503 with Retry-After."""
    log.warning("Nothing was saved at %s: the database was busy.", request.path)
    response.status_code = 503
    response["Retry-After"] = str(RETRY_SECONDS)
    # Django would log it as a fault.
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
    return response
