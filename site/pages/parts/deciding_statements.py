"""Which source's statement decides a value about a model's end: the one that is cited beside it."""

import re
from collections.abc import Mapping

from catalog.records.end_of_life import EARLIEST, Statement, ending, governing
from catalog.records.fields import BY_NAME
from catalog.records.lifecycle import stage_by_date
from catalog.records.record import Record, SourceRecord
from catalog.text.language import say
from pages.model_context import ModelContext

DECIDED = ("retires_on", "retires_not_before", "lifecycle", "deprecated_on", "replacement")
"""Fields that rows decide, that which matters most first."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def source_of(name: str, context: ModelContext) -> SourceRecord | None:
    """Return the source of the statement that decides a field, None where no statement does."""
    row = deciding(name, context)
    if row is None:
        return None
    read_on = row.get("read_on") or ""
    return {
        "field": name,
        "url": row.get("source") or None,
        "label": row.get("source_label") or "",
        # "2026-09 or later" is a word of the source's copy.
        "checked_on": read_on if _DAY.fullmatch(read_on) else None,
    }


def deciding(name: str, context: ModelContext) -> Statement | None:
    """Return the governing statement that decides a field."""
    record = context.record
    ranked = governing(record.get("end_of_life") or ())
    if name == "lifecycle":
        return _of_stage(ranked, context)
    if name == "replacement":
        names = list(ending(ranked).replacements)
        return next((row for row in ranked if names and list(row.get("replacements") or ()) == names), None)
    return _of_day(ranked, name, record)


def decides_stage(context: ModelContext) -> str:
    """Return the field that decides the stage: a day that has come, or the stage that a source states."""
    record = context.record
    if not stage_by_date(record, context.at.date()):
        return "lifecycle"
    return "retires_on" if record["retires_on"] else "deprecated_on"


def deciders_of(context: ModelContext) -> dict[str, Statement]:
    """Return the statement that decides each field, as far as one does."""
    return {name: row for name in DECIDED if (row := deciding(name, context))}


def what_holds(row: Statement, deciders: Mapping[str, Statement]) -> str:
    """Return which of a statement's values decide, in words; empty if none."""
    names = [name for name, decider in deciders.items() if decider is row]
    if not names:
        return ""
    if len(names) == len(deciders):
        return say("Holds")
    return say("Holds: {fields}", fields=", ".join(say(BY_NAME[name].label) for name in names))


def _of_stage(ranked: list[Statement], context: ModelContext) -> Statement | None:
    decided_by = decides_stage(context)
    if decided_by != "lifecycle" and context.this.lifecycle != context.record["stated_lifecycle"]:
        return _of_day(ranked, decided_by, context.record)
    return next((row for row in ranked if row.get("lifecycle") == context.this.lifecycle), None)


def _of_day(ranked: list[Statement], name: str, record: Record) -> Statement | None:
    is_earliest = name == "retires_not_before"
    column = "retires_on" if is_earliest else name
    stated = [row for row in ranked if row.get(column) and row[column] == record.get(name)]
    if column == "retires_on":
        stated = [row for row in stated if (row.get("firmness") == EARLIEST) == is_earliest]
    return next(iter(stated), None)
