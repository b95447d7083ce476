"""Reads the database as a document."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from catalog.exchange.child_rows import REGISTRY
from catalog.exchange.document import (
    CatalogDocument,
    FamilyEntry,
    FilePlace,
    ModelEntry,
    PriceEntry,
    PromiseEntry,
    ProviderEntry,
)
from catalog.exchange.field_values import FILE_FIELDS
from catalog.exchange.known_rows import group_rows
from catalog.models import Family, Price, Promise, Provider, Variant
from catalog.pricing.factors import is_made, read_factors
from catalog.records.end_of_life import ending

HERE = FilePlace("catalog")
SOURCE = ("source_url", "source_label", "checked_on")
PROMISE = ("value", "is_stated", *SOURCE)
PROVIDER = ("name", "url", *SOURCE)
FAMILY = ("name", "modality", "overview", "best_for", "price_claim", "price_claim_source", *SOURCE)
MODEL = (
    "slug",
    "position",
    "name",
    *(field.name for field in FILE_FIELDS),
    "overview",
    "price_claim",
    "price_claim_source",
)


def dump() -> CatalogDocument:
    """Return everything but blanks."""
    families = Family.objects.select_related("provider").order_by("provider__slug", "slug")
    return CatalogDocument(
        providers=[
            ProviderEntry(row.slug, _stated(row, PROVIDER), HERE) for row in Provider.objects.order_by("slug")
        ],
        families=[FamilyEntry(row.slug, row.provider.slug, _stated(row, FAMILY), HERE) for row in families],
        models=list(_models()),
        promises=_promises(),
    )


def dump_by_provider() -> Iterator[CatalogDocument]:
    """Yield the promises, then one provider at a time."""
    if promises := _promises():
        yield CatalogDocument(promises=promises)
    families = Family.objects.select_related("provider").order_by("provider__slug", "slug")
    lines = {
        row.slug: FamilyEntry(row.slug, row.provider.slug, _stated(row, FAMILY), HERE) for row in families
    }
    by_provider = groupby(_models("family__provider__slug"), key=lambda entry: lines[entry.family].provider)
    # Models and providers are both ordered by the provider's slug: one pass over each, never all in memory.
    slug, models = next(by_provider, ("", iter(())))
    for row in Provider.objects.order_by("slug"):
        is_next = row.slug == slug
        yield CatalogDocument(
            providers=[ProviderEntry(row.slug, _stated(row, PROVIDER), HERE)],
            families=[line for line in lines.values() if line.provider == row.slug],
            models=list(models) if is_next else [],
        )
        if is_next:
            slug, models = next(by_provider, ("", iter(())))


def _promises() -> list[PromiseEntry]:
    return [PromiseEntry(row.slug, _stated(row, PROMISE), HERE) for row in Promise.objects.order_by("name")]


def _models(*first: str) -> Iterator[ModelEntry]:
    rows = Variant.objects.select_related("family", "replacement").prefetch_related(*REGISTRY, "prices")
    for row in rows.order_by(*first, "family__slug", "position", "pk").iterator(chunk_size=500):
        groups = {name: group_rows(row, name) for name in REGISTRY}
        yield ModelEntry(
            model_id=row.model_id,
            family=row.family.slug,
            fields=_stated(row, MODEL),
            place=HERE,
            replacement=_replacement(row),
            groups={name: stated for name, stated in groups.items() if stated},
            prices=list(_prices(row)),
        )


def _prices(row: Variant) -> Iterator[PriceEntry]:
    rows = list(row.prices.all())
    factors = read_factors(row.price_factors)
    stated = [price for price in rows if price.factor is None]
    inferred = {(_key(price), price.effective_until) for price in rows if price.is_doubtful}
    for price in rows:
        # What its factors make is made again where the file is read.
        is_product = price.factor is not None
        if is_product and any(is_made(price.value, base.value, factors) for base in stated):
            continue
        # Only after a price in a doubtful unit it has to be said that the unit is stated.
        is_certain = False if (_key(price), price.effective_from) in inferred else None
        yield _price(price, unit_is_inferred=price.is_doubtful or is_certain)


def _key(price: Price) -> tuple[str, str, str]:
    return price.kind, price.meter, price.conditions_key


def _replacement(row: Variant) -> str | None:
    if row.replacement is None:
        return None
    # What its statements come to by themselves is not stated twice.
    stated = ending(row.end_of_life).replacements
    return None if stated[:1] == (row.replacement.model_id,) else row.replacement.model_id


def _price(row: Price, *, unit_is_inferred: bool | None) -> PriceEntry:
    return PriceEntry(
        value=row.value,
        effective_from=row.effective_from,
        effective_until=row.effective_until,
        place=HERE,
        source_url=row.source_url,
        source_label=row.source_label,
        checked_on=row.checked_on,
        note=row.note,
        on_record_since=row.on_record_since,
        unit_is_inferred=unit_is_inferred,
        omits=row.omits,
    )


def _stated(row: Any, columns: tuple[str, ...]) -> dict[str, Any]:
    values = {column: getattr(row, column) for column in columns}
    return {column: value for column, value in values.items() if value not in (None, "", [])}
