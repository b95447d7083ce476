"""The admin: its log-in, and a front page with news of the bundled catalog."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse

from config.logins import LogInForm


class FrontPageSite(AdminSite):
    """Django's, with what this site adds."""

    login_form = LogInForm

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the front page."""
        from catalog.admin.bundled import front_context  # noqa: PLC0415 - its neighbours register with this site

        return super().index(request, {**(extra_context or {}), **front_context(request)})
