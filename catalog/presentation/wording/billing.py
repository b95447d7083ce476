"""Sentences about billing."""

from catalog.pricing.price import PriceRecord
from catalog.pricing.units import price_suffix
from catalog.records.facts import Facts
from catalog.records.phrases import join, maker, unique
from catalog.records.promises import Promises
from catalog.text.language import say
from catalog.vocabulary import PriceState, PromiseName, TaskType


def units(facts: Facts) -> list[str]:
    """List current units: "per 1M tokens", "per image"."""
    return unique(price_suffix(price["meter"], price["per"]) for price in _charged(facts))


def is_task(facts: Facts) -> bool:
    """Whether calls are async."""
    return facts.record["task_type"] == TaskType.ASYNCHRONOUS


def failure(facts: Facts, promises: Promises) -> str:
    """Return that failed calls are free, blank where nobody promises it."""
    if PromiseName.FAILED_CALLS_ARE_FREE not in promises:
        return ""
    return say("Failed tasks are free." if is_task(facts) else "Failed calls are free.")


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
