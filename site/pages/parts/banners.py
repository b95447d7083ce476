"""Warnings above a model's page."""

from dataclasses import dataclass
from datetime import date

from catalog.comparison.similarity import successor
from catalog.records.record import SourceRecord
from catalog.text.dates_and_ratios import spoken
from catalog.text.language import say, say_many
from catalog.vocabulary import Severity
from pages.model_context import ModelContext


@dataclass(frozen=True, slots=True)
class Replacement:
    """What follows a model: the published one, else the nearest active one; empty without any."""

    name: str
    path: str | None
    is_published: bool


@dataclass(frozen=True, slots=True)
class Banner:
    """What a visitor must know first."""

    tone: str
    title: str
    text: str | None
    source: SourceRecord | None = None
    replacement: Replacement | None = None
    has_end: bool = False  # of the model's end: such a banner says what replaces it


def banners(context: ModelContext) -> list[Banner]:
    """List an open incident and the model's end of life."""
    rows = []
    status = context.this.status
    if status and status.severity != "operational":
        tone = "bad" if status.severity == "outage" else "warn"
        rows.append(Banner(tone, str(Severity(status.severity).label), status.message))
    if context.this.lifecycle in {"deprecated", "retired"}:
        rows.append(_end_of_life(context))
    return rows


def _end_of_life(context: ModelContext) -> Banner:
    record, at = context.record, context.at.date()
    retires, deprecated = record["retires_on"], record["deprecated_on"]
    name = record["name"]
    if context.this.is_retired:
        title = say("Retired on {day}", day=spoken(retires)) if retires else say("Retired")
        text = say("{name} no longer answers.", name=name)
        text += "" if retires else f" {say('The day of its retirement is not published.')}"
    elif retires:
        days = (date.fromisoformat(retires) - at).days
        title = say("Retires on {day}", day=spoken(retires))
        text = say_many("Stops answering tomorrow.", "Stops answering in {number} days.", days)
    else:
        title = say("Deprecated since {day}", day=spoken(deprecated)) if deprecated else say("Deprecated")
        text = say("The day on which {name} retires is not published.", name=name)
    source = next((row for row in record["sources"] if row["field"] == "retires_on"), None)
    return Banner(
        tone="bad" if context.this.is_retired else "warn",
        title=title,
        text=text,
        source=source if retires else None,
        replacement=_replacement(context),
        has_end=True,
    )


def _replacement(context: ModelContext) -> Replacement:
    record = context.record
    if record["replacement"]:
        named = next((one for one in context.family if one.record["model_id"] == record["replacement"]), None)
        name = named.record["name"] if named else record["replacement"]
        return Replacement(name, record["replacement_path"], is_published=True)
    near = successor(context.this, context.family)
    if near is None:
        return Replacement("", "", is_published=False)
    return Replacement(near.record["name"], near.record["path"], is_published=False)
