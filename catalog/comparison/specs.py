"""Limits, content, capabilities, parameters, life and addresses of models, side by side."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from catalog.comparison.highlights import longest_duration
from catalog.comparison.parameters import parameter_rows
from catalog.comparison.table import NOT_LISTED, Better, ComparedCell, ComparedRow, unknown
from catalog.records.facts import Facts
from catalog.text.language import mark, say
from catalog.text.values import spoken
from catalog.vocabulary import CAPABILITIES, Lifecycle, Modality, Protocol, Severity, TaskType

Read = Callable[[Facts], ComparedCell]
MONTH = len("2026-11")


def rows(members: Sequence[Facts]) -> Iterable[ComparedRow]:
    """Give every row that is not about money."""
    for group, key, label, read, better in FIELDS:
        unit = (say("seconds") if key == "duration_seconds" else say("tokens")) if better == "higher" else ""
        cells = tuple(read(member) for member in members)
        yield ComparedRow(
            group, key, say(label), cells, better, unit, is_code=key in ("replacement", "actions")
        )
    yield from _capabilities(members)
    yield from parameter_rows(members)
    yield from _protocols(members)


def _number(key: str) -> Read:
    return lambda member: _count(member.record[key])  # type: ignore[literal-required]


def _count(number: int | None) -> ComparedCell:
    return ComparedCell(number, f"{number:,}", same=number, rank=number) if number else unknown()


def _day(key: str) -> Read:
    def read(member: Facts) -> ComparedCell:
        day = member.record[key]  # type: ignore[literal-required]
        return ComparedCell(day, spoken(day), same=day) if day else unknown()

    return read


def _cutoff(member: Facts) -> ComparedCell:
    """Give the cutoff, held against others by its month: a day that one source adds is no difference."""
    day = member.record["knowledge_cutoff"]
    return ComparedCell(day, spoken(day), same=day[:MONTH], rank=day[:MONTH]) if day else unknown()


def _word(key: str, labels: dict[str, str]) -> Read:
    def read(member: Facts) -> ComparedCell:
        word = member.record[key]  # type: ignore[literal-required]
        return (
            ComparedCell(word, say(labels[word]) if word in labels else word, same=word)
            if word
            else unknown()
        )

    return read


def _words(key: str, name: Callable[[str], str]) -> Read:
    def read(member: Facts) -> ComparedCell:
        words: list[str] = member.record[key]  # type: ignore[literal-required]
        return ComparedCell(words, ", ".join(map(name, words)), same=frozenset(words)) if words else unknown()

    return read


def _yes_no(key: str) -> Read:
    def read(member: Facts) -> ComparedCell:
        said: bool | None = member.record[key]  # type: ignore[literal-required]
        return unknown() if said is None else ComparedCell(said, say("Yes") if said else say("No"), same=said)

    return read


def _stage(member: Facts) -> ComparedCell:
    word = member.lifecycle
    return ComparedCell(word, str(Lifecycle(word).label), same=word) if word else unknown()


def _health(member: Facts) -> ComparedCell:
    if member.status is None:
        return unknown(say("No longer served"))
    word = member.status.severity
    return ComparedCell(word, str(Severity(word).label), member.status.message or "", same=word)


def _replacement(member: Facts) -> ComparedCell:
    model_id = member.record["replacement"]
    return ComparedCell(model_id, model_id, same=model_id) if model_id else unknown(say("Not published"))


_CONTENT: dict[str, str] = dict(Modality.choices)
_TASKS: dict[str, str] = dict(TaskType.choices)


def _content(word: str) -> str:
    return say(_CONTENT[word])


FIELDS: tuple[tuple[str, str, str, Read, Better | None], ...] = (
    ("limits", "context_window", mark("Context window"), _number("context_window"), "higher"),
    ("limits", "max_output_tokens", mark("Max output"), _number("max_output_tokens"), "higher"),
    (
        "limits",
        "duration_seconds",
        mark("Longest duration"),
        lambda member: _count(longest_duration(member)),
        "higher",
    ),
    ("limits", "knowledge_cutoff", mark("Knowledge cutoff"), _cutoff, "later"),
    ("modalities", "modality", mark("Modality"), _word("modality", _CONTENT), None),
    ("modalities", "input_modalities", mark("Reads"), _words("input_modalities", _content), None),
    ("modalities", "output_modalities", mark("Writes"), _words("output_modalities", _content), None),
    ("modalities", "actions", mark("Actions"), _words("actions", str), None),
    ("modalities", "task_type", mark("Task type"), _word("task_type", _TASKS), None),
    ("lifecycle", "lifecycle", mark("Stage"), _stage, None),
    ("lifecycle", "status", mark("Status"), _health, None),
    ("lifecycle", "released_on", mark("Released"), _day("released_on"), None),
    ("lifecycle", "deprecated_on", mark("Deprecated"), _day("deprecated_on"), None),
    ("lifecycle", "retires_on", mark("Retires"), _day("retires_on"), None),
    ("lifecycle", "replacement", mark("Replacement"), _replacement, None),
    ("lifecycle", "commercial_use", mark("Commercial use"), _yes_no("commercial_use"), None),
    ("lifecycle", "open_weights", mark("Open weights"), _yes_no("open_weights"), None),
)
"""Group, key, label, reader, and which value is better, if any is."""


def _capabilities(members: Sequence[Facts]) -> Iterable[ComparedRow]:
    """Give a row for each capability that any model lists; where a list lacks it, "Not listed", not "no"."""
    named = {word for member in members for word in member.record["capabilities"]}
    ordered = [word for word in CAPABILITIES if word in named] + sorted(named - CAPABILITIES.keys())
    for word in ordered:
        cells = tuple(_listed(word, member.record["capabilities"]) for member in members)
        yield ComparedRow("capabilities", f"capability:{word}", say(CAPABILITIES.get(word, word)), cells)


def _listed(word: str, words: Sequence[str]) -> ComparedCell:
    if not words:
        return unknown()
    is_listed = word in words
    return ComparedCell(is_listed, say("Yes") if is_listed else say(NOT_LISTED), same=is_listed)


def _protocols(members: Sequence[Facts]) -> Iterable[ComparedRow]:
    """Give a row for each protocol that any model speaks, with the addresses that speak it."""
    named = dict.fromkeys(row["protocol"] for member in members for row in member.record["endpoints"])
    for word in [word for word in Protocol.values if word in named]:
        cells = tuple(_addresses(word, member) for member in members)
        label = str(Protocol(word).label)
        yield ComparedRow("endpoints", f"protocol:{word}", label, cells, is_code=True)


def _addresses(protocol: str, member: Facts) -> ComparedCell:
    endpoints = member.record["endpoints"]
    if not endpoints:
        return unknown(say("None recorded"))
    found: list[Any] = [f"{row['method']} {row['path']}" for row in endpoints if row["protocol"] == protocol]
    return ComparedCell(found, "\n".join(found) or say(NOT_LISTED), same=frozenset(found))
