"""Prices that tie once a document is loaded: neither wins where both hold."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils import timezone

from catalog.exchange.document import CatalogDocument, FilePlace, ModelEntry, PriceEntry
from catalog.exchange.known_rows import KnownRows
from catalog.models import Variant
from catalog.pricing.conditions import Conditions, parse, unsettled_ties
from catalog.pricing.units import METERS

WHICH = (
    "a request that meets both has no price, and its quote says so. "
    "Which holds there? State a price under both."
)


def tied_prices(
    document: CatalogDocument, known: KnownRows, ended: Mapping[int, datetime]
) -> Iterator[tuple[str, str, FilePlace]]:
    """Yield model, tie and place: one for each pair of conditions, whatever meters it is of.

    `ended` says when the document ends prices on record, by their number.
    """
    now = timezone.now()
    for entry in document.models:
        # Two sets of conditions make a tie: most models have fewer.
        if sum(bool(price.value.conditions.items) for price in entry.prices) > 1 or (
            entry.model_id in known.variants and any(price.value.conditions.items for price in entry.prices)
        ):
            yield from _ties(entry, known.variants.get(entry.model_id), now, ended)


def _ties(
    entry: ModelEntry, variant: Variant | None, now: datetime, ended: Mapping[int, datetime]
) -> Iterator[tuple[str, str, FilePlace]]:
    meters: dict[tuple[str, str, str], list[str]] = {}
    places: dict[tuple[str, str, str], FilePlace] = {}
    for (kind, meter), sets in _sets(entry, variant, now, ended).items():
        for one, other in unsettled_ties(sets):
            place = sets[other] or sets[one]
            if place is not None:
                first, second = sorted((one.canonical, other.canonical))
                pair = (kind, first, second)
                meters.setdefault(pair, []).append(METERS[meter].heading.lower())
                places.setdefault(pair, place)
    for pair, names in meters.items():
        text = f"{pair[0]} prices of {', '.join(names)} under {pair[1]} and {pair[2]} tie: {WHICH}"
        yield entry.model_id, text, places[pair]


def _sets(
    entry: ModelEntry, variant: Variant | None, now: datetime, ended: Mapping[int, datetime]
) -> dict[tuple[str, str], dict[Conditions, FilePlace | None]]:
    """Return the sets of conditions by kind and meter; of those on record, without a place."""
    sets: dict[tuple[str, str], dict[Conditions, FilePlace | None]] = {}
    for row in variant.prices.all() if variant else ():
        until = ended.get(row.pk, row.effective_until)
        if until is None or until > now:
            sets.setdefault((row.kind, row.meter), {})[parse(row.conditions)] = None
    for price in entry.prices:
        if _lasts(price, now):
            sets.setdefault((price.value.kind, price.value.meter), {})[price.value.conditions] = price.place
    return sets


def _lasts(price: PriceEntry, now: datetime) -> bool:
    return price.effective_until is None or price.effective_until > now
