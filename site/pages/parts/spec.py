"""The spec sheet: every field a model can have, with its sources."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import partial

from catalog.presentation.wording.billing import units
from catalog.records.facts import Facts
from catalog.records.field_types import RowsType
from catalog.records.fields import BY_NAME, in_groups
from catalog.records.model_field import FieldGroup, ModelField, placed
from catalog.records.phrases import NOT_STATED_PROVIDER, lifecycle_word
from catalog.text.language import mark, say
from catalog.vocabulary import Severity
from pages.model_context import ModelContext
from pages.parts.footnotes import Footnote, Footnotes

UNKNOWN = mark("Not stated")


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


Reader = Callable[[Facts], list[str]]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """How a line is written."""

    key: str  # as sources name it
    label: str
    read: Reader
    is_code: bool = False
    absent: str = UNKNOWN  # where nothing is known


def spec_sheet(context: ModelContext) -> SpecSheet:
    """Build the sheet."""
    notes = Footnotes("spec-source")
    fields = []
    for line in _lines(context.this):
        words = [word for word in line.read(context.this) if word]
        # A stage that a date decides has the source of that date.
        is_decided = line.key == "lifecycle" and context.this.lifecycle != context.record["stated_lifecycle"]
        told_by = "retires_on" if is_decided else line.key
        cited = [
            notes.cite(row["url"], row["label"], row["checked_on"])
            for row in context.record["sources"]
            if words and row["field"] == told_by
        ]
        sources = list(dict.fromkeys(note for note in cited if note))
        shown = words or [say(line.absent)]
        hrefs = _hrefs(line.key, context) or [""] * len(shown)
        fields.append(SpecLine(say(line.label), shown, hrefs, bool(words), line.is_code, sources))
    return SpecSheet(fields, notes.notes, context.record["name"])


def _lines(this: Facts) -> list[SheetLine]:
    # Lines of no field, such as the model's ID, stand among those of fields.
    lines = [(field.name, _line(field, this)) for field in in_groups(*FieldGroup)]
    return [line for line in placed(lines, OWN, LAST) if line]


def _line(field: ModelField, this: Facts) -> SheetLine | None:
    if not field.applies_to(this.record) and not field.type.words(field.value(this.record)):
        return None
    read = _lifecycle if field.name == "lifecycle" else partial(_words, field)
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
    if key == "replacement" and record["replacement_path"]:
        return [record["replacement_path"]]
    return field.type.addresses(field.value(record)) if field and isinstance(field.type, RowsType) else []


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
    return [this.record["name"]] if this.record["name"] != this.record["model_id"] else []


NONE = mark("None recorded")
# Field -> the lines of no field that stand before it.
OWN: Mapping[str, Sequence[SheetLine | None]] = {
    "snapshot_on": (
        SheetLine("model_id", mark("Model ID"), lambda this: [this.record["model_id"]], is_code=True),
        SheetLine("name", mark("Name"), _name),
        SheetLine("aliases", mark("Aliases"), lambda this: this.record["aliases"], absent=NONE, is_code=True),
    ),
    "modality": (
        SheetLine("provider", mark("Provider"), _provider),
        SheetLine("family", mark("Family"), lambda this: [this.record["family"]["name"]]),
    ),
    "context_window": (SheetLine("prices", mark("Billing unit"), units, absent=mark("Not published")),),
    "lifecycle": (SheetLine("endpoints", mark("Endpoints"), _endpoints, absent=NONE, is_code=True),),
    "commercial_use": (SheetLine("status", mark("Status"), _status, absent=mark("No longer served")),),
}
LAST = (
    SheetLine("rate_limit", mark("Rate limit"), lambda _this: [], absent=mark("Not published per model")),
)
