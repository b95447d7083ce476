"""Reads the site's templates without their indentation: nobody reads it in a page."""

import re

from django.template.base import Origin
from django.template.loaders.filesystem import Loader as FilesystemLoader

_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class Loader(FilesystemLoader):
    """Django's own loader; the lines of HTML begin at their first letter, and keep their numbers.

    Text within `pre` or `textarea` that is written over several lines of a template would lose its own.
    """

    def get_contents(self, origin: Origin) -> str:
        """Give the source of a template."""
        source = super().get_contents(origin)
        return _INDENTATION.sub("", source) if origin.name.endswith(".html") else source
