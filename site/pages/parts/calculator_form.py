"""The calculator's fields."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.pricing.conditions import DECIDED
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import METERS
from catalog.records.phrases import action_label
from catalog.records.read_usage import CALLS, PARAMETER
from catalog.records.record import Record
from catalog.text.language import mark, say

CIRCUMSTANCES = {
    "action": mark("Action"),
    "service_tier": mark("Service tier"),
    "region": mark("Region"),
}


@dataclass(frozen=True, slots=True)
class QuantityField:
    """A quantity."""

    name: str
    label: str
    unit: str
    value: str


@dataclass(frozen=True, slots=True)
class ChoiceOption:
    """One value of a choice."""

    value: str
    label: str
    is_selected: bool


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """A choice among values, or without options a number."""

    name: str
    label: str
    options: list[ChoiceOption]
    value: str
    least: str = ""
    most: str = ""


def fields(rows: Iterable[PriceRecord], usage: Mapping[str, str]) -> list[QuantityField]:
    """List a field per priced meter, and per other one in the query."""
    priced = {row["meter"] for row in rows} | {key for key in usage if key in METERS}
    calls = (
        [QuantityField(CALLS, say("Calls"), say("that share the quantities"), usage[CALLS])]
        if CALLS in usage
        else []
    )
    return calls + [
        QuantityField(meter.name, meter.label, meter.plural, usage.get(meter.name, ""))
        for meter in METERS.values()
        if meter.name in priced
    ]


def choices(record: Record, rows: Sequence[PriceRecord], usage: Mapping[str, str]) -> list[ChoiceField]:
    """List a choice for each condition of a current price."""
    values: dict[str, list[Any]] = {}
    for row in rows:
        for key, value in row["conditions"].items():
            # What the quantities or the clock decide is not for a visitor to choose.
            if key not in DECIDED:
                values.setdefault(key, []).append(value)
    ordered = [key for key in CIRCUMSTANCES if key in values]
    ordered += [key for key in values if key not in CIRCUMSTANCES]
    # Where each price looks at it, no other value has one.
    decided = {key for key in values if all(key in row["conditions"] for row in rows)}
    return [_choice(record, key, values[key], usage, is_decided=key in decided) for key in ordered]


def _choice(
    record: Record, key: str, values: list[Any], usage: Mapping[str, str], *, is_decided: bool
) -> ChoiceField:
    name = key if key in CIRCUMSTANCES else f"{PARAMETER}{key}"
    label = say(CIRCUMSTANCES[key]) if key in CIRCUMSTANCES else action_label(key)
    current = usage.get(name, "")
    ranges = [value for value in values if isinstance(value, list)]
    if ranges:
        low, high = min(value[0] for value in ranges), max(value[1] for value in ranges)
        return ChoiceField(name, label, [], current, str(low), str(high))
    words = list(dict.fromkeys(_word(value) for value in [*values, *_declared(record, key)]))
    options = [
        ChoiceOption(word, action_label(word) if key == "action" else word, word == current) for word in words
    ]
    # Without an action no price of a media model can be told; what only some prices look at may be left open.
    if key != "action" and not is_decided:
        options.insert(0, ChoiceOption("", say("Any other"), not current))
    return ChoiceField(name, label, options, current)


def _declared(record: Record, key: str) -> list[Any]:
    return [
        value
        for specs in record["parameters"].values()
        for spec in specs
        if spec["name"] == key
        for value in spec["enum"] or ()
    ]


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
