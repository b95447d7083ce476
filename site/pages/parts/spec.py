"""The spec sheet: every field a model can have, with its sources."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import partial

from catalog.comparison.table import DOES_NOT_APPLY
from catalog.presentation.wording.billing import units
from catalog.records.end_of_life import replacements
from catalog.records.facts import Facts
from catalog.records.field_types import RowsType, TableType
from catalog.records.fields import BY_NAME, in_groups
from catalog.records.model_field import FieldGroup, ModelField, placed
from catalog.records.phrases import NOT_STATED_PROVIDER, field_label, lifecycle_word
from catalog.records.record import SourceRecord
from catalog.text.language import mark, say
from catalog.vocabulary import CAPABILITIES, Modality, Severity
from pages.model_context import ModelContext
from pages.parts.deciding_statements import decides_stage, source_of
from pages.parts.footnotes import Footnote, Footnotes

UNKNOWN = mark("Not stated")
SAYS = re.compile(r"\(says [^()]+\)$")
"""Ends the label of a source that contradicts the record: it stands beside an unknown value, too."""


@dataclass(frozen=True, slots=True)
class SpecLine:
    """One line of the sheet."""

    label: str
    words: list[str]
    hrefs: list[str]  # one for each word, empty without a link
    known: bool = True
    is_code: bool = False
    sources: list[Footnote] = attribute(default_factory=list)

    @property
    def linked(self) -> list[tuple[str, str]]:
        """Return each word with its link."""
        return list(zip(self.words, self.hrefs, strict=True))


@dataclass(frozen=True, slots=True)
class SpecSheet:
    """The section: its lines, and their sources below."""

    fields: list[SpecLine]
    footnotes: list[Footnote]
    name: str

    @property
    def stated(self) -> list[SpecLine]:
        """Return the lines that say something."""
        return [line for line in self.fields if line.known]

    @property
    def unknown(self) -> list[SpecLine]:
        """Return the other lines, which are folded."""
        return [line for line in self.fields if not line.known]


Reader = Callable[[Facts], list[str]]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """How a line is written."""

    key: str  # as sources name it
    label: str
    read: Reader
    is_code: bool = False
    absent: str = UNKNOWN  # where nothing is known
    is_complete: bool = False  # nothing on record is a known nothing


def spec_sheet(context: ModelContext) -> SpecSheet:
    """Build the sheet."""
    notes = Footnotes("spec-source")
    fields = []
    for line in _lines(context.this):
        words = [word for word in line.read(context.this) if word]
        cited = [
            notes.cite(row["url"], row["label"], row["checked_on"])
            for row in _sources(line.key, context)
            if words or SAYS.search(row["label"])
        ]
        sources = list(dict.fromkeys(note for note in cited if note))
        shown = words or [say(line.absent)]
        hrefs = _hrefs(line.key, context) or [""] * len(shown)
        is_known, is_code = bool(words) or line.is_complete, bool(words) and line.is_code
        label = _label(line, context)
        fields.append(SpecLine(label, shown, hrefs, is_known, is_code, sources))
    return SpecSheet(fields, notes.notes, context.record["name"])


def _sources(key: str, context: ModelContext) -> list[SourceRecord]:
    # A statement that decides is cited alone: others may be older than what they are beside.
    if (statement := source_of(key, context)) is not None:
        return [statement]
    # A stage that a date decides has the source of that date.
    is_decided = key == "lifecycle" and context.this.lifecycle != context.record["stated_lifecycle"]
    names = {decides_stage(context) if is_decided else key, *ALSO_CITED.get(key, ())}
    return [row for row in context.record["sources"] if row["field"] in names]


def _label(line: SheetLine, context: ModelContext) -> str:
    field = BY_NAME.get(line.key)
    return field_label(field, context.this) if field else say(line.label)


def _lines(this: Facts) -> list[SheetLine]:
    # Lines of no field, such as the model's ID, stand among those of fields.
    # Statements about the end are a table of their own.
    fields = (field for field in in_groups(*FieldGroup) if field.name != "end_of_life")
    lines = [(field.name, _line(field, this)) for field in fields]
    return [line for line in placed(lines, OWN, LAST) if line and (line.absent or line.read(this))]


def _line(field: ModelField, this: Facts) -> SheetLine | None:
    is_known = bool(field.type.words(field.value(this.record)))
    if not is_known and not (field.absent and field.applies_to(this.record)):
        return None
    read = READ.get(field.name) or partial(_words, field)
    return SheetLine(field.name, field.label, read, field.is_code, field.absent)


def _words(field: ModelField, this: Facts) -> list[str]:
    words = field.type.words(field.value(this.record))
    if not field.unit:
        return words
    return [say("{number} {unit}", number=word, unit=say(field.unit)) for word in words]


def _hrefs(key: str, context: ModelContext) -> list[str]:
    record, field = context.record, BY_NAME.get(key)
    if key == "provider" and record["provider"]["slug"] != NOT_STATED_PROVIDER:
        return [f"/providers/{record['provider']['slug']}"]
    if key == "family":
        return [f"/models/{record['family']['slug']}"]
    if key == "replacement":
        return [one.path for one in context.successors.stated]
    if field and isinstance(field.type, RowsType | TableType):
        return field.type.addresses(field.value(record))
    return []


def _status(this: Facts) -> list[str]:
    return [str(Severity(this.status.severity).label)] if this.status else []


def _lifecycle(this: Facts) -> list[str]:
    return [lifecycle_word(this)] if this.lifecycle else []


def _endpoints(this: Facts) -> list[str]:
    return [f"{row['method']} {row['path']}" for row in this.record["endpoints"]]


def _provider(this: Facts) -> list[str]:
    provider = this.record["provider"]
    return [] if provider["slug"] == NOT_STATED_PROVIDER else [provider["name"]]


def _name(this: Facts) -> list[str]:
    # Without another, the ID is its name.
    return [this.record["name"]]


def _disputed(this: Facts) -> list[str]:
    return [say(CAPABILITIES.get(word, word)) for word in this.record["disputed"]]


def _without_meaning(this: Facts) -> list[str]:
    fields = [BY_NAME[name] for name in this.record["does_not_apply"]]
    # What few kinds of model have, as a vector's size, is missed on no other page.
    return [
        say(field.label)
        for field in fields
        if field.absent and (not field.modalities or Modality.TEXT in field.modalities)
    ]


READ: Mapping[str, Reader] = {
    "lifecycle": _lifecycle,
    # Those that the catalog lacks, too.
    "replacement": lambda this: list(replacements(this.record)),
}
ALSO_CITED: Mapping[str, Sequence[str]] = {"disputed": ("capabilities", "lacks")}
"""Line -> fields whose sources it cites."""
NONE = mark("None recorded")
# Field -> the lines of no field that stand before it.
OWN: Mapping[str, Sequence[SheetLine | None]] = {
    "snapshot_on": (
        SheetLine("model_id", mark("Model ID"), lambda this: [this.record["model_id"]], is_code=True),
        SheetLine("name", mark("Name"), _name),
        # The site itself decides which IDs it takes: none on record is none.
        SheetLine(
            "aliases",
            mark("Aliases"),
            lambda this: this.record["aliases"],
            absent=mark("None"),
            is_complete=True,
            is_code=True,
        ),
    ),
    "modality": (
        SheetLine("provider", mark("Provider"), _provider),
        SheetLine("family", mark("Family"), lambda this: [this.record["family"]["name"]]),
    ),
    "context_window": (SheetLine("prices", mark("Billing unit"), units),),
    "actions": (SheetLine("disputed", mark("Sources disagree on"), _disputed, absent=""),),
    "lifecycle": (SheetLine("endpoints", mark("Endpoints"), _endpoints, absent=NONE, is_code=True),),
    "commercial_use": (
        SheetLine("status", mark("Status"), _status, absent=mark("No longer served"), is_complete=True),
    ),
}
LAST = (
    SheetLine("rate_limit", mark("Rate limit"), lambda _this: []),
    SheetLine("does_not_apply", DOES_NOT_APPLY, _without_meaning, absent=""),
)
