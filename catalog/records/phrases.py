"""Parts of sentences about models and prices."""

from collections.abc import Iterable
from typing import Literal

from catalog.pricing.money import usd
from catalog.pricing.price import PriceRecord, PriceValue, PriceValueRecord
from catalog.pricing.units import METERS, price_suffix
from catalog.records.derived_facts import gives_vectors
from catalog.records.facts import Facts
from catalog.records.model_field import ModelField
from catalog.records.record import EndpointRecord, Record
from catalog.text.language import mark, say
from catalog.vocabulary import Lifecycle, Modality, PriceState, Protocol

CONTENT = {
    "text": mark("text"),
    "image": mark("images"),
    "video": mark("video"),
    "audio": mark("audio"),
    "file": mark("files"),
}
KINDS = {
    Modality.TEXT: mark("a text model"),
    Modality.IMAGE: mark("an image model"),
    Modality.VIDEO: mark("a video model"),
    Modality.AUDIO: mark("an audio model"),
    Modality.FILE: mark("a file model"),
}
NOT_STATED_PROVIDER = "not-stated"
STATES = {
    PriceState.FREE: mark("Free"),
    PriceState.DYNAMIC: mark("Varies with the request"),
    PriceState.ON_REQUEST: mark("On request"),
}


def join(words: Iterable[str], last: Literal["and", "or"] = "and") -> str:
    """Join words as prose: "a, b and c"."""
    *head, tail = [*words] or [""]
    if not head:
        return tail
    return say(
        "{first} or {last}" if last == "or" else "{first} and {last}", first=", ".join(head), last=tail
    )


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Count in English for agents: "1,024 models"."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def code(word: str) -> str:
    """Mark a word as code."""
    # A backtick in the word would end the code span.
    return word if "`" in word else f"`{word}`"


def codes(words: Iterable[str], last: Literal["and", "or"] = "and") -> str:
    """Join words of code as prose."""
    return join((code(word) for word in words), last)


def content(kinds: Iterable[str]) -> str:
    """List kinds of content: "text, images and files"."""
    return join(say(CONTENT[kind]) if kind in CONTENT else kind for kind in kinds)


def action_label(action: str) -> str:
    """Return an action for people: "Text to video"."""
    words = action.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def modality_noun(record: Record) -> str:
    """Return the kind of model: "an image model"."""
    if gives_vectors(record):
        return say("an embedding model")
    word = record["modality"]
    return say(KINDS[Modality(word)]) if word in KINDS else say("a model")


def by_provider(phrase: str, record: Record) -> str:
    """Return "a text model by Anthropic" from "a text model"."""
    provider = record["provider"]
    if provider["slug"] == NOT_STATED_PROVIDER:
        return phrase
    return say("{phrase} by {provider}", phrase=phrase, provider=provider["name"])


def maker(record: Record) -> str:
    """Return the provider as a subject."""
    provider = record["provider"]
    return say("its provider") if provider["slug"] == NOT_STATED_PROVIDER else provider["name"]


def amount(price: PriceRecord) -> str:
    """Return an amount without its unit, or its state."""
    if price["state"] == PriceState.KNOWN and price["amount"] is not None:
        return usd(price["amount"], price["currency"])
    state = PriceState(price["state"])
    return say(STATES[state]) if state in STATES else price["state"]


def unit_note(price: PriceRecord) -> str:
    """Return "unit inferred" where no source states the unit, else nothing."""
    return say("unit inferred") if price["unit_is_inferred"] else ""


def marked(text: str, *, is_inferred: bool) -> str:
    """Return an amount as text, marked where its unit is inferred."""
    return say("{amount} (unit inferred)", amount=text) if is_inferred else text


def omits_text(source: str, omitted: str) -> str:
    """Return "Not complete: LiteLLM also prices …"."""
    if not source:
        return say(
            "Not complete: its source also prices {omitted}, which is not recorded here.", omitted=omitted
        )
    return say(
        "Not complete: {source} also prices {omitted}, which is not recorded here.",
        source=source,
        omitted=omitted,
    )


def priced(price: PriceRecord) -> str:
    """Return an amount with its unit, marked if that is inferred: "$1.50 per 1M tokens"."""
    if price["state"] != PriceState.KNOWN:
        return amount(price).lower()
    text = say("{amount} {unit}", amount=amount(price), unit=price_suffix(price["meter"], price["per"]))
    return marked(text, is_inferred=price["unit_is_inferred"])


def price_text(price: PriceValue) -> str:
    """Return a price for changes and the admin."""
    if price.state != PriceState.KNOWN or price.amount is None:
        return PriceState(price.state).label
    return f"{usd(price.amount, price.currency)} {price_suffix(price.meter, price.per)}"


def billed_per_call(price: PriceValueRecord) -> list[str]:
    """List what each call is billed for: "Min 10 seconds per call", "In steps of 1 second"."""
    words = []
    if price["minimum"]:
        words.append(say("Min {quantity} per call", quantity=_counted(price["meter"], price["minimum"])))
    if price["step"]:
        words.append(say("In steps of {quantity}", quantity=_counted(price["meter"], price["step"])))
    return words


def promotion(day: str, *, is_beside: bool) -> str:
    """Return until when a price is a promotion; a list price may be one `is_beside` a sell price."""
    if is_beside:
        return say("List price: promotion until {day}", day=day)
    return say("Promotion until {day}", day=day)


def _counted(name: str, quantity: str) -> str:
    words = METERS[name].noun if quantity == "1" else METERS[name].plural
    return f"{quantity} {words}"


def component(price: PriceRecord) -> str:
    """Return what a price is for: an action or a meter."""
    action = price["conditions"].get("action")
    if METERS[price["meter"]].group == "tokens" or not isinstance(action, str):
        return METERS[price["meter"]].label
    return action_label(action)


def lifecycle_word(facts: Facts) -> str:
    """Return the lifecycle's label."""
    return Lifecycle(facts.lifecycle).label if facts.lifecycle else say("Not stated")


def field_label(field: ModelField, facts: Facts) -> str:
    """Return a field's label; a day of retirement that has come is past."""
    if field.name == "retires_on" and facts.is_retired:
        return say("Retired on")
    return say(field.label)


def unique(words: Iterable[str]) -> list[str]:
    """Return words without repetitions."""
    return list(dict.fromkeys(words))


def calls(record: Record) -> list[EndpointRecord]:
    """List endpoints that accept calls."""
    return [
        row
        for row in record["endpoints"]
        # A GET of a task only reads its state.
        if not (row["protocol"] == Protocol.TASK and row["method"] == "GET")
    ]


def call_rank(action: str) -> int:
    """Return how late an action is shown: what starts from text first, what changes a result last."""
    # A call that starts from text needs no file to try it.
    return 0 if action.startswith("text_to_") else 1 if "_to_" in action else 2


def main_call(record: Record) -> EndpointRecord | None:
    """Return the call to show first."""
    return min(calls(record), key=lambda row: call_rank(row["action"] or ""), default=None)
