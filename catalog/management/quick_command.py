"""Commands that start in half the time."""

from django.core.checks import Tags
from django.core.management.base import BaseCommand


class QuickCommand(BaseCommand):
    """A command without the system checks that import every page and the API."""

    # Those find faults of code, and `make check` runs them. Wrong settings are found by `config.startup`.
    requires_system_checks = (Tags.database,)
