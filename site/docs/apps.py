"""Registers the documentation with Django."""

from collections.abc import Sequence

from django.apps import AppConfig

from catalog.search import other_texts


class DocsConfig(AppConfig):
    """The documentation."""

    name = "docs"
    verbose_name = "Documentation"

    def ready(self) -> None:
        """Register the pages for search."""
        other_texts.add_source(_passages)


def _passages() -> Sequence[other_texts.Passage]:
    # Most processes never search: one reads the pages at its first search, a web server's at its start.
    from docs import passages  # noqa: PLC0415

    return passages.passages()
