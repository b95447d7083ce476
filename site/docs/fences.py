"""Code blocks of the documentation, by kind."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog.text.language import say

_OPENING = re.compile(r"^(?P<fence>`{3,})[ ]*(?P<language>[\w-]*)(?P<words>(?:[ ]+\S+)*)[ ]*$")
_FILE = re.compile(r"file=([\w][\w.-]*)")
RUN = "run"
KINDS = {
    RUN: "the block is run, in the order of the page",
    "fails": "the block is run, and ends in a refusal",
    "output": "what the block before it prints",
    "file": "the content of a file that later blocks use",
    "config": "a file of another program, which that program checks",
    "example": "reading matter; a check of its own holds it",
}
"""A fence without a word behind its language is run."""


class FenceError(ValueError):
    """A fence of no known kind."""


@dataclass(frozen=True, slots=True)
class Fence:
    """One code block."""

    line: int
    language: str
    kind: str
    file: str
    code: str

    @property
    def caption(self) -> str:
        """Return the line above the block, if any."""
        return say("Output") if self.kind == "output" else self.file


def pieces(lines: Iterable[str]) -> Iterator[str | Fence]:
    """Yield lines, and each code block as one piece."""
    numbered = enumerate(lines, start=1)
    for number, line in numbered:
        opened = _OPENING.match(line)
        if not opened:
            yield line
            continue
        kind, file = _kind(opened["words"].split(), number)
        code: list[str] = []
        # The same iterator: the outer loop goes on behind the block.
        for _number, inner in numbered:
            if inner.rstrip() == opened["fence"]:
                break
            code.append(inner)
        yield Fence(number, opened["language"] or "text", kind, file, "\n".join(code))


def fences(text: str) -> list[Fence]:
    """List the code blocks of a text."""
    return [piece for piece in pieces(text.splitlines()) if isinstance(piece, Fence)]


def _kind(words: list[str], line: int) -> tuple[str, str]:
    """Parse the words behind the language into kind and file."""
    if not words:
        return RUN, ""
    named = _FILE.fullmatch(words[0])
    kind = "file" if named else words[0]
    if len(words) > 1 or kind not in KINDS or (kind in (RUN, "file") and not named):
        known = ", ".join("file=NAME" if kind == "file" else kind for kind in KINDS if kind != RUN)
        raise FenceError(f"line {line}: {' '.join(words)!r} is no kind of block: {known}, or nothing.")
    return kind, named[1] if named else ""
