"""Reads templates without indentation, empty lines and line joins."""

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
    """Django's loader, with lines joined that end in a backslash."""

    def get_contents(self, origin: Origin) -> str:
        """Return a template's source."""
        source = super().get_contents(origin)
        if not origin.name.endswith(".html"):
            # An empty line would end a table of Markdown.
            return joined(source)
        # While templates are debugged, their lines keep their numbers.
        source = _JOINED.sub(_on_first_line, source) if self.engine.debug else joined(source)
        # Text of several lines within `pre` or `textarea` would lose its indentation, too.
        source = _INDENTATION.sub("", source)
        return source if self.engine.debug else _LOGIC.sub(r"\1", _GAP.sub("\n", source))


def joined(source: str) -> str:
    """Return a source with its long lines joined."""
    return _JOIN.sub("", source)


def _on_first_line(lines: re.Match[str]) -> str:
    return joined(lines[0]) + "\n" * lines[0].count("\\\n")
