"""Django's admin, whose classes are imported by the site's addresses and by checks alone."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.contrib.admin import autodiscover, checks
from django.contrib.admin.apps import SimpleAdminConfig
from django.core.checks import CheckMessage, Tags, register


class AdminConfig(SimpleAdminConfig):
    """The admin without its classes: most processes show no page of it."""

    default_site = "config.admin_site.FrontPageSite"

    def ready(self) -> None:
        """Register the checks of the admin."""
        register(checks.check_dependencies, Tags.admin)
        register(_check_classes, Tags.admin)


def _check_classes(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    autodiscover()
    return checks.check_admin_app(app_configs)
