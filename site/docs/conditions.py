"""Passages of pages that are there only where the operator promises something.

@@if retry_after@@
The answer says in `Retry-After` how long to wait.
@@else@@
Wait longer each time.
@@end@@
"""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

MARK = re.compile(r"@@(?:if\b(?P<name>[^@\n]*)|(?P<word>else|end))@@")


class ConditionError(ValueError):
    """A mark at no right place."""


@dataclass(slots=True)
class _Block:
    """An open passage; `is_else` from its `@@else@@` on."""

    name: str
    number: int
    is_else: bool = False


def chosen(text: str, values: Mapping[str, str]) -> str:
    """Return the passages whose value is not blank; raise ConditionError."""
    return "".join(
        line
        for line, blocks in _lines(text)
        if all(bool(values[block.name]) is not block.is_else for block in blocks)
    )


def check(text: str, names: Container[str]) -> None:
    """Raise ConditionError for unknown names, and for marks at no right place."""
    for _line, blocks in _lines(text):
        for block in blocks:
            if block.name not in names:
                raise ConditionError(f"line {block.number}: {block.name!r} is no promise")


def _lines(text: str) -> Iterator[tuple[str, list[_Block]]]:
    """Read the lines that are no mark, each with the passages that it is in."""
    blocks: list[_Block] = []
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        match = MARK.search(line)
        if match is None:
            yield line, blocks
        # A line that ends in CRLF is one, too.
        elif match[0] != line.rstrip("\r\n"):
            raise ConditionError(f"line {number}: {match[0]} is not alone on its line")
        else:
            _turn(blocks, match, number)
            # So that the name of an empty passage is read, too.
            yield "", blocks
    if blocks:
        raise ConditionError(f"line {blocks[-1].number}: no @@end@@ follows")


def _turn(blocks: list[_Block], match: re.Match[str], number: int) -> None:
    if match["word"] is None:
        blocks.append(_Block(match["name"].strip(), number))
    elif not blocks:
        raise ConditionError(f"line {number}: {match[0]} has no @@if …@@ before it")
    elif match["word"] == "end":
        blocks.pop()
    elif blocks[-1].is_else:
        raise ConditionError(f"line {number}: a second @@else@@ in the passage of line {blocks[-1].number}")
    else:
        blocks[-1].is_else = True
