"""Reads counts out of a usage object by their paths."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from catalog.records.usage_tables import UsageRow
from catalog.text.refusal import shown

LARGEST_COUNT = 10**15 - 1
LONGEST_PATH = 200
_STEP = re.compile(r"(?P<key>\w+)(?:\[(?P<by>\w+)=(?P<word>\w+)\])?")


class UsageObjectError(ValueError):
    """A usage object that cannot be read; `key` is the path of what is wrong."""

    def __init__(self, key: str, value: object, reason: str) -> None:
        self.key = key
        self.reason = reason if value is None else f"{shown(value)}: {reason}"
        super().__init__(f"{key}: {self.reason}")


def count_at(usage: Mapping[str, Any], paths: Sequence[str]) -> int | None:
    """Return the count that the paths state, None where none does."""
    counts = counts_of(usage, paths)
    if not counts:
        return None
    (first, count), *others = counts
    for path, other in others:
        # A sum with a part left out says less, and does not contradict.
        if other != count and all(_term(usage, term) is not None for term in path.split(" + ")):
            raise UsageObjectError(path, other, f"differs from {first} ({count}): both count the same")
    return count


def counts_of(usage: Mapping[str, Any], paths: Iterable[str]) -> list[tuple[str, int]]:
    """List the paths that are stated, each with its count."""
    stated = []
    for path in paths:
        terms = [_term(usage, term) for term in path.split(" + ")]
        counts = [term for term in terms if term is not None]
        if counts:
            stated.append((path, sum(counts)))
    return stated


def unread_paths(rows: Iterable[UsageRow], usage: Mapping[str, Any]) -> tuple[str, ...]:
    """List the paths of what is stated and no row names."""
    known = {term for row in rows for path in row.paths for term in path.split(" + ")}
    by = {
        step["key"]: step["by"]
        for term in known
        for step in map(_STEP.fullmatch, term.split("."))
        if step and step["by"]
    }
    leaves = dict.fromkeys(path for path in _leaves(usage, "", by) if not _is_known(path, known))
    return tuple(path[:LONGEST_PATH] for path in leaves)


def _is_known(path: str, known: set[str]) -> bool:
    return path in known or path.endswith(("].type", "].modality"))


def _leaves(node: object, path: str, by: Mapping[str, str]) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, child in node.items():
            yield from _leaves(child, f"{path}.{key}" if path else str(key), by)
    elif isinstance(node, list):
        name = by.get(path)
        for child in node:
            word = child.get(name) if name and isinstance(child, Mapping) else None
            yield from _leaves(child, f"{path}[{name}={word}]" if word else path, by)
    elif node:
        yield path


def _term(usage: Mapping[str, Any], path: str) -> int | None:
    nodes: list[Any] = [usage]
    walked = ""
    for text in path.split("."):
        step = _STEP.fullmatch(text)
        if step is None:
            raise ValueError(f"{path!r} is no path of a usage object")
        nodes = [child for node in nodes for child in _children(node, step, walked)]
        walked = f"{walked}.{text}" if walked else text
    counts = [_count(node, path) for node in nodes]
    return sum(counts) if counts else None


def _children(node: object, step: re.Match[str], walked: str) -> list[Any]:
    if not isinstance(node, Mapping):
        raise UsageObjectError(walked, node, "use an object")
    child = node.get(step["key"])
    if child is None:
        return []
    if not step["by"]:
        return [child]
    place = f"{walked}.{step['key']}" if walked else step["key"]
    if not isinstance(child, list) or not all(isinstance(row, Mapping) for row in child):
        raise UsageObjectError(place, child, "use a list of objects")
    return [row for row in child if row.get(step["by"]) == step["word"]]


def _count(value: object, path: str) -> int:
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_COUNT
    if not isinstance(value, int) or not is_count:
        raise UsageObjectError(path, value, f"use a whole number from 0 to {LARGEST_COUNT}")
    return value
