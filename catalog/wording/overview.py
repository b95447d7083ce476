"""The sentences that introduce a model, each from what its record holds."""

from catalog.compare import spoken
from catalog.facts import Facts, lowest
from catalog.record import PriceRecord
from catalog.units import price_suffix
from catalog.vocabulary import CAPABILITIES, PriceState, Protocol
from catalog.wording.phrases import (
    action_label,
    amount,
    by_provider,
    calls,
    code,
    codes,
    content,
    count,
    join,
    modality_noun,
    priced,
    unique,
)

MANY_ACTIONS = 4


def summary(facts: Facts) -> str:
    """Say in one sentence what a model is."""
    record = facts.record
    who = f"{record['name']} is {modality_noun(record)}{by_provider(record)}"
    if reads_and_writes := _reads_and_writes(facts):
        window = record["context_window"]
        tail = f", with a context window of {window:,} tokens" if window else ""
        return f"{who} that {reads_and_writes}{tail}."
    if record["actions"]:
        return f"{who} with {_actions(record['actions'])}."
    if record["context_window"]:
        return f"{who} with a context window of {record['context_window']:,} tokens."
    return f"{who} in the {record['family']['name']} family."


def paragraph(facts: Facts) -> list[str]:
    """Introduce a model: what its ID names, its dates and its limits."""
    return [said for said in (_identity(facts), _dates(facts), _limits(facts)) if said]


def points(facts: Facts) -> list[str]:
    """List what else is on record, one point a subject."""
    if nothing_recorded(facts):
        name = facts.record["name"]
        return [
            f"Beyond its ID, family and provider nothing of {name} is on record: no endpoint, price or limit."
        ]
    return [said for said in (_cost(facts), _calls(facts), _capabilities(facts)) if said]


def text(facts: Facts) -> str:
    """Give the whole overview as Markdown: what an editor wrote, then what is on record."""
    listed = "\n".join(f"- {point}" for point in points(facts))
    parts = [facts.record["overview"], " ".join(paragraph(facts)), listed]
    return "\n\n".join(part for part in parts if part)


def price_summary(facts: Facts) -> str:
    """Say the prices a plain call pays, or the lowest there is; empty where none is published."""
    name = facts.record["name"]
    if tokens := _token_prices(facts):
        unit = price_suffix(tokens[0][1]["meter"], tokens[0][1]["per"])
        said = join(f"{word} {amount(price)}" for word, price in tokens)
        return f"{name}: {said} {unit}{_list_mark(tokens[0][1])}."
    rows = facts.sell or facts.listed
    meters = unique(row["meter"] for row in rows)
    cheapest = [
        found for meter in meters if (found := lowest([row for row in rows if row["meter"] == meter]))
    ]
    if cheapest:
        said = join(f"{'from ' if found.is_from else ''}{priced(found.price)}" for found in cheapest)
        return f"{name} costs {said}{_list_mark(cheapest[0].price)}."
    if rows and all(row["state"] == PriceState.FREE for row in rows):
        return f"{name} is free."
    return f"{name}: price {amount(rows[0]).lower()}." if rows else ""


def _token_prices(facts: Facts) -> list[tuple[str, PriceRecord]]:
    """Give what a plain call pays for input and output, as far as it is known, of one kind and unit."""
    found = [
        (word, price)
        for word, meter in (("input", "input_tokens"), ("output", "output_tokens"))
        if (price := facts.quoted(meter)) and price["state"] == PriceState.KNOWN
    ]
    return [(word, price) for word, price in found if _unit(price) == _unit(found[0][1])]


def _unit(price: PriceRecord) -> tuple[str, int, str]:
    return price["kind"], price["per"], price["currency"]


def nothing_recorded(facts: Facts) -> bool:
    """Say whether neither endpoint, price, limit nor kind of content is on record."""
    record = facts.record
    return not (record["endpoints"] or record["prices"] or record["context_window"] or record["modality"])


def _reads_and_writes(facts: Facts) -> str:
    reads, writes = facts.record["input_modalities"], facts.record["output_modalities"]
    if reads and writes:
        return f"reads {content(reads)} and writes {content(writes)}"
    if reads:
        return f"reads {content(reads)}"
    return f"writes {content(writes)}" if writes else ""


def _actions(actions: list[str]) -> str:
    labels = [action_label(action).lower() for action in actions]
    if len(labels) == 1:
        return f"one action, {labels[0]}"
    shown = labels if len(labels) <= MANY_ACTIONS else [*labels[: MANY_ACTIONS - 1]]
    more = [f"{len(labels) - len(shown)} more"] if len(shown) < len(labels) else []
    return f"{len(labels)} actions: {join([*shown, *more])}"


def _identity(facts: Facts) -> str:
    record = facts.record
    family = f"the {record['family']['name']} family{by_provider(record)}"
    name = code(record["model_id"])
    if record["snapshot_on"]:
        said = f"{name} is the snapshot dated {spoken(record['snapshot_on'])} of a model in {family}."
    else:
        said = f"{name} is the ID of a model in {family}."
    if record["aliases"]:
        verb = "is an alias that points" if len(record["aliases"]) == 1 else "are aliases that point"
        said += f" {codes(record['aliases'])} {verb} at it."
    return said


def _dates(facts: Facts) -> str:
    record = facts.record
    released, cutoff = record["released_on"], record["knowledge_cutoff"]
    said = [f"was released on {spoken(released)}"] if released else []
    said += [f"has a knowledge cutoff of {spoken(cutoff)}"] if cutoff else []
    return f"{record['name']} {join(said)}." if said else ""


def _limits(facts: Facts) -> str:
    record = facts.record
    window, output = record["context_window"], record["max_output_tokens"]
    if window and output:
        limit = f"one answer of {record['name']} holds at most {output:,}"
        return f"Its context window is {window:,} tokens, and {limit}."
    if window:
        return f"The context window of {record['name']} is {window:,} tokens."
    return f"One answer of {record['name']} holds at most {output:,} tokens." if output else ""


def _cost(facts: Facts) -> str:
    if said := price_summary(facts):
        return said
    return f"No price of {facts.record['name']} is published."


def _list_mark(price: PriceRecord) -> str:
    return ", list price" if price["kind"] == "list" else ""


def _calls(facts: Facts) -> str:
    record = facts.record
    addresses = unique(f"{row['method']} {row['path']}" for row in calls(record))
    if not addresses:
        return f"No endpoint of {record['name']} is recorded."
    if len(addresses) == 1:
        return f"{record['name']} is called with {code(addresses[0])}."
    if record["actions"]:
        return (
            f"{record['name']} offers {count(len(record['actions']), 'action')}: {codes(record['actions'])}."
        )
    protocols = unique(Protocol(row["protocol"]).label for row in record["endpoints"])
    if len(protocols) == 1:
        return f"{record['name']} is called with {codes(addresses, 'or')}."
    return f"{record['name']} speaks {count(len(protocols), 'protocol')}: {join(protocols)}."


def _capabilities(facts: Facts) -> str:
    words = [CAPABILITIES.get(word, word.replace("_", " ")).lower() for word in facts.record["capabilities"]]
    return f"Capabilities on record for {facts.record['name']}: {join(words)}." if words else ""
