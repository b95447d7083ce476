"""An overview's points: cost, calls, capabilities."""

from catalog.presentation.wording.price_summary import price_summary
from catalog.records.facts import Facts
from catalog.records.phrases import (
    calls,
    codes,
    join,
    unique,
)
from catalog.text.language import say, say_many
from catalog.vocabulary import CAPABILITIES, Protocol


def points(facts: Facts) -> list[str]:
    """List the points."""
    if nothing_recorded(facts):
        return [
            say(
                "Beyond its ID, family and provider nothing of {name} is on record: no endpoint, price or "
                "limit.",
                name=facts.record["name"],
            )
        ]
    return [point for point in (_cost(facts), _calls(facts), _capabilities(facts)) if point]


def nothing_recorded(facts: Facts) -> bool:
    """Whether there is neither endpoint, price, limit nor modality."""
    record = facts.record
    return not (record["endpoints"] or record["prices"] or record["context_window"] or record["modality"])


def _cost(facts: Facts) -> str:
    if prices := price_summary(facts):
        return prices
    return say("No price of {name} is published.", name=facts.record["name"])


def _calls(facts: Facts) -> str:
    record = facts.record
    name = record["name"]
    addresses = unique(f"{row['method']} {row['path']}" for row in calls(record))
    if not addresses:
        return say("No endpoint of {name} is recorded.", name=name)
    if len(addresses) > 1 and record["actions"]:
        return say_many(
            "{name} offers {number} action: {actions}.",
            "{name} offers {number} actions: {actions}.",
            len(record["actions"]),
            name=name,
            actions=codes(record["actions"]),
        )
    protocols = unique(Protocol(row["protocol"]).label for row in record["endpoints"])
    if len(addresses) == 1 or len(protocols) == 1:
        return say("{name} is called with {addresses}.", name=name, addresses=codes(addresses, "or"))
    return say_many(
        "{name} speaks {number} protocol: {protocols}.",
        "{name} speaks {number} protocols: {protocols}.",
        len(protocols),
        name=name,
        protocols=join(protocols),
    )


def _capabilities(facts: Facts) -> str:
    words = [
        (say(CAPABILITIES[word]) if word in CAPABILITIES else word.replace("_", " ")).lower()
        for word in facts.record["capabilities"]
    ]
    if not words:
        return ""
    return say(
        "Capabilities on record for {name}: {capabilities}.",
        name=facts.record["name"],
        capabilities=join(words),
    )
