"""The overview of a model in sentences, each from its record."""

from catalog.presentation.wording import markdown
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import price_suffix
from catalog.records.facts import Facts, lowest
from catalog.records.phrases import (
    action_label,
    amount,
    by_provider,
    calls,
    code,
    codes,
    content,
    join,
    modality_noun,
    priced,
    unique,
)
from catalog.text.language import mark, say, say_many
from catalog.text.values import spoken
from catalog.vocabulary import CAPABILITIES, PriceState, Protocol

MANY_ACTIONS = 4
# By whether the model reads, whether it writes, and whether its context window is known.
READS_AND_WRITES = {
    (True, True, True): mark(
        "{name} is {kind} that reads {reads} and writes {writes}, with a context window of {window} tokens."
    ),
    (True, True, False): mark("{name} is {kind} that reads {reads} and writes {writes}."),
    (True, False, True): mark(
        "{name} is {kind} that reads {reads}, with a context window of {window} tokens."
    ),
    (True, False, False): mark("{name} is {kind} that reads {reads}."),
    (False, True, True): mark(
        "{name} is {kind} that writes {writes}, with a context window of {window} tokens."
    ),
    (False, True, False): mark("{name} is {kind} that writes {writes}."),
}


def summary(facts: Facts) -> str:
    """Return what a model is in one sentence."""
    record = facts.record
    reads, writes, window = record["input_modalities"], record["output_modalities"], record["context_window"]
    words = {
        "name": record["name"],
        "kind": by_provider(modality_noun(record), record),
        "window": f"{window or 0:,}",
    }
    if reads or writes:
        sentence = READS_AND_WRITES[bool(reads), bool(writes), bool(window)]
        return say(sentence, reads=content(reads), writes=content(writes), **words)
    if record["actions"]:
        return say("{name} is {kind} with {actions}.", actions=_actions(record["actions"]), **words)
    if window:
        return say("{name} is {kind} with a context window of {window} tokens.", **words)
    return say("{name} is {kind} in the {family} family.", family=record["family"]["name"], **words)


def paragraph(facts: Facts) -> list[str]:
    """List the opening sentences: identity, dates, limits."""
    return [sentence for sentence in (_identity(facts), _dates(facts), _limits(facts)) if sentence]


def points(facts: Facts) -> list[str]:
    """List the other recorded facts, one point a subject."""
    if nothing_recorded(facts):
        return [
            say(
                "Beyond its ID, family and provider nothing of {name} is on record: no endpoint, price or "
                "limit.",
                name=facts.record["name"],
            )
        ]
    return [point for point in (_cost(facts), _calls(facts), _capabilities(facts)) if point]


def text(facts: Facts, *, for_agents: bool = False) -> str:
    """Return the whole overview as Markdown: the editor's text, then the recorded facts.

    `for_agents` marks the editor's text as data.
    """
    listed = "\n".join(f"- {markdown.said(point)}" for point in points(facts))
    written = facts.record["overview"]
    if written and for_agents:
        written = markdown.marked(written)
    parts = [written, " ".join(map(markdown.said, paragraph(facts))), listed]
    return "\n\n".join(part for part in parts if part)


def price_summary(facts: Facts) -> str:
    """Return the prices of a plain call, else the lowest price; empty where none is published."""
    name = facts.record["name"]
    if tokens := _token_prices(facts):
        first = tokens[0][1]
        return say(
            "{name}: {prices} {unit}, list price." if _is_listed(first) else "{name}: {prices} {unit}.",
            name=name,
            prices=join(say(word, price=amount(price)) for word, price in tokens),
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
    """Return input and output price of a plain call, of one kind and unit, each with its words."""
    pairs = [
        (word, price)
        for word, meter in (
            (mark("input {price}"), "input_tokens"),
            (mark("output {price}"), "output_tokens"),
        )
        if (price := facts.quoted(meter)) and price["state"] == PriceState.KNOWN
    ]
    return [(word, price) for word, price in pairs if _unit(price) == _unit(pairs[0][1])]


def _unit(price: PriceRecord) -> tuple[str, int, str]:
    return price["kind"], price["per"], price["currency"]


def nothing_recorded(facts: Facts) -> bool:
    """Whether the record has neither endpoint, price, limit nor modality."""
    record = facts.record
    return not (record["endpoints"] or record["prices"] or record["context_window"] or record["modality"])


def _actions(actions: list[str]) -> str:
    labels = [action_label(action).lower() for action in actions]
    shown = labels if len(labels) <= MANY_ACTIONS else [*labels[: MANY_ACTIONS - 1]]
    more = [say("{number} more", number=len(labels) - len(shown))] if len(shown) < len(labels) else []
    return say_many(
        "one action, {actions}", "{number} actions: {actions}", len(labels), actions=join([*shown, *more])
    )


def _identity(facts: Facts) -> str:
    record = facts.record
    words = {
        "id": code(record["model_id"]),
        "family": by_provider(say("the {name} family", name=record["family"]["name"]), record),
    }
    if record["snapshot_on"]:
        day = spoken(record["snapshot_on"])
        sentence = say("{id} is the snapshot dated {day} of a model in {family}.", day=day, **words)
    else:
        sentence = say("{id} is the ID of a model in {family}.", **words)
    if not record["aliases"]:
        return sentence
    aliases = say_many(
        "{aliases} is an alias that points at it.",
        "{aliases} are aliases that point at it.",
        len(record["aliases"]),
        aliases=codes(record["aliases"]),
    )
    return f"{sentence} {aliases}"


def _dates(facts: Facts) -> str:
    record = facts.record
    released, cutoff = record["released_on"], record["knowledge_cutoff"]
    name = record["name"]
    if released and cutoff:
        return say(
            "{name} was released on {day} and has a knowledge cutoff of {cutoff}.",
            name=name,
            day=spoken(released),
            cutoff=spoken(cutoff),
        )
    if released:
        return say("{name} was released on {day}.", name=name, day=spoken(released))
    return (
        say("{name} has a knowledge cutoff of {cutoff}.", name=name, cutoff=spoken(cutoff)) if cutoff else ""
    )


def _limits(facts: Facts) -> str:
    record = facts.record
    window, output = record["context_window"], record["max_output_tokens"]
    words = {"name": record["name"], "window": f"{window or 0:,}", "output": f"{output or 0:,}"}
    if window and output:
        return say(
            "Its context window is {window} tokens, and one answer of {name} holds at most {output}.", **words
        )
    if window:
        return say("The context window of {name} is {window} tokens.", **words)
    return say("One answer of {name} holds at most {output} tokens.", **words) if output else ""


def _cost(facts: Facts) -> str:
    if prices := price_summary(facts):
        return prices
    return say("No price of {name} is published.", name=facts.record["name"])


def _is_listed(price: PriceRecord) -> bool:
    return price["kind"] == "list"


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
