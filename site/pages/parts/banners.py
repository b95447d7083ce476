"""Warnings above a model's page."""

from dataclasses import dataclass
from datetime import date

from catalog.comparison.similarity import successor
from catalog.records.record import SourceRecord
from catalog.search.successors import NamedModel
from catalog.text.dates_and_ratios import spoken
from catalog.text.language import say, say_many
from catalog.vocabulary import Severity
from pages.model_context import ModelContext
from pages.parts.deciding_statements import decides_stage, source_of


@dataclass(frozen=True, slots=True)
class Replacement:
    """What follows a model: `stated` by sources, `living` where these lead to, else the `nearest`."""

    stated: list[NamedModel]
    living: NamedModel | None = None
    nearest: NamedModel | None = None
    source: SourceRecord | None = None  # of `stated`, where it is not the banner's

    @property
    def instead(self) -> NamedModel | None:
        """Return what to use where all that sources name is ending, too."""
        return self.living if self.living not in self.stated else None


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
        text += "" if retires else f" {say('The day of its retirement is not on record here.')}"
    elif retires:
        days = (date.fromisoformat(retires) - at).days
        title = say("Retires on {day}", day=spoken(retires))
        text = say_many("Stops answering tomorrow.", "Stops answering in {number} days.", days)
    else:
        title = say("Deprecated since {day}", day=spoken(deprecated)) if deprecated else say("Deprecated")
        text = _open_end(context)
    source = _source(context)
    return Banner(
        tone="bad" if context.this.is_retired else "warn",
        title=title,
        text=text,
        source=source,
        replacement=_replacement(context, source),
        has_end=True,
    )


def _open_end(context: ModelContext) -> str:
    name, earliest = context.record["name"], context.record["retires_not_before"]
    if earliest:
        return say("{name} retires not before {day}.", name=name, day=spoken(earliest))
    return say("The day on which {name} retires is not on record here.", name=name)


def _source(context: ModelContext) -> SourceRecord | None:
    # Of what the title says: the day of the end, else what makes it deprecated.
    record = context.record
    name = "retires_on" if record["retires_on"] else decides_stage(context)
    others = (row for row in record["sources"] if row["field"] == name)
    return source_of(name, context) or next(others, None)


def _replacement(context: ModelContext, beside: SourceRecord | None) -> Replacement:
    follows = context.successors
    source = source_of("replacement", context)
    # The warning has one source where the same row says both.
    if source and beside and (source["url"], source["label"]) == (beside["url"], beside["label"]):
        source = None
    stated = list(follows.stated)
    if follows.living:
        return Replacement(stated, follows.living, source=source)
    near = successor(context.this, context.family)
    if near is None:
        return Replacement(stated, source=source)
    row = near.record
    nearest = NamedModel(row["model_id"], row["name"], row["path"], near.lifecycle)
    return Replacement(stated, nearest=nearest, source=source)
