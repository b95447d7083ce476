"""Sentences about billing."""

from typing import Literal

from catalog.pricing.price import PriceRecord
from catalog.pricing.units import METERS, price_suffix
from catalog.records.facts import Facts
from catalog.records.phrases import join, maker, unique
from catalog.text.language import say
from catalog.vocabulary import PriceState, TaskType

Shape = Literal["tokens", "media", "requests", "mixed", "unpriced"]


def shape(facts: Facts) -> Shape:
    """Return what is charged, by sell prices, else list prices."""
    groups = {METERS[price["meter"]].group for price in _charged(facts)}
    if not groups:
        return "unpriced"
    return groups.pop() if len(groups) == 1 else "mixed"


def units(facts: Facts) -> list[str]:
    """List current units: "per 1M tokens", "per image"."""
    return unique(price_suffix(price["meter"], price["per"]) for price in _charged(facts))


def is_task(facts: Facts) -> bool:
    """Whether calls are async."""
    return facts.record["task_type"] == TaskType.ASYNCHRONOUS


def failure(facts: Facts) -> str:
    """Return what a failed call costs."""
    name, task, kind = facts.record["name"], is_task(facts), shape(facts)
    if not facts.record["task_type"]:
        return say("What fails is never charged, {name} included.", name=name)
    if kind == "tokens":
        return say(
            "A task to {name} that fails is never charged: only the tokens of an answered task are counted, "
            "{units}."
            if task
            else "A call to {name} that fails is never charged: only the tokens of an answered call are "
            "counted, {units}.",
            name=name,
            units=join(units(facts)),
        )
    if kind == "unpriced":
        return say(
            "A task to {name} that fails is never charged."
            if task
            else "A call to {name} that fails is never charged.",
            name=name,
        )
    return say(
        "A task to {name} that fails is never charged: only a completed task is, {units}."
        if task
        else "A call to {name} that fails is never charged: only a completed call is, {units}.",
        name=name,
        units=join(units(facts), "or"),
    )


def basis(facts: Facts) -> str:
    """Return how a model is charged."""
    name = facts.record["name"]
    if not facts.prices and facts.is_read_later:
        return say("No price of {name} is on record at that time.", name=name)
    if not facts.prices:
        return say(
            "No price of {name} is published, neither what this site charges nor a list price.", name=name
        )
    is_free = all(price["state"] == PriceState.FREE for price in _charged(facts))
    if facts.sell:
        return say(
            "{name} is free." if is_free else "{name} is priced {units}.",
            name=name,
            units=join(units(facts)),
        )
    charges = say(
        "What this site charges for {name} is not quoted, as its unit is inferred."
        if any(row.get("is_held_back") for row in facts.record["prices"])
        else "What this site charges for {name} is not published.",
        name=name,
    )
    lists = say(
        "By the list of {provider} it is free."
        if is_free
        else "By the list of {provider} it is priced {units}.",
        provider=maker(facts.record),
        units=join(units(facts)),
    )
    return f"{charges} {lists}"


def _charged(facts: Facts) -> list[PriceRecord]:
    return facts.sell or facts.listed
