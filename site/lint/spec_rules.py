"""What each row of a spec sheet must show."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from catalog.pricing.units import price_suffix
from catalog.records.facts import Facts
from catalog.records.fields import FIELDS
from catalog.records.model_field import ModelField

ABSENT = frozenset(
    {"Not stated", "Not published", "Not published per model", "None recorded", "No longer served"}
)


def _words(field: ModelField, facts: Facts) -> str:
    words = field.type.words(field.value(facts.record))
    return ", ".join(f"{word} {field.unit}".strip() for word in words)


SPEC: Mapping[str, Callable[[Facts], str]] = {
    **{field.label: partial(_words, field) for field in FIELDS if not field.modalities},
    "Model ID": lambda facts: facts.record["model_id"],
    "Aliases": lambda facts: ", ".join(facts.record["aliases"]),
    "Endpoints": lambda facts: ", ".join(
        f"{row['method']} {row['path']}" for row in facts.record["endpoints"]
    ),
    "Lifecycle": lambda facts: (facts.lifecycle or "").capitalize(),
    "Rate limit": lambda _facts: "",
}
"""Label -> expected text; empty if nothing is recorded."""


def row_problems(facts: Facts, shown: Mapping[str, str]) -> Iterator[str]:
    """Compare rows of a sheet with the facts."""
    for label, read in SPEC.items():
        value, expected = shown.get(label), read(facts)
        if value is None:
            yield f"there is no row {label!r}"
        elif expected and value != expected:
            yield f"{label} is {value!r}, on record {expected!r}"
        elif not expected and value not in ABSENT:
            yield f"{label} is {value!r}, and nothing is on record"
    yield from _billing_unit(facts, shown.get("Billing unit"))


def _billing_unit(facts: Facts, value: str | None) -> Iterator[str]:
    """Require the unit of a current price."""
    units = {price_suffix(price["meter"], price["per"]) for price in facts.prices}
    if value is None:
        yield "there is no row 'Billing unit'"
    elif not units and value not in ABSENT:
        yield f"Billing unit is {value!r}, and no price is on record"
    elif units:
        for word in re.split(r", | and ", value):
            if word not in units and word.lower() != "free":
                yield f"Billing unit {word!r} is none of {sorted(units)}"
