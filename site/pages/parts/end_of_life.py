"""What each source says of a model's end on each platform, the row that decides first."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalog.records.end_of_life import (
    EARLIEST,
    GOVERNED,
    OTHER,
    PLATFORMS,
    TRUST,
    Statement,
    contradictions,
    governing,
)
from catalog.records.fields import BY_NAME
from catalog.records.lifecycle import stage_by_date
from catalog.search.successors import NamedModel
from catalog.text.dates_and_ratios import spoken
from catalog.text.language import mark, say
from catalog.vocabulary import Lifecycle
from pages.model_context import ModelContext
from pages.parts.deciding_statements import deciders_of, what_holds

FIRMNESS = {"committed": mark("Announced"), "observed": mark("Observed")}
"""In plain words, beside the day; an earliest day says itself that it is one."""
_STAGES = Lifecycle.values  # in the order of a model's life
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class EndingRow:
    """What one source says of one platform; `note` is the source's own."""

    platform: str
    holds: str  # which of its values decide, empty if none
    stage: str
    deprecated: str
    retires: str
    firmness: str
    replacements: list[NamedModel]
    source_url: str
    source: str
    read_on: str
    trust: str
    note: str
    differs: list[str]


@dataclass(frozen=True, slots=True)
class EndOfLife:
    """The section: rows, the governing platform's name and whether sources contradict it."""

    rows: list[EndingRow]
    name: str
    governing: str
    has_others: bool
    has_contradictions: bool


def end_of_life(context: ModelContext) -> EndOfLife | None:
    """Build the section, None without a statement."""
    statements = context.record.get("end_of_life") or []
    if not statements:
        return None
    deciders = deciders_of(context)
    chief = next(iter(deciders.values()), None)
    first = sorted(governing(statements), key=lambda row: row is not chief)
    rest = sorted((row for row in statements if row not in first), key=_place)
    rows = [_row(row, context, deciders) for row in [*first, *rest]]
    return EndOfLife(
        rows=rows,
        name=context.record["name"],
        governing=_platform(first[0]) if first else "",
        has_others=any(_is_other(row) for row in rest),
        has_contradictions=any(row.differs for row in rows),
    )


def _place(row: Statement) -> tuple[bool, list[str], str]:
    platforms = list(PLATFORMS)
    is_other = _is_other(row)
    return is_other, [] if is_other else [f"{platforms.index(row['platform']):03}"], row["platform"]


def _is_other(row: Statement) -> bool:
    return row["platform"] not in PLATFORMS


def _firmness(row: Statement, context: ModelContext) -> str:
    word = row.get("firmness")
    # What was announced for a day that has come is no announcement any more.
    is_past = bool(row.get("retires_on")) and row["retires_on"] <= context.at.date().isoformat()
    if word not in FIRMNESS or (is_past and word == "committed"):
        return ""
    return say(FIRMNESS[word])


def _row(row: Statement, context: ModelContext, deciders: Mapping[str, Statement]) -> EndingRow:
    retires = spoken(row["retires_on"]) if row.get("retires_on") else ""
    if retires and row.get("firmness") == EARLIEST:
        retires = say("not before {day}", day=retires)
    return EndingRow(
        platform=_platform(row),
        holds=what_holds(row, deciders),
        stage=str(Lifecycle(row["lifecycle"]).label) if row.get("lifecycle") else "",
        deprecated=spoken(row["deprecated_on"]) if row.get("deprecated_on") else "",
        retires=retires,
        firmness=_firmness(row, context),
        replacements=[
            context.successors.named.get(name) or NamedModel(name, name)
            for name in row.get("replacements") or ()
        ],
        source_url=row.get("source") or "",
        source=row.get("source_label") or row.get("source") or "",
        read_on=_as_stated(row.get("read_on") or ""),
        trust=say(TRUST[row["trust"]]) if row.get("trust") in TRUST else "",
        note=row.get("note") or "",
        differs=list(_differs(row, context)),
    )


def _differs(row: Statement, context: ModelContext) -> Iterator[str]:
    statements = context.record["end_of_life"]
    by_date = stage_by_date(context.record, context.at.date())
    for field in BY_NAME.values():
        if field.name not in GOVERNED:
            continue
        # A source may have seen a model retire before its date: then the date decides nothing.
        if field.name == "lifecycle" and by_date and by_date == context.this.lifecycle:
            differs = row in governing(statements) and _says_more(row, by_date)
        else:
            differs = row in contradictions(statements, field.name)
        if differs:
            yield say(field.label)
    if row in contradictions(statements, "replacements"):
        yield say(BY_NAME["replacement"].label)


def _says_more(row: Statement, stage: str) -> bool:
    # A source that states an earlier stage than a date decides only says less.
    return bool(row.get("lifecycle")) and _STAGES.index(row["lifecycle"]) > _STAGES.index(stage)


def _platform(row: Statement) -> str:
    word: str = row["platform"]
    return say(PLATFORMS[word]) if word in PLATFORMS else word.removeprefix(OTHER).strip()


def _as_stated(day: str) -> str:
    # "2026-09 or later" and "undated" are words of the source's copy.
    return spoken(day) if _DAY.fullmatch(day) else day
