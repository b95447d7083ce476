"""Registers the settings' checks."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """All rooms as one site."""

    name = "config"
    verbose_name = "Site"

    def ready(self) -> None:
        """Register the checks and the admin's log-in form."""
        from django.contrib import admin  # noqa: PLC0415 - apps must be ready

        from config import checks, logins  # noqa: F401, PLC0415 - registering is the import's purpose

        admin.site.login_form = logins.LogInForm
