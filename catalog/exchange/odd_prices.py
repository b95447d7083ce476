"""Odd units and conditions of prices in a file."""

from collections import Counter
from collections.abc import Collection, Iterator

from catalog.exchange.document import CatalogDocument, FilePlace, ModelEntry, PriceEntry
from catalog.pricing.conditions import is_known
from catalog.publishing.price_terms import recorded_parameters
from catalog.publishing.price_warnings import is_providers_word, odd_terms


def odd_prices(document: CatalogDocument) -> Iterator[tuple[str, str, FilePlace]]:
    """Yield model, oddity and first place, once per model and kind."""
    # Only these need a query for recorded parameters.
    unsure = {entry.model_id for entry in document.models if _names(entry)}
    recorded = recorded_parameters("variant__model_id", unsure)
    for entry in document.models:
        stated = {row["name"] for row in entry.groups.get("parameters", [])}
        parameters = stated | recorded.get(entry.model_id, set())
        yield from _odd_prices(entry, parameters, is_own=document.cited is None)


def _names(entry: ModelEntry) -> set[str]:
    return {name for price in entry.prices for name in price.value.conditions.names if not is_known(name)}


def _odd_prices(
    entry: ModelEntry, parameters: Collection[str], *, is_own: bool
) -> Iterator[tuple[str, str, FilePlace]]:
    first: dict[tuple[str, str], PriceEntry] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for price in entry.prices:
        for term in odd_terms(price.value.meter, price.value.per, price.value.conditions.names, parameters):
            if is_own and is_providers_word(term, price.value.kind, parameters):
                continue
            first.setdefault((term.about, term.said), price)
            counts[term.about, term.said] += 1
    for (about, reason), price in first.items():
        more = counts[about, reason] - 1
        others = f" And {more} more of its prices." if more else ""
        yield entry.model_id, f"{price.value.kind} {price.value.meter}: {reason}{others}", price.place
