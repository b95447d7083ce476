"""Reads the site's templates: joins long lines, leaves out what nobody reads in a page.

That is indentation, and lines that say nothing.
"""

import re

from django.template.base import Origin
from django.template.loaders.filesystem import Loader as FilesystemLoader

_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
_SILENT = "block|elif|else|empty|endblock|endfor|endif|endifchanged|endwith|for|if|ifchanged|load|with"
# Lines of tags that write nothing themselves, and of remarks.
_LOGIC = re.compile(rf"^((?:\{{% (?:{_SILENT})\b[^%\n]*%\}}|\{{#[^\n]*?#\}})+)\n", re.MULTILINE)
_GAP = re.compile(r"\n{2,}")
# A line that goes on in the next, and lines that do with the one that ends them.
_JOIN = re.compile(r"\\\n[ \t]*")
_JOINED = re.compile(r"(?:[^\n]*\\\n)+[^\n]*\n?")


class Loader(FilesystemLoader):
    """Django's own loader; the lines of HTML begin at their first letter, and none is empty.

    A backslash at the end of a line joins the next to it and takes its indentation: so a line that is too
    long is written as several. Text within `pre` or `textarea` that is written over several lines of a
    template would lose its own indentation. While templates are debugged, their lines keep their numbers.
    """

    def get_contents(self, origin: Origin) -> str:
        """Return the source of a template."""
        source = super().get_contents(origin)
        source = _JOINED.sub(_on_first_line, source) if self.engine.debug else joined(source)
        if not origin.name.endswith(".html"):
            return source
        source = _INDENTATION.sub("", source)
        return source if self.engine.debug else _LOGIC.sub(r"\1", _GAP.sub("\n", source))


def joined(source: str) -> str:
    """Return a template's source with each of its long lines in one piece."""
    return _JOIN.sub("", source)


def _on_first_line(lines: re.Match[str]) -> str:
    return joined(lines[0]) + "\n" * lines[0].count("\\\n")
