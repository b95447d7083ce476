"""Reads the site's templates without what nobody reads in a page: indentation, and lines that say nothing."""

import re

from django.template.base import Origin
from django.template.loaders.filesystem import Loader as FilesystemLoader

_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
_SILENT = "block|elif|else|empty|endblock|endfor|endif|endifchanged|endwith|for|if|ifchanged|load|with"
# Lines of tags that write nothing themselves, and of remarks.
_LOGIC = re.compile(rf"^((?:\{{% (?:{_SILENT})\b[^%\n]*%\}}|\{{#[^\n]*?#\}})+)\n", re.MULTILINE)
_GAP = re.compile(r"\n{2,}")


class Loader(FilesystemLoader):
    """Django's own loader; the lines of HTML begin at their first letter, and none is empty.

    Text within `pre` or `textarea` that is written over several lines of a template would lose its own.
    While templates are debugged, their lines keep their numbers.
    """

    def get_contents(self, origin: Origin) -> str:
        """Give the source of a template."""
        source = super().get_contents(origin)
        if not origin.name.endswith(".html"):
            return source
        source = _INDENTATION.sub("", source)
        return source if self.engine.debug else _LOGIC.sub(r"\1", _GAP.sub("\n", source))
