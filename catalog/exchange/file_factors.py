"""The prices that factors of a file make, beside those that it states."""

from collections.abc import Iterator
from dataclasses import replace

from catalog.exchange.document import ModelEntry, PriceEntry
from catalog.exchange.file_table import CatalogFileError
from catalog.pricing.factors import products, read_factors


def with_products(entry: ModelEntry) -> ModelEntry:
    """Return a model with what its factors make of its prices; CatalogFileError where that is not exact."""
    rows = entry.fields.get("price_factors")
    return replace(entry, prices=[*entry.prices, *_products(entry)]) if rows else entry


def _products(entry: ModelEntry) -> Iterator[PriceEntry]:
    for price in entry.prices:
        stated = {
            row.value.conditions.canonical
            for row in entry.prices
            if row.value.key[:2] == price.value.key[:2] and row.value.key != price.value.key
            if _overlap(row, price)
        }
        try:
            factors = read_factors(entry.fields["price_factors"])
            for product in products(price.value, factors, stated):
                yield replace(price, value=product.value, factor=product.factor)
        except ValueError as error:
            raise CatalogFileError(price.place, f"a factor makes no exact price: {error}") from error


def _overlap(one: PriceEntry, other: PriceEntry) -> bool:
    return all(
        first.effective_until is None or first.effective_until > second.effective_from
        for first, second in ((one, other), (other, one))
    )
