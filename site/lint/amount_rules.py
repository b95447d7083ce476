"""Rules of amounts and units."""

import re
from collections.abc import Iterator

from catalog.pricing.money import usd
from catalog.pricing.units import METERS, price_suffix, unit_label
from lint.model_page import ModelPage, is_token_priced
from lint.page_text import ROWS

AMOUNT = re.compile(r"\$\d[\d,]*(?:\.\d+)?")
PER = re.compile(r"\bper (1[KM] [a-z]+|[a-z]+)\b")
LOT = re.compile(r"\b1[KMB] [a-z]+\b")
CALLED = ("per call", "per-call", "per completed request")
# Its amounts are sums of quantities and prices, and no prices themselves.
COMPUTED = "calculator"


def exact_amounts(seen: ModelPage) -> Iterator[str]:
    """Require recorded amounts, to the last digit."""
    known = {
        usd(price["amount"], price["currency"])
        for facts in seen.family
        for price in facts.record["prices"]
        if price["amount"] is not None
    }
    stated = "\n".join(block.text for block in seen.page.blocks if block.section != COMPUTED)
    for shown in sorted(set(AMOUNT.findall(stated)) - known):
        yield f"{shown} is no recorded amount; is it rounded?"


def units(seen: ModelPage) -> Iterator[str]:
    """Require a unit beside every amount, and only used ones."""
    prices = [price for facts in seen.family for price in facts.record["prices"]]
    labels = {price["unit"] for price in prices}
    suffixes = {price_suffix(price["meter"], price["per"]) for price in prices}
    every = {unit_label(meter.name, per) for meter in METERS.values() for per in (1, 1_000, 1_000_000)}
    for block in seen.page.blocks:
        if (
            block.tag in ROWS
            and block.section != COMPUTED
            and AMOUNT.search(block.text)
            and not any(label in block.text for label in labels)
        ):
            yield f"an amount without its unit: {block.text[:100]!r}"
        for unit in PER.findall(block.text):
            if unit in every and f"per {unit}" not in suffixes:
                yield f"nothing in this family is priced per {unit}: {block.text[:100]!r}"
        for lot in LOT.findall(block.text):
            if lot in every and lot not in labels:
                yield f"nothing in this family is priced per {lot}: {block.text[:100]!r}"
    is_called = any(price["meter"] == "requests" for price in seen.this.record["prices"])
    if is_token_priced(seen.this) and not is_called:
        for words in CALLED:
            if words in seen.page.text.lower():
                yield f"{words!r} beside token prices"
