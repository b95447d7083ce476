"""Registers the checks of the settings with Django."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The composition of all rooms."""

    name = "config"
    verbose_name = "Site"

    def ready(self) -> None:
        """Have the checks known."""
        from config import checks  # noqa: F401, PLC0415 - registering is the import's purpose
