"""What each row of a spec sheet must show."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from catalog.comparison.table import DOES_NOT_APPLY
from catalog.pricing.units import price_suffix
from catalog.records.end_of_life import replacements
from catalog.records.facts import Facts
from catalog.records.fields import BY_NAME, FIELDS
from catalog.records.model_field import ModelField
from catalog.records.phrases import field_label

ABSENT = frozenset(
    {
        "Not stated",
        "Not on record here",
        "Not on record",
        "None recorded",
        "No longer served",
        "None",
    }
)

_RETIRES = BY_NAME["retires_on"]
"""Its row is named by whether the day has come."""


def _words(field: ModelField, facts: Facts) -> str:
    words = field.type.words(field.value(facts.record))
    return ", ".join(f"{word} {field.unit}".strip() for word in words)


SPEC: Mapping[str, Callable[[Facts], str]] = {
    **{
        field.label: partial(_words, field)
        for field in FIELDS
        if field.absent and field.name != "end_of_life"
    },
    "Model ID": lambda facts: facts.record["model_id"],
    "Aliases": lambda facts: ", ".join(facts.record["aliases"]),
    "Endpoints": lambda facts: ", ".join(
        f"{row['method']} {row['path']}" for row in facts.record["endpoints"]
    ),
    "Lifecycle": lambda facts: (facts.lifecycle or "").capitalize(),
    "Replacement": lambda facts: ", ".join(replacements(facts.record)),
    "Rate limit": lambda _facts: "",
}
"""Label -> expected text; empty if nothing is recorded."""


def row_problems(facts: Facts, shown: Mapping[str, str]) -> Iterator[str]:
    """Compare rows of a sheet with the facts."""
    without = {field.label for field in FIELDS if not field.applies_to(facts.record)}
    past = field_label(_RETIRES, facts)
    for label, read in SPEC.items():
        value, expected = shown.get(past if label == _RETIRES.label else label), read(facts)
        if not expected and label in without:
            if (value or DOES_NOT_APPLY) != DOES_NOT_APPLY:
                yield f"{label} is {value!r}, and does not apply"
        elif value is None:
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
