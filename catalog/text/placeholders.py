"""Leftovers in texts: template placeholders and HTML entities."""

import re
from collections.abc import Iterator

PLACEHOLDER = re.compile(r"%\{|\{\{|\}\}|\$\{|\[\[|\{%|%\}|\bundefined\b|\bNaN\b|\[email")
ENTITY = re.compile(r"&(?:quot|#39|#x27|amp|lt|gt);")
CODE_SPAN = re.compile(r"```.*?```|~~~.*?~~~|`[^`]*`", re.DOTALL)


def remains(text: str) -> Iterator[str]:
    """List placeholders and HTML entities outside code."""
    prose = CODE_SPAN.sub("", text)
    if match := PLACEHOLDER.search(prose):
        yield f"{match.group()!r} looks like a placeholder: write the words, or mark it as code."
    if match := ENTITY.search(prose):
        yield f"{match.group()!r} is an HTML entity: write the letter itself."
