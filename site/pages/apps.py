"""Registers the pages with Django."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The pages of the catalog."""

    name = "pages"
    verbose_name = "Pages"
