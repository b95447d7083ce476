"""Registers the documentation with Django."""

from django.apps import AppConfig

from catalog.search import other_texts
from docs import library, passages


class DocsConfig(AppConfig):
    """The documentation."""

    name = "docs"
    verbose_name = "Documentation"

    def ready(self) -> None:
        """Read every page, and register them for search."""
        # A broken page stops the start, not a visitor.
        library.shelf()
        other_texts.add_source(passages.passages)
