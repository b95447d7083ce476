"""Sentences about money, chosen by what a model is charged by and by how its calls are answered."""

from typing import Literal

from catalog.facts import Facts
from catalog.record import PriceRecord
from catalog.units import METERS, price_suffix
from catalog.vocabulary import PriceState, TaskType
from catalog.wording.phrases import join, maker, unique

Shape = Literal["tokens", "media", "requests", "mixed", "unpriced"]


def shape(facts: Facts) -> Shape:
    """Say what sort of thing is charged now, by this site or by the model's own provider."""
    groups = {METERS[price["meter"]].group for price in _charged(facts)}
    if not groups:
        return "unpriced"
    return groups.pop() if len(groups) == 1 else "mixed"


def units(facts: Facts) -> list[str]:
    """List the units of the prices that hold now: "per 1M tokens", "per image"."""
    return unique(price_suffix(price["meter"], price["per"]) for price in _charged(facts))


def is_task(facts: Facts) -> bool:
    """Say whether calls are answered with a task to wait for."""
    return facts.record["task_type"] == TaskType.ASYNCHRONOUS


def failure(facts: Facts) -> str:
    """Say what a failure costs, in the words of the model's task type and unit."""
    name, word = facts.record["name"], "task" if is_task(facts) else "call"
    if not facts.record["task_type"]:
        return f"What fails is never charged, {name} included."
    never = f"A {word} to {name} that fails is never charged"
    kind = shape(facts)
    if kind == "tokens":
        return f"{never}: only the tokens of an answered {word} are counted, {join(units(facts))}."
    if kind == "unpriced":
        return f"{never}."
    return f"{never}: only a completed {word} is, {join(units(facts), 'or')}."


def basis(facts: Facts) -> str:
    """Say how a model is charged, and where only its list price is known, that this is so."""
    name = facts.record["name"]
    if not facts.prices:
        return f"No price of {name} is published, neither what this site charges nor a list price."
    if all(price["state"] == PriceState.FREE for price in _charged(facts)):
        said = "free"
    else:
        said = f"priced {join(units(facts))}"
    if facts.sell:
        return f"{name} is {said}."
    whose = maker(facts.record)
    return f"What this site charges for {name} is not published. By the list of {whose} it is {said}."


def _charged(facts: Facts) -> list[PriceRecord]:
    return facts.sell or facts.listed
