"""All but prices, side by side."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from catalog.comparison.parameters import parameter_rows
from catalog.comparison.superlatives import longest_duration
from catalog.comparison.table import (
    DISPUTED,
    DOES_NOT_APPLY,
    NOT_LISTED,
    NOT_STATED,
    ComparedCell,
    ComparedRow,
    unknown,
)
from catalog.records.end_of_life import replacements
from catalog.records.facts import Facts
from catalog.records.field_types import RowsType
from catalog.records.fields import BY_NAME, in_groups
from catalog.records.model_field import FieldGroup, ModelField, placed
from catalog.records.record import capability_values
from catalog.text.language import say
from catalog.vocabulary import CAPABILITIES, Lifecycle, Protocol, Severity


def rows(members: Sequence[Facts]) -> Iterable[ComparedRow]:
    """Return all rows but prices."""
    derived = [
        (field.name, _field_row(group, field, members)) for group, fields in FIELD_GROUPS for field in fields
    ]
    own = {name: [write(members) for write in writers] for name, writers in OWN.items()}
    yield from filter(None, placed(derived, own))
    yield from _capabilities(members)
    yield from parameter_rows(members)
    yield from _protocols(members)


def _field_row(group: str, field: ModelField, members: Sequence[Facts]) -> ComparedRow | None:
    cells = tuple(_cell(field, member) for member in members)
    is_stated = any(cell.is_known for cell in cells)
    # "Not stated" is left out for a field that applies to no model here, or that is shown only if known.
    is_missing = bool(field.absent) and any(field.applies_to(member.record) for member in members)
    if field.name in MOVED or not (is_stated or is_missing):
        return None
    unit = say(field.unit) if field.unit else ""
    return ComparedRow(group, field.name, say(field.label), cells, field.better, unit, is_code=field.is_code)


def _cell(field: ModelField, member: Facts, absent: str = "") -> ComparedCell:
    value = field.value(member.record)
    missing = say((absent or field.absent) if field.applies_to(member.record) else DOES_NOT_APPLY)
    if field.name == "replacement":
        # Those that the catalog lacks, too.
        return _named(replacements(member.record), missing)
    words = field.type.words(value)
    if not words:
        return unknown(missing)
    same = field.type.same(value)
    text = ("\n" if isinstance(field.type, RowsType) else ", ").join(words)
    return ComparedCell(value, text, same=same, rank=same if field.better else None)


def _named(names: Sequence[str], absent: str) -> ComparedCell:
    text = ", ".join(names)
    return ComparedCell(text, text, same=text) if names else unknown(absent)


def _duration(members: Sequence[Facts]) -> ComparedRow | None:
    if not any(member.record["modality"] in LASTING for member in members):
        return None
    seconds = [longest_duration(member) for member in members]
    cells = tuple(
        ComparedCell(number, f"{number:,}", same=number, rank=number) if number else unknown()
        for number in seconds
    )
    return ComparedRow("limits", "duration_seconds", say("Longest duration"), cells, "higher", say("seconds"))


def _actions(members: Sequence[Facts]) -> ComparedRow | None:
    field = BY_NAME["actions"]
    if not any(field.applies_to(member.record) for member in members):
        return None
    cells = tuple(_cell(field, member, NOT_STATED) for member in members)
    return ComparedRow("modalities", field.name, say(field.label), cells, is_code=True)


def _stage(members: Sequence[Facts]) -> ComparedRow:
    words = [member.lifecycle for member in members]
    cells = tuple(
        ComparedCell(word, str(Lifecycle(word).label), same=word) if word else unknown() for word in words
    )
    return ComparedRow("lifecycle", "lifecycle", say("Stage"), cells)


def _health(members: Sequence[Facts]) -> ComparedRow:
    return ComparedRow("lifecycle", "status", say("Status"), tuple(map(_severity, members)))


def _severity(member: Facts) -> ComparedCell:
    if member.status is None:
        return unknown(say("No longer served"))
    word = member.status.severity
    return ComparedCell(word, str(Severity(word).label), member.status.message or "", same=word)


LASTING = frozenset({"video", "audio", None})
"""Kinds of content that take time; of a model that states none, nobody knows."""
FIELD_GROUPS: tuple[tuple[str, Sequence[ModelField]], ...] = (
    ("limits", in_groups(FieldGroup.LIMITS)),
    ("modalities", in_groups(FieldGroup.CONTENT)),
    ("capabilities", in_groups(FieldGroup.ABILITIES)),
    ("lifecycle", in_groups(FieldGroup.LIFECYCLE, FieldGroup.TERMS)),
)
"""Heading -> fields."""
OWN: Mapping[str, Sequence[Callable[[Sequence[Facts]], ComparedRow | None]]] = {
    "knowledge_cutoff": (_duration,),
    "task_type": (_actions,),
    "released_on": (_stage, _health),
}
"""Field -> rows of their own before it."""
# What each source says of each platform is on the page of a model; compared is what governs.
MOVED = frozenset({"lifecycle", "end_of_life", "actions", "capabilities", "lacks"})


def _capabilities(members: Sequence[Facts]) -> Iterable[ComparedRow]:
    named = {word for member in members for word in capability_values(member.record)}
    ordered = [word for word in CAPABILITIES if word in named] + sorted(named - CAPABILITIES.keys())
    for word in ordered:
        cells = tuple(_has(word, member) for member in members)
        yield ComparedRow("capabilities", f"capability:{word}", say(CAPABILITIES.get(word, word)), cells)


def _has(word: str, member: Facts) -> ComparedCell:
    has_it = capability_values(member.record).get(word)
    if has_it is not None:
        return ComparedCell(has_it, say("Yes") if has_it else say("No"), same=has_it)
    if word in member.record["disputed"]:
        return unknown(say(DISPUTED))
    return unknown("" if BY_NAME["capabilities"].applies_to(member.record) else say(DOES_NOT_APPLY))


def _protocols(members: Sequence[Facts]) -> Iterable[ComparedRow]:
    named = dict.fromkeys(row["protocol"] for member in members for row in member.record["endpoints"])
    for word in [word for word in Protocol.values if word in named]:
        cells = tuple(_addresses(word, member) for member in members)
        label = str(Protocol(word).label)
        yield ComparedRow("endpoints", f"protocol:{word}", label, cells, is_code=True)


def _addresses(protocol: str, member: Facts) -> ComparedCell:
    endpoints = member.record["endpoints"]
    if not endpoints:
        return unknown(say("None recorded"))
    lines: list[Any] = [f"{row['method']} {row['path']}" for row in endpoints if row["protocol"] == protocol]
    return ComparedCell(lines, "\n".join(lines) or say(NOT_LISTED), same=frozenset(lines))
