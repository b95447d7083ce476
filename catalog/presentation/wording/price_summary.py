"""A model's cost in one sentence."""

from catalog.pricing.price import PriceRecord
from catalog.pricing.units import price_suffix
from catalog.records.facts import Facts, lowest
from catalog.records.phrases import (
    amount,
    join,
    marked,
    priced,
    unique,
)
from catalog.text.language import mark, say
from catalog.vocabulary import PriceState


def price_summary(facts: Facts) -> str:
    """Return a plain call's prices, else the lowest; "" if none."""
    name = facts.record["name"]
    if tokens := _token_prices(facts):
        first = tokens[0][1]
        return say(
            "{name}: {prices} {unit}, list price." if _is_listed(first) else "{name}: {prices} {unit}.",
            name=name,
            prices=join(
                say(word, price=marked(amount(price), is_inferred=price["unit_is_inferred"]))
                for word, price in tokens
            ),
            unit=price_suffix(first["meter"], first["per"]),
        )
    rows = facts.sell or facts.listed
    meters = unique(row["meter"] for row in rows)
    cheapest = [low for meter in meters if (low := lowest([row for row in rows if row["meter"] == meter]))]
    if cheapest:
        prices = [
            say("from {price}", price=priced(low.price)) if low.is_from else priced(low.price)
            for low in cheapest
        ]
        is_listed = _is_listed(cheapest[0].price)
        return say(
            "{name} costs {prices}, list price." if is_listed else "{name} costs {prices}.",
            name=name,
            prices=join(prices),
        )
    if rows and all(row["state"] == PriceState.FREE for row in rows):
        return say("{name} is free.", name=name)
    return say("{name}: price {state}.", name=name, state=amount(rows[0]).lower()) if rows else ""


def _token_prices(facts: Facts) -> list[tuple[str, PriceRecord]]:
    pairs = [
        (word, price)
        for word, meter in (
            (mark("input {price}"), "input_tokens"),
            (mark("output {price}"), "output_tokens"),
        )
        if (price := facts.quoted(meter)) and price["state"] == PriceState.KNOWN
    ]
    # Prices in two units or kinds do not go into one sentence.
    return [(word, price) for word, price in pairs if _unit(price) == _unit(pairs[0][1])]


def _unit(price: PriceRecord) -> tuple[str, int, str]:
    return price["kind"], price["per"], price["currency"]


def _is_listed(price: PriceRecord) -> bool:
    return price["kind"] == "list"
