"""Commands that start in half the time."""

from django.core.management.base import BaseCommand


class QuickCommand(BaseCommand):
    """A command without Django's system checks, which would import every page and the API."""

    # They find faults of code, and `make check` runs them. Wrong settings are found by `config.startup`.
    requires_system_checks = ()
