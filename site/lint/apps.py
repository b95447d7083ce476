"""Registers the room with Django, for its command."""

from django.apps import AppConfig


class LintConfig(AppConfig):
    """The room of the lint."""

    name = "lint"
    verbose_name = "Lint"
