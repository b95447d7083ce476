"""Registers the documentation with Django, and refuses to start with a broken page."""

from django.apps import AppConfig

from catalog.search import other_texts
from docs import library, passages


class DocsConfig(AppConfig):
    """The documentation."""

    name = "docs"
    verbose_name = "Documentation"

    def ready(self) -> None:
        """Read every page, so that a broken one stops the start and not a visitor; have them searched."""
        library.shelf()
        other_texts.add_source(passages.passages)
