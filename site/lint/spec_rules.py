"""What each row of a model's spec sheet must say, from its facts."""

import re
from collections.abc import Callable, Iterator, Mapping

from catalog.pricing.units import price_suffix
from catalog.records.facts import Facts
from catalog.text.values import spoken
from catalog.vocabulary import CAPABILITIES, Modality, TaskType

ABSENT = frozenset(
    {"Not stated", "Not published", "Not published per model", "None recorded", "No longer served"}
)
YES_NO = {True: "Yes", False: "No", None: ""}


def _day(key: str) -> Callable[[Facts], str]:
    return lambda facts: spoken(facts.record[key]) if facts.record[key] else ""  # type: ignore[literal-required]


def _tokens(key: str) -> Callable[[Facts], str]:
    return lambda facts: f"{facts.record[key]:,} tokens" if facts.record[key] else ""  # type: ignore[literal-required]


def _kinds(key: str) -> Callable[[Facts], str]:
    return lambda facts: ", ".join(Modality(word).label for word in facts.record[key])  # type: ignore[literal-required]


SPEC: Mapping[str, Callable[[Facts], str]] = {
    "Model ID": lambda facts: facts.record["model_id"],
    "Aliases": lambda facts: ", ".join(facts.record["aliases"]),
    "Dated snapshot": _day("snapshot_on"),
    "Reads": _kinds("input_modalities"),
    "Writes": _kinds("output_modalities"),
    "Task type": lambda facts: TaskType(facts.record["task_type"]).label if facts.record["task_type"] else "",
    "Context window": _tokens("context_window"),
    "Max output": _tokens("max_output_tokens"),
    "Knowledge cutoff": _day("knowledge_cutoff"),
    "Capabilities": lambda facts: ", ".join(CAPABILITIES[word] for word in facts.record["capabilities"]),
    "Endpoints": lambda facts: ", ".join(
        f"{row['method']} {row['path']}" for row in facts.record["endpoints"]
    ),
    "Lifecycle": lambda facts: (facts.lifecycle or "").capitalize(),
    "Released": _day("released_on"),
    "Deprecated": _day("deprecated_on"),
    "Retires": _day("retires_on"),
    "Replacement": lambda facts: facts.record["replacement"] or "",
    "Commercial use": lambda facts: YES_NO[facts.record["commercial_use"]],
    "Open weights": lambda facts: YES_NO[facts.record["open_weights"]],
    "Rate limit": lambda _facts: "",
}
"""Label of a row -> what it says; empty where nothing is on record."""


def row_problems(facts: Facts, shown: Mapping[str, str]) -> Iterator[str]:
    """Compare the rows of a sheet, label by label, with the facts."""
    for label, read in SPEC.items():
        said, wanted = shown.get(label), read(facts)
        if said is None:
            yield f"there is no row {label!r}"
        elif wanted and said != wanted:
            yield f"{label} is {said!r}, on record {wanted!r}"
        elif not wanted and said not in ABSENT:
            yield f"{label} is {said!r}, and nothing is on record"
    yield from _billing_unit(facts, shown.get("Billing unit"))


def _billing_unit(facts: Facts, said: str | None) -> Iterator[str]:
    """Require the billing unit to be one of a current price."""
    units = {price_suffix(price["meter"], price["per"]) for price in facts.prices}
    if said is None:
        yield "there is no row 'Billing unit'"
    elif not units and said not in ABSENT:
        yield f"Billing unit is {said!r}, and no price is on record"
    elif units:
        for word in re.split(r", | and ", said):
            if word not in units and word.lower() != "free":
                yield f"Billing unit {word!r} is none of {sorted(units)}"
