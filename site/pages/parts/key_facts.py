"""A model at a glance."""

from dataclasses import dataclass
from typing import Any

from catalog.presentation.wording.billing import is_task
from catalog.presentation.wording.overview_points import nothing_recorded
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import price_suffix
from catalog.records.derived_facts import gives_vectors
from catalog.records.facts import Facts, lowest
from catalog.records.phrases import action_label, amount, component, marked, unit_note
from catalog.records.record import Record
from catalog.text.dates_and_ratios import spoken
from catalog.text.language import mark, say
from pages.model_context import ModelContext

UNKNOWN = mark("Not stated")
UNPRICED = mark("Not on record")
LONGEST_LIST = 4


@dataclass(frozen=True, slots=True)
class Glance:
    """One fact of the strip; where it is not `known`, `value` says so."""

    label: str
    value: str
    unit: str = ""
    note: str = ""
    known: bool = True
    is_day: bool = False


def glances(context: ModelContext) -> list[Glance]:
    """Return at most six facts, by the kind of model."""
    record = context.record
    if record["actions"]:
        return _media(context.this)
    if nothing_recorded(context.this):
        return _little(context.this)
    return _text(context.this)


def _text(this: Facts) -> list[Glance]:
    record = this.record
    strip = {
        **_token_prices(this),
        "context_window": _number(say("Context"), record["context_window"], say("tokens")),
        **_vector_size(record),
        "max_output_tokens": _number(say("Max output"), record["max_output_tokens"], say("tokens")),
        "released_on": _day(say("Released"), record["released_on"]),
        "knowledge_cutoff": _day(say("Knowledge cutoff"), record["knowledge_cutoff"]),
    }
    return [glance for name, glance in strip.items() if name not in record["does_not_apply"]]


def _vector_size(record: Record) -> dict[str, Glance]:
    size = record["vector_size"]
    if not gives_vectors(record):
        return {}
    return {"vector_size": _number(say("Vector size"), size, say("numbers"))}


def _token_prices(this: Facts) -> dict[str, Glance]:
    prices = {
        "input_tokens": _price(say("Input"), this, "input_tokens"),
        "output_tokens": _price(say("Output"), this, "output_tokens"),
    }
    known = {meter: price for meter, price in prices.items() if price.known}
    if not known and (this.sell or this.listed):
        return {"price": _from_price(this)}
    # What has no longest output, as an embedding model, writes no tokens.
    return known if known and "max_output_tokens" in this.record["does_not_apply"] else prices


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
    # Media models state different limits; the strip has six places.
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
    if listed is None:
        return _amount(label, price, "")
    beside = marked(amount(listed), is_inferred=listed["unit_is_inferred"])
    return _amount(label, price, say("List {amount}", amount=beside))


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
    # A note may have a mark of its own: that of the price comes first.
    return Glance(label, amount(price), unit, ", ".join(filter(None, [unit_note(price), note])))


def _number(label: str, number: int | None, unit: str) -> Glance:
    return Glance(label, f"{number:,}", unit) if number else Glance(label, say(UNKNOWN), known=False)


def _day(label: str, day: str | None) -> Glance:
    return Glance(label, spoken(day), is_day=True) if day else Glance(label, say(UNKNOWN), known=False)


def _allowed(this: Facts, name: str) -> list[Any]:
    """Return a parameter's values over all actions, each once."""
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
    # Every second from first to last is a range, not a list.
    if len(seconds) > 2 and seconds == list(range(seconds[0], seconds[-1] + 1)):
        return Glance(say("Duration"), f"{seconds[0]}\N{EN DASH}{seconds[-1]}", say("seconds"))
    return Glance(say("Duration"), ", ".join(map(str, seconds[:6])), say("seconds"))


def _choices(this: Facts, name: str, label: str) -> Glance | None:
    values = [str(value) for value in _allowed(this, name)]
    if not values:
        return None
    more = say("and {number} more", number=len(values) - LONGEST_LIST) if len(values) > LONGEST_LIST else ""
    return Glance(label, ", ".join(values[:LONGEST_LIST]), more)
