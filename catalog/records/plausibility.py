"""Values that are possible and hardly true: each is a question for a person, none is refused."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from catalog.records.action_content import chief_of
from catalog.records.stated_model import Siblings, StatedModel
from catalog.text.language import say

ALIKE = 3
"""From so many others on, models that raise a question are counted instead of named."""
SCALE = 100
"""So many times a sibling's price is a slip of two decimal places."""
OLDEST_READING = timedelta(days=90)
_SNAPSHOT = re.compile(r"(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])\Z")


Rule = Callable[[StatedModel, Siblings, date], Iterable[str]]


def questions(family: Sequence[StatedModel], day: date) -> Iterator[tuple[str, str]]:
    """Yield the ID of a model and what is hardly true of it beside its siblings, as of a day."""
    siblings = Siblings(family)
    for model in family:
        for rule in RULES:
            for text in rule(model, siblings, day):
                yield model.model_id, text


def together(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield subject, text and ID; what more than ALIKE models raise in the same words is asked once."""
    about: dict[str, list[str]] = defaultdict(list)
    for model_id, text in rows:
        about[text].append(model_id)
    for text, (first, *others) in about.items():
        if len(others) < ALIKE:
            yield from ((model_id, text, model_id) for model_id in (first, *others))
        else:
            yield say("{model} and {count} more", model=first, count=len(others)), text, first


def _price_scale(this: StatedModel, siblings: Siblings, _day: date) -> Iterator[str]:
    for price in this.prices:
        extremes = siblings.extremes(this, price.terms) if price.amount else None
        if not price.amount or extremes is None:
            continue
        cheapest, dearest = extremes
        about = {"kind": price.kind, "meter": price.meter, "amount": f"{price.amount:f}", "scale": SCALE}
        if price.amount >= SCALE * dearest:
            yield say("{kind} {meter}: {amount} is {scale} times the price of any sibling, or more", **about)
        elif price.amount * SCALE <= cheapest:
            yield say("{kind} {meter}: {amount} is a {scale}th of the price of any sibling, or less", **about)


def _release(this: StatedModel, _siblings: Siblings, day: date) -> Iterator[str]:
    released = this.fields.get("released_on")
    if released and released > day:
        yield say("released_on: {day} is still to come", day=released)


def _limits(this: StatedModel, _siblings: Siblings, _day: date) -> Iterator[str]:
    window, output = this.fields.get("context_window"), this.fields.get("max_output_tokens")
    if window and output and output > window:
        yield say(
            "max_output_tokens: {output} is above the context window {window}", output=output, window=window
        )


def _snapshot_aliases(this: StatedModel, _siblings: Siblings, _day: date) -> Iterator[str]:
    own = this.fields.get("snapshot_on") or snapshot_day(this.model_id)
    for alias in this.aliases:
        named = snapshot_day(alias)
        if named and named != own:
            yield say(
                "aliases: {alias} names the snapshot of {day}, a model of its own", alias=alias, day=named
            )


def _successor(this: StatedModel, siblings: Siblings, day: date) -> Iterator[str]:
    retires = this.fields.get("retires_on")
    if not retires or retires <= day or this.has_replacement:
        return
    if any(not (sibling.fields.get("retires_on") or sibling.ends_by(day)) for sibling in siblings.models):
        yield say("retires_on: {day} without a replacement, and siblings go on", day=retires)


def _readings(this: StatedModel, _siblings: Siblings, day: date) -> Iterator[str]:
    days = [price.checked_on for price in this.prices if price.kind == "list" and price.checked_on]
    if days and min(days) < day - OLDEST_READING and not this.ends_by(day):
        yield say(
            "list prices: read on {day}, more than {days} days ago", day=min(days), days=OLDEST_READING.days
        )


def _modality(this: StatedModel, _siblings: Siblings, _day: date) -> Iterator[str]:
    stated, content = this.fields.get("modality"), chief_of(this.fields.get("actions") or ())
    if stated and content and content != stated:
        yield say("modality: {stated}, and its actions are of {content}", stated=stated, content=content)


RULES: Sequence[Rule] = (_price_scale, _release, _limits, _snapshot_aliases, _modality, _successor, _readings)


def snapshot_day(model_id: str) -> date | None:
    """Return the day that ends an ID, as in `claude-sonnet-4-5-20250929`, or None."""
    match = _SNAPSHOT.search(model_id)
    if not match:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None
