"""Files that a sample's code reads and sends as base64, within its body."""

from collections.abc import Iterator
from typing import Any, Self


class Attached(str):
    """The base64 of a file; as text, that of a tiny file of its kind."""

    __slots__ = ("before", "file")

    file: str
    # What stands before the base64 in the body, such as `data:image/png;base64,`.
    before: str

    def __new__(cls, file: str, before: str = "") -> Self:
        """Return the text for a file of `TINY`."""
        made = super().__new__(cls, before + TINY[file])
        made.file, made.before = file, before
        return made

    @property
    def name(self) -> str:
        """Return the variable that holds the base64."""
        return self.file.partition(".")[0]

    @property
    def base64(self) -> str:
        """Return the base64 alone."""
        return TINY[self.file]


# Without "+" and "/", these are the same in both alphabets of base64.
TINY = {
    "receipt.png": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4AWNgAAAAAgABc3UBGAAAAABJRU5E"
    "rkJggg==",
    "invoice.pdf": "JVBERi0xLjQKMSAwIG9iajw8L1R5cGUvQ2F0YWxvZy9QYWdlcyAyIDAgUiAgPj4gZW5kb2JqCjIgMCBvYmo8PC9U"
    "eXBlL1BhZ2VzL0tpZHNbMyAwIFJdL0NvdW50IDEgPj4gZW5kb2JqCjMgMCBvYmo8PC9UeXBlL1BhZ2UvUGFyZW50IDIgMCBSL01l"
    "ZGlhQm94WzAgMCA5IDldPj4gZW5kb2JqCnRyYWlsZXI8PC9Sb290IDEgMCBSPj4K",
    "voicemail.wav": "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQIAAAAAAA==",
}
"""File -> base64 of a tiny one, which is sent where no file can be read."""


def attached_in(value: Any) -> Iterator[Attached]:
    """List the files within a body, once each."""
    seen: set[str] = set()
    for each in _within(value):
        if each.file not in seen:
            seen.add(each.file)
            yield each


def _within(value: Any) -> Iterator[Attached]:
    if isinstance(value, Attached):
        yield value
    elif isinstance(value, dict | list):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from _within(entry)
