"""Questions about what a file states, asked in its plan."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime

from catalog.exchange.document import CatalogDocument, FilePlace, ModelEntry, PriceEntry
from catalog.records.plausibility import questions, together
from catalog.records.stated_model import StatedModel, StatedPrice


def doubtful_values(
    document: CatalogDocument, model_ids: Collection[str], at: datetime
) -> Iterator[tuple[str, str, FilePlace]]:
    """Yield model, question and place for these models, beside their siblings in the file."""
    places = {entry.model_id: entry.place for entry in document.models}
    families: dict[str, list[StatedModel]] = defaultdict(list)
    for entry in document.models:
        families[entry.family].append(_stated(entry, at))
    doubts = (row for family in families.values() for row in questions(family, at.date()))
    for subject, text, model_id in together(row for row in doubts if row[0] in model_ids):
        yield subject, text, places[model_id]


def _stated(entry: ModelEntry, at: datetime) -> StatedModel:
    return StatedModel(
        model_id=entry.model_id,
        family=entry.family,
        fields=entry.fields,
        aliases=[row["alias_id"] for row in entry.groups.get("aliases", [])],
        has_replacement=bool(entry.successors),
        prices=[_price(price) for price in _in_force(entry, at)],
    )


def _in_force(entry: ModelEntry, at: datetime) -> Iterator[PriceEntry]:
    latest: dict[tuple[str, str, str], PriceEntry] = {}
    for price in sorted(entry.prices, key=lambda price: price.effective_from):
        if price.effective_from <= at:
            latest[price.value.key] = price
    for price in latest.values():
        if price.effective_until is None or price.effective_until > at:
            yield price


def _price(entry: PriceEntry) -> StatedPrice:
    value = entry.value
    terms = f"{value.kind} {value.meter} {value.per} {value.currency} {value.conditions.canonical}"
    return StatedPrice(value.kind, value.meter, terms, value.amount, entry.checked_on)
