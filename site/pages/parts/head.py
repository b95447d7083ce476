"""The top of a model's page: chips, facts at a glance, banners and actions."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from catalog.comparison import named_models
from catalog.comparison.similarity import successor
from catalog.presentation.wording.billing import is_task
from catalog.presentation.wording.overview import nothing_recorded
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import price_suffix
from catalog.records.facts import Facts, lowest
from catalog.records.phrases import action_label, amount, component, lifecycle_word
from catalog.records.record import SourceRecord
from catalog.text.language import mark, say, say_many
from catalog.text.values import spoken
from catalog.vocabulary import Modality, Severity
from pages.model_context import ModelContext

UNKNOWN = mark("Not stated")
UNPRICED = mark("Not published")
LONGEST_LIST = 4
COMMERCIAL_USE = {
    True: ("plain", mark("Commercial use")),
    False: ("plain", mark("No commercial use")),
    None: ("unknown", mark("Commercial use not stated")),
}


@dataclass(frozen=True, slots=True)
class Glance:
    """One fact of the strip; `value` is what it says where nothing is known, `known` whether something is."""

    label: str
    value: str
    unit: str = ""
    note: str = ""
    known: bool = True
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """One word a model is marked with, and the tone it is drawn in."""

    tone: str
    word: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """What follows a model: the published one, else the nearest that is active; empty where there is none."""

    name: str
    path: str | None
    is_published: bool


@dataclass(frozen=True, slots=True)
class Banner:
    """What a visitor must know first; `has_end` banners say what replaces the model."""

    tone: str
    title: str
    text: str | None
    source: SourceRecord | None = None
    replacement: Replacement | None = None
    has_end: bool = False


@dataclass(frozen=True, slots=True)
class PageAction:
    """One thing to do with the page."""

    label: str
    href: str
    title: str


def chips(context: ModelContext) -> list[Chip]:
    """List status, lifecycle, modality and commercial use."""
    this, record = context.this, context.record
    status = (
        [] if this.status is None else [Chip(this.status.severity, str(Severity(this.status.severity).label))]
    )
    modality = (
        Chip("plain", str(Modality(record["modality"]).label))
        if record["modality"]
        else Chip("unknown", say("Modality not stated"))
    )
    tone, word = COMMERCIAL_USE[record["commercial_use"]]
    return [*status, Chip(this.lifecycle or "unknown", _stage(this)), modality, Chip(tone, say(word))]


def _stage(this: Facts) -> str:
    return lifecycle_word(this) if this.lifecycle else say("Lifecycle not stated")


def glances(context: ModelContext) -> list[Glance]:
    """Return six facts, chosen by the kind of model."""
    record = context.record
    if record["actions"]:
        return _media(context.this)
    if nothing_recorded(context.this):
        return _little(context.this)
    return _text(context.this)


def _text(this: Facts) -> list[Glance]:
    record = this.record
    return [
        _price(say("Input"), this, "input_tokens"),
        _price(say("Output"), this, "output_tokens"),
        _number(say("Context"), record["context_window"]),
        _number(say("Max output"), record["max_output_tokens"]),
        _day(say("Released"), record["released_on"]),
        _day(say("Knowledge cutoff"), record["knowledge_cutoff"]),
    ]


def _media(this: Facts) -> list[Glance]:
    record = this.record
    actions = [action_label(action) for action in record["actions"]]
    first = (
        Glance(say("Actions"), str(len(actions))) if len(actions) > 1 else Glance(say("Action"), actions[0])
    )
    answers = Glance(say("Answers"), say("With a task") if is_task(this) else say("At once"))
    limits = (
        _durations(this),
        _choices(this, "output_resolution", say("Resolution")),
        _choices(this, "aspect_ratio", say("Aspect ratio")),
    )
    released = _day(say("Released"), record["released_on"])
    return [_from_price(this), first, answers, *filter(None, limits), released][:6]


def _little(this: Facts) -> list[Glance]:
    unknown = [
        Glance(label, say(UNKNOWN), known=False)
        for label in (say("Modality"), say("Context"), say("Answers"), say("Released"))
    ]
    return [
        _from_price(this),
        Glance(say("Endpoint"), say("None recorded"), known=False),
        *unknown,
    ]


def _price(label: str, this: Facts, meter: str) -> Glance:
    price, listed = this.quoted(meter), this.base("list", meter)
    if price is None:
        return Glance(label, say(UNPRICED), known=False)
    if price["kind"] == "list":
        return _amount(label, price, say("List price"))
    note = say("List {amount}", amount=amount(listed)) if listed else ""
    return _amount(label, price, note)


def _from_price(this: Facts) -> Glance:
    rows = this.sell or this.listed
    cheapest = lowest(rows)
    if cheapest is None:
        if rows:
            return Glance(say("Price"), amount(rows[0]))
        return Glance(say("Price"), say(UNPRICED), known=False)
    note = say("List price") if cheapest.price["kind"] == "list" else ""
    if len({row["meter"] for row in rows}) > 1:
        note = component(cheapest.price)
    return _amount(say("Price from") if cheapest.is_from else say("Price"), cheapest.price, note)


def _amount(label: str, price: PriceRecord, note: str) -> Glance:
    unit = price_suffix(price["meter"], price["per"]) if price["state"] == "known" else ""
    return Glance(label, amount(price), unit, note)


def _number(label: str, tokens: int | None) -> Glance:
    return Glance(label, f"{tokens:,}", say("tokens")) if tokens else Glance(label, say(UNKNOWN), known=False)


def _day(label: str, day: str | None) -> Glance:
    return Glance(label, spoken(day), is_day=True) if day else Glance(label, say(UNKNOWN), known=False)


def _allowed(this: Facts, name: str) -> list[Any]:
    """Return the allowed values of a parameter over all actions, each once."""
    values: dict[str, Any] = {}
    for rows in this.record["parameters"].values():
        for row in rows:
            if row["name"] == name:
                values |= {str(value): value for value in row["enum"] or []}
    return list(values.values())


def _durations(this: Facts) -> Glance | None:
    seconds = sorted(value for value in _allowed(this, "duration_seconds") if isinstance(value, int))
    if not seconds:
        return None
    if len(seconds) > 2 and seconds == list(range(seconds[0], seconds[-1] + 1)):
        return Glance(say("Duration"), f"{seconds[0]}\N{EN DASH}{seconds[-1]}", say("seconds"))
    return Glance(say("Duration"), ", ".join(map(str, seconds[:6])), say("seconds"))


def _choices(this: Facts, name: str, label: str) -> Glance | None:
    values = [str(value) for value in _allowed(this, name)]
    if not values:
        return None
    more = say("and {number} more", number=len(values) - LONGEST_LIST) if len(values) > LONGEST_LIST else ""
    return Glance(label, ", ".join(values[:LONGEST_LIST]), more)


def banners(context: ModelContext) -> list[Banner]:
    """List an open incident and the end of the model's life."""
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


def actions(context: ModelContext) -> list[PageAction]:
    """List what can be done with this page."""
    address = quote(f"/api/v1/models/{context.record['model_id']}", safe="/:@~")
    return [
        PageAction(
            label=say("Compare"),
            href=named_models.path([context.record["model_id"]]),
            title=say("Put other models beside this one"),
        ),
        PageAction(label="JSON", href=address, title=say("This model as the API answers it")),
    ]
