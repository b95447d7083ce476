"""Line numbers of values in TOML and JSON, which the parsers do not tell."""

import re
from collections.abc import Iterator
from itertools import pairwise

Path = tuple[str | int, ...]

# Levels of tables, lists and dotted keys; catalogs have seven.
DEEPEST = 32

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]\]?")
_ASSIGNED = re.compile(r"\s*([A-Za-z0-9_\-]+)\s*=")
_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[{}\[\],:]|[^\s{}\[\],:"]+')
_FENCES = ('"""', "'''")


def toml_lines(text: str) -> dict[Path, int]:
    """Map paths such as `("family", 0, "model", 2, "name")` to lines."""
    lines_by_path: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    table: Path = ()
    row: Path = ()
    rows = 0
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if fence:
            fence = "" if line.count(fence) % 2 else fence
            continue
        header, assigned = _HEADER.match(line), _ASSIGNED.match(line)
        if header and not assigned:
            table = _table(header.group(2).split("."), counts, is_list=header.group(1) == "[[")
            lines_by_path[table] = number
        elif assigned:
            row = (*table, assigned.group(1))
            lines_by_path.setdefault(row, number)
            rows = 0
        elif line.lstrip().startswith("{"):
            # A list written with one inline table on each line.
            lines_by_path.setdefault((*row, rows), number)
            rows += 1
        fence = next((mark for mark in _FENCES if line.count(mark) % 2), "")
    return lines_by_path


def _table(names: list[str], counts: dict[Path, int], *, is_list: bool) -> Path:
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        # In [[family.model]], "family" is the last [[family]] so far.
        if path in counts:
            path = (*path, counts[path])
    path = (*path, names[-1])
    if not is_list:
        return path
    counts[path] = counts.get(path, -1) + 1
    return (*path, counts[path])


def json_lines(text: str) -> dict[Path, int]:
    """Map paths of valid JSON to lines; RecursionError if nested deeply."""
    lines_by_path: dict[Path, int] = {(): 1}
    stack: list[str | int] = []
    for (piece, line), (following, _line) in pairwise([*_tokens(text), ("", 0)]):
        if piece in "{[":
            stack.append("" if piece == "{" else 0)
            # The path of each value is kept: their sizes together grow with the depth.
            if len(stack) > DEEPEST:
                raise RecursionError
        elif piece in "}]":
            stack.pop()
        elif piece == "," and isinstance(stack[-1], int):
            stack[-1] += 1
        elif following == ":" and stack:
            stack[-1] = piece[1:-1]
        lines_by_path.setdefault(tuple(stack), line)
    return lines_by_path


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line, last = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        yield match.group(), line
