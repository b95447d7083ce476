"""Quotes of a model with what might mislead about them.

quote_use(record, usage)      # sell prices, list prices where the model has no others
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from catalog.pricing.conditions import KINDS, parse
from catalog.pricing.quote import Quote, Usage, quote
from catalog.pricing.units import METERS
from catalog.records.lifecycle import lifecycle_on
from catalog.records.phrases import omits_text
from catalog.records.price_rows import price_rows
from catalog.records.record import ParameterRecord, Record
from catalog.text.dates_and_ratios import spoken
from catalog.text.language import say

Code = Literal[
    "list_price",
    "unknown_service_tier",
    "unknown_region",
    "unknown_action",
    "unknown_value",
    "missing_value",
    "unheeded",
    "over_context_window",
    "over_max_input",
    "over_max_output",
    "retired",
    "not_released",
    "held_back",
    "not_complete",
]

CODES: Mapping[Code, str] = {
    "list_price": "no sell price of the model can be quoted, so its provider's list prices are used",
    "unknown_service_tier": "no price and no parameter of the model knows the service tier",
    "unknown_region": "no price and no parameter of the model knows the region",
    "unknown_action": "the model has no such action",
    "unknown_value": "a parameter has a value that no price and no parameter of the model knows",
    "missing_value": "prices depend on a parameter that was not given, and no default is on record",
    "unheeded": "a price does not look at the service tier or region that was given",
    "over_context_window": "prompt and output of one call exceed the context window",
    "over_max_input": "the prompt of one call exceeds the input limit",
    "over_max_output": "the output of one call exceeds the output limit",
    "retired": "the model no longer answers at that time",
    "not_released": "the model is not released at that time",
    "held_back": "a price is left out, since its unit is inferred and it is below a tenth of the list price",
    "not_complete": "the source of a price also prices something that this catalog has no place for",
}
"""Code -> what it means, for documentation."""

# What protocols send where nobody chose a tier.
NO_TIER = frozenset({"standard", "default", "auto"})
_OUTPUTS = ("output_tokens", "reasoning_tokens", "output_audio_tokens", "output_image_tokens")


@dataclass(frozen=True, slots=True)
class UseWarning:
    """Why a quote might mislead; `code` is one of `CODES`."""

    code: Code
    message: str


@dataclass(frozen=True, slots=True)
class WarnedQuote:
    """A quote and its warnings."""

    quote: Quote
    warnings: tuple[UseWarning, ...]


def quote_use(record: Record, usage: Usage, kind: str | None = None) -> WarnedQuote:
    """Price a usage of a model; without a kind, by sell prices if it has any, else by list prices."""
    chosen = kind or default_kind(record, usage.at)
    completed = _completed(record, usage)
    result = quote(price_rows(record), completed, chosen)
    warnings = [
        *([_list_price()] if kind is None and chosen == "list" else []),
        *usage_warnings(record, usage),
        *_unheeded(record, usage, result),
        *_missing(record, completed, result),
        *_not_complete(record, result),
        *_held_back(record, result, fell_back=kind is None and chosen == "list"),
    ]
    return WarnedQuote(result, tuple(warnings))


def default_kind(record: Record, at: datetime) -> str:
    """Return `list` where only list prices are in force, else `sell`."""
    kinds = {row.value.kind for row in price_rows(record) if row.in_force(at)}
    return "list" if kinds == {"list"} else "sell"


def usage_warnings(record: Record, usage: Usage) -> list[UseWarning]:
    """List what a model does not know or exceeds in a usage, whatever the prices."""
    return [
        *_unknown_words(record, usage),
        *_unknown_values(record, usage),
        *_limits(record, usage),
        *_life(record, usage),
    ]


def _list_price() -> UseWarning:
    return UseWarning("list_price", say("Priced by the provider's list prices: no sell price can be quoted."))


def _completed(record: Record, usage: Usage) -> Usage:
    """Return the usage as a vendor takes it: without a word for no tier, with the defaults of parameters."""
    is_default = usage.service_tier in NO_TIER and usage.service_tier not in _known(record, "service_tier")
    tier = None if is_default else usage.service_tier
    priced = {name for row in record["prices"] for name in row["conditions"]}
    defaults = {
        spec["name"]: spec["default"]
        for action, rows in record["parameters"].items()
        if usage.action == action or (usage.action is None and len(record["parameters"]) == 1)
        for spec in rows
        if spec["default"] is not None and spec["name"] in priced
    }
    return replace(usage, service_tier=tier, parameters={**defaults, **usage.parameters})


def _unknown_words(record: Record, usage: Usage) -> Iterator[UseWarning]:
    tier, region, action = usage.service_tier, usage.region, usage.action
    tiers, regions = _known(record, "service_tier"), _known(record, "region")
    actions = _known(record, "action") | set(record["actions"])
    if tier and tier not in tiers | NO_TIER:
        text = say("Unknown service tier {word}.", word=repr(tier))
        yield UseWarning("unknown_service_tier", f"{text} {_known_words(tiers)}")
    if region and region not in regions:
        text = say("Unknown region {word}.", word=repr(region))
        yield UseWarning("unknown_region", f"{text} {_known_words(regions)}")
    if action and action not in actions:
        text = say("Unknown action {word}.", word=repr(action))
        yield UseWarning("unknown_action", f"{text} {_known_words(actions)}")


def _unknown_values(record: Record, usage: Usage) -> Iterator[UseWarning]:
    for name, value in usage.parameters.items():
        specs = [
            spec
            for action, rows in record["parameters"].items()
            if usage.action in (None, action)
            for spec in rows
            if spec["name"] == name
        ]
        priced = [row["conditions"][name] for row in record["prices"] if name in row["conditions"]]
        if (
            isinstance(value, bool)
            or _meets(name, priced, value, usage)
            or _is_declared(specs, priced, value)
        ):
            continue
        choices = {_text(choice) for spec in specs for choice in spec["enum"] or ()} | set(map(_text, priced))
        text = say("Unknown value {word} of {name}.", word=_text(value), name=name)
        yield UseWarning("unknown_value", f"{text} {_known_words(choices)}")


def _meets(name: str, priced: Sequence[Any], value: Any, usage: Usage) -> bool:
    alone = replace(usage, parameters={name: value})
    return any(parse({name: condition}).holds(alone) for condition in priced)


def _is_declared(specs: Sequence[ParameterRecord], priced: Sequence[Any], value: Any) -> bool:
    if any(spec["enum"] for spec in specs):
        return any(_text(value) == _text(choice) for spec in specs for choice in spec["enum"] or ())
    bounds = [(spec["minimum"], spec["maximum"]) for spec in specs if spec["minimum"] or spec["maximum"]]
    if bounds and isinstance(value, int | Decimal):
        return any(_is_within(value, least, most) for least, most in bounds)
    # A free parameter takes any value, unless prices name some.
    return not priced


def _is_within(value: int | Decimal, least: str | None, most: str | None) -> bool:
    return (least is None or value >= Decimal(least)) and (most is None or value <= Decimal(most))


def _limits(record: Record, usage: Usage) -> Iterator[UseWarning]:
    prompt = usage.prompt_tokens
    output = usage.call_tokens(_OUTPUTS)
    window, longest = record["context_window"], record["max_output_tokens"]
    most_in: int | None = record.get("max_input_tokens")
    if window and prompt + output > window:
        yield _limit("over_context_window", say("Context window"), window, prompt + output)
    if most_in and prompt > most_in:
        yield _limit("over_max_input", say("Input limit"), most_in, prompt)
    if longest and output > longest:
        yield _limit("over_max_output", say("Max output"), longest, output)


def _limit(code: Code, label: str, limit: int, size: Decimal) -> UseWarning:
    text = say(
        "{label}: {limit} tokens, and one call here has {size}.",
        label=label,
        limit=f"{limit:,}",
        size=f"{size:,f}",
    )
    return UseWarning(code, text)


def _life(record: Record, usage: Usage) -> Iterator[UseWarning]:
    day = usage.at.date()
    released = record["released_on"]
    if lifecycle_on(record, day) == "retired":
        on = record["retires_on"]
        text = (
            say("Retired since {day}: calls fail.", day=spoken(on))
            if on and on <= day.isoformat()
            else say("Retired: calls fail.")
        )
        yield UseWarning("retired", text)
    elif released and released > day.isoformat():
        yield UseWarning("not_released", say("Not released before {day}.", day=spoken(released)))


def _unheeded(record: Record, usage: Usage, result: Quote) -> Iterator[UseWarning]:
    known = {"service_tier": _known(record, "service_tier"), "region": _known(record, "region")}
    for name, words in known.items():
        value = getattr(usage, name)
        meters = [
            METERS[line.meter].label for line in result.lines if name in line.unheeded and line.quantity
        ]
        # An unknown word has a warning of its own.
        if value in words and meters:
            text = say(
                "No price for {name} {word}: {meters}. The standard price is used.",
                name=name.replace("_", " "),
                word=repr(value),
                meters=", ".join(meters),
            )
            yield UseWarning("unheeded", text)


def _missing(record: Record, usage: Usage, result: Quote) -> Iterator[UseWarning]:
    unpriced = {row.meter for row in result.unpriced if row.reason == "not_published"}
    values: dict[str, set[str]] = {}
    for row in record["prices"]:
        conditions = row["conditions"]
        if row["meter"] not in unpriced or row["kind"] != result.kind:
            continue
        if conditions.get("action") in (None, usage.action):
            for name in conditions.keys() - KINDS.keys() - usage.parameters.keys():
                values.setdefault(name, set()).add(_text(conditions[name]))
        elif usage.action is None:
            values.setdefault("action", set()).add(str(conditions["action"]))
    for name in sorted(values):
        text = say("The price depends on {name}.", name=name)
        yield UseWarning("missing_value", f"{text} {_known_words(values[name])}")


def _not_complete(record: Record, result: Quote) -> Iterator[UseWarning]:
    rows = {row["id"]: row for row in record["prices"]}
    omitted = dict.fromkeys(
        (row["source_label"], text)
        for line in result.lines
        # Records of earlier releases have no such key.
        if line.quantity and (text := (row := rows[line.price_id]).get("omits"))
    )
    for source, text in omitted:
        yield UseWarning("not_complete", omits_text(source, text))


def _held_back(record: Record, result: Quote, *, fell_back: bool) -> Iterator[UseWarning]:
    unpriced = {row.meter for row in result.unpriced}
    meters = {
        row["meter"]
        for row in record["prices"]
        if row.get("is_held_back")
        and (fell_back or (row["kind"] == result.kind and row["meter"] in unpriced))
    }
    if meters:
        names = ", ".join(METERS[name].label for name in METERS if name in meters)
        text = say("Not quoted: {meters}. The unit is inferred, and nobody has confirmed it.", meters=names)
        yield UseWarning("held_back", text)


def _known(record: Record, name: str) -> set[str]:
    priced = {row["conditions"][name] for row in record["prices"] if name in row["conditions"]}
    specs = [spec for rows in record["parameters"].values() for spec in rows if spec["name"] == name]
    return {str(word) for word in priced} | {str(word) for spec in specs for word in spec["enum"] or ()}


def _known_words(words: Iterable[str]) -> str:
    names = sorted(words)
    return say("Known: {words}.", words=", ".join(names)) if names else say("None is known.")


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\N{EN DASH}".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
