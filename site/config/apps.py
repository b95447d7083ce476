"""Registers the settings' checks."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, register


class SiteConfig(AppConfig):
    """All rooms as one site."""

    name = "config"
    verbose_name = "Site"

    def ready(self) -> None:
        """Register the checks."""
        from config import checks  # noqa: F401, PLC0415 - registering is the import's purpose


@register(Tags.admin)
def admin_is_right(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """Check the classes of the admin, which `config.urls` alone imports otherwise."""
    from django.contrib.admin import autodiscover, checks  # noqa: PLC0415 - apps must be ready

    autodiscover()
    return checks.check_admin_app(app_configs)
