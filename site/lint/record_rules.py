"""Rules for a model's record, in one registry."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from catalog.comparison.differences import contrasts
from catalog.pricing.conditions import near, parse
from catalog.pricing.money import plain
from catalog.pricing.price import PriceValue
from catalog.pricing.units import METERS
from catalog.publishing.price_warnings import is_providers_word, odd_terms
from catalog.records.facts import Facts
from catalog.records.record import Record
from catalog.snippets import describe, validate_request
from catalog.text.identifiers import file_ending
from catalog.text.placeholders import remains
from catalog.vocabulary import CAPABILITIES

FILLER = re.compile(
    r"[.\N{HORIZONTAL ELLIPSIS}?\s]*|<[^>]*>|lorem ipsum.*"
    r"|(?:your|insert)[ _](?:prompt|text|image|audio|video|url|file)\b.*",
    re.IGNORECASE,
)


def snippets(facts: Facts, _family: list[Facts]) -> Iterator[str]:
    """Require sample requests that fit the parameters."""
    for request in describe(facts.record):
        for misfit in validate_request(facts.record, request):
            yield f"{request.protocol} {request.action or ''}: {misfit}"


def addresses(facts: Facts, _family: list[Facts]) -> Iterator[str]:
    """Refuse names that look like files."""
    record = facts.record
    for name in dict.fromkeys((record["slug"], record["model_id"], record["family"]["slug"])):
        # Its page would have the address of another page's file.
        if ending := file_ending(name):
            yield f"{name!r} looks like a file: rename it so that it ends otherwise than in {ending}"


def fillers(facts: Facts, _family: list[Facts]) -> Iterator[str]:
    """Require texts that a model could answer."""
    for request in describe(facts.record):
        for text in _texts(request.body):
            if FILLER.fullmatch(text.strip()):
                yield f"{request.protocol} {request.action or ''}: {text!r} stands for a value"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def prices(facts: Facts, _family: list[Facts]) -> Iterator[str]:
    """Require plain amounts, and one unit per meter and kind."""
    units: dict[tuple[str, str], set[int]] = {}
    for row in facts.prices:
        amount = PriceValue.from_record(row).amount
        if row["amount"] is not None and (amount is None or plain(amount) != row["amount"]):
            yield f"price {row['id']}: {row['amount']!r} is not a plain decimal"
        units.setdefault((row["kind"], row["meter"]), set()).add(row["per"])
        try:
            parse(row["conditions"])
        except ValueError as error:
            yield f"price {row['id']}: {error}"
    for (kind, meter), lots in units.items():
        if len(lots) > 1:
            yield f"{kind} {meter} is priced per {sorted(lots)}: one unit only"


def conditions(facts: Facts, _family: list[Facts]) -> Iterator[str]:
    """Require known conditions."""
    parameters = {row["name"] for rows in facts.record["parameters"].values() for row in rows}
    for row in (*facts.prices, *facts.announced):
        for term in odd_terms(row["meter"], METERS[row["meter"]].per, row["conditions"], parameters):
            # Without recorded parameters only names near a built-in one are certainly wrong.
            is_certain = parameters or near(term.about)
            if is_certain and not is_providers_word(term, row["kind"], parameters):
                yield f"price {row['id']}: {term.said}"


def sources(facts: Facts, _family: list[Facts]) -> Iterator[str]:
    """Require a source for every price."""
    for row in facts.prices:
        if not row["source_label"]:
            yield f"price {row['id']} has no source"


def markdown(facts: Facts, _family: list[Facts]) -> Iterator[str]:
    """Require Markdown without placeholders and HTML entities."""
    record = facts.record
    texts = [record["overview"], *(case["body"] for case in record["best_for"])]
    texts += [faq["answer"] for faq in record["faq"]]
    for text in texts:
        for problem in remains(text):
            yield f"{problem} In Markdown: {text[:60]!r}"


def names(facts: Facts, family: list[Facts]) -> Iterator[str]:
    """Require aliases that are no IDs, and known capabilities."""
    ids = {other.record["model_id"] for other in family}
    for alias in facts.record["aliases"]:
        if alias in ids:
            yield f"alias {alias} is a model's own ID"
    for word in facts.record["capabilities"]:
        if word not in CAPABILITIES:
            yield f"capability {word!r} is not in the vocabulary"


def cards(facts: Facts, family: list[Facts]) -> Iterator[str]:
    """Require comparisons that differ."""
    for contrast in contrasts(facts, family):
        for difference in contrast.differences:
            if difference.this == difference.other:
                yield f"{difference.label} against {contrast.other.record['model_id']} does not differ"


def replacement(facts: Facts, _family: list[Facts]) -> Iterator[str]:
    """Require a replacement that has a page."""
    record: Record = facts.record
    if record["replacement"] and not record["replacement_path"]:
        yield f"its replacement {record['replacement']} has no page"


RECORD_RULES: dict[str, Callable[[Facts, list[Facts]], Iterable[str]]] = {
    "snippet": snippets,
    "address": addresses,
    "filler": fillers,
    "price": prices,
    "condition": conditions,
    "source": sources,
    "markdown": markdown,
    "name": names,
    "comparison": cards,
    "replacement": replacement,
}
