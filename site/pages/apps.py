"""Registers the pages."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The pages of the catalog."""

    name = "pages"
    verbose_name = "Pages"
