"""Registers the settings' checks."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """All rooms as one site."""

    name = "config"
    verbose_name = "Site"

    def ready(self) -> None:
        """Register the checks."""
        from config import checks  # noqa: F401, PLC0415 - registering is the import's purpose
