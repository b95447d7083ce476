"""The spec sheet: every field a model can have, its value or that it is not stated, and where it was read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from catalog.presentation.wording.billing import units
from catalog.records.facts import Facts
from catalog.records.phrases import NOT_STATED_PROVIDER, lifecycle_word
from catalog.text.language import mark, say
from catalog.text.values import spoken
from catalog.vocabulary import CAPABILITIES, Modality, Severity, TaskType
from pages.model_context import ModelContext
from pages.parts.sources import Footnote, Footnotes

UNKNOWN = mark("Not stated")


@dataclass(frozen=True, slots=True)
class SpecLine:
    """One line of the sheet. `words` are shown one after another, as code where `is_code`."""

    label: str
    words: list[str]
    known: bool = True
    is_code: bool = False
    href: str = ""
    sources: list[Footnote] = field(default_factory=list)


Reader = Callable[[Facts], list[str]]


def spec_sheet(context: ModelContext) -> dict[str, Any]:
    """Build the sheet."""
    notes = Footnotes("spec-source")
    fields = []
    for key, label, read, is_code, absent in ROWS:
        words = [word for word in read(context.this) if word]
        # A stage that a date decides has the source of that date.
        is_decided = key == "lifecycle" and context.this.lifecycle != context.record["stated_lifecycle"]
        told_by = "retires_on" if is_decided else key
        cited = [
            notes.cite(row["url"], row["label"], row["checked_on"])
            for row in context.record["sources"]
            if words and row["field"] == told_by
        ]
        sources = list(dict.fromkeys(note for note in cited if note))
        fields.append(
            SpecLine(say(label), words or [say(absent)], bool(words), is_code, _href(key, context), sources)
        )
    return {"fields": fields, "footnotes": notes.notes, "name": context.record["name"]}


def _href(key: str, context: ModelContext) -> str:
    record = context.record
    if key == "provider" and record["provider"]["slug"] != NOT_STATED_PROVIDER:
        return f"/providers/{record['provider']['slug']}"
    if key == "family":
        return f"/models/{record['family']['slug']}"
    return record["replacement_path"] or "" if key == "replacement" else ""


def _text(key: str) -> Reader:
    return lambda this: [str(this.record[key] or "")]  # type: ignore[literal-required]


def _tokens(key: str) -> Reader:
    def read(this: Facts) -> list[str]:
        number = this.record[key]  # type: ignore[literal-required]
        return [say("{number} tokens", number=f"{number:,}")] if number else []

    return read


def _date(key: str) -> Reader:
    def read(this: Facts) -> list[str]:
        day = this.record[key]  # type: ignore[literal-required]
        return [spoken(day)] if day else []

    return read


def _modalities(key: str) -> Reader:
    return lambda this: [str(Modality(word).label) for word in this.record[key]]  # type: ignore[literal-required]


def _yes_no(key: str) -> Reader:
    def read(this: Facts) -> list[str]:
        is_so: bool | None = this.record[key]  # type: ignore[literal-required]
        return [] if is_so is None else [say("Yes") if is_so else say("No")]

    return read


def _modality(this: Facts) -> list[str]:
    word = this.record["modality"]
    return [str(Modality(word).label)] if word else []


def _task_type(this: Facts) -> list[str]:
    word = this.record["task_type"]
    return [str(TaskType(word).label)] if word else []


def _status(this: Facts) -> list[str]:
    return [str(Severity(this.status.severity).label)] if this.status else []


def _lifecycle(this: Facts) -> list[str]:
    return [lifecycle_word(this)] if this.lifecycle else []


def _endpoints(this: Facts) -> list[str]:
    return [f"{row['method']} {row['path']}" for row in this.record["endpoints"]]


def _capabilities(this: Facts) -> list[str]:
    return [say(CAPABILITIES.get(word, word)) for word in this.record["capabilities"]]


def _provider(this: Facts) -> list[str]:
    provider = this.record["provider"]
    return [] if provider["slug"] == NOT_STATED_PROVIDER else [provider["name"]]


def _name(this: Facts) -> list[str]:
    return [this.record["name"]] if this.record["name"] != this.record["model_id"] else []


ROWS: tuple[tuple[str, str, Reader, bool, str], ...] = (
    ("model_id", mark("Model ID"), _text("model_id"), True, UNKNOWN),
    ("name", mark("Name"), _name, False, UNKNOWN),
    ("aliases", mark("Aliases"), lambda this: this.record["aliases"], True, mark("None recorded")),
    ("snapshot_on", mark("Dated snapshot"), _date("snapshot_on"), False, mark("None recorded")),
    ("provider", mark("Provider"), _provider, False, UNKNOWN),
    ("family", mark("Family"), lambda this: [this.record["family"]["name"]], False, UNKNOWN),
    ("modality", mark("Modality"), _modality, False, UNKNOWN),
    ("input_modalities", mark("Reads"), _modalities("input_modalities"), False, UNKNOWN),
    ("output_modalities", mark("Writes"), _modalities("output_modalities"), False, UNKNOWN),
    ("task_type", mark("Task type"), _task_type, False, UNKNOWN),
    ("prices", mark("Billing unit"), units, False, mark("Not published")),
    ("context_window", mark("Context window"), _tokens("context_window"), False, UNKNOWN),
    ("max_output_tokens", mark("Max output"), _tokens("max_output_tokens"), False, UNKNOWN),
    ("knowledge_cutoff", mark("Knowledge cutoff"), _date("knowledge_cutoff"), False, UNKNOWN),
    ("capabilities", mark("Capabilities"), _capabilities, False, UNKNOWN),
    ("actions", mark("Actions"), lambda this: this.record["actions"], True, mark("None recorded")),
    ("endpoints", mark("Endpoints"), _endpoints, True, mark("None recorded")),
    ("lifecycle", mark("Lifecycle"), _lifecycle, False, UNKNOWN),
    ("released_on", mark("Released"), _date("released_on"), False, UNKNOWN),
    ("deprecated_on", mark("Deprecated"), _date("deprecated_on"), False, UNKNOWN),
    ("retires_on", mark("Retires"), _date("retires_on"), False, UNKNOWN),
    ("replacement", mark("Replacement"), _text("replacement"), True, mark("Not published")),
    ("status", mark("Status"), _status, False, mark("No longer served")),
    ("commercial_use", mark("Commercial use"), _yes_no("commercial_use"), False, UNKNOWN),
    ("open_weights", mark("Open weights"), _yes_no("open_weights"), False, UNKNOWN),
    ("rate_limit", mark("Rate limit"), lambda _this: [], False, mark("Not published per model")),
)
"""Key (which sources name), label, reader, whether it is code, and what stands where it is absent."""
