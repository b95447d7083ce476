"""Reads genai-prices, version 2: providers with their models and dated, tiered prices."""

from typing import Any

from catalog.exchange.document import FilePlace, ModelEntry
from catalog.exchange.file_table import CatalogFileError, FileTable
from catalog.exchange.foreign_names import ForeignListing
from catalog.exchange.genai_levels import METERS, MILLION, GenaiLevels
from catalog.exchange.reader_base import (
    CatalogReading,
    ReadCatalog,
    count_unknown,
    read_json,
    row_table,
    short_write,
    take_rows,
    trimmed,
)
from catalog.text.refusal import shown


def parse(content: bytes, origin: ReadCatalog, provider: str | None = None) -> CatalogReading:
    """Read the file."""
    whole = read_json(content, origin.file)
    if not isinstance(whole, list) or not whole:
        raise CatalogFileError(FilePlace(origin.file, 0), "is not genai-prices: it is no list of providers")
    listing = ForeignListing(origin.reading(), origin, provider)
    for at, values in enumerate(whole):
        table = row_table(origin.file, (at,), values)
        slug = table.text("id", longest=300, required=True) or ""
        name = trimmed(table, "name").text("name", longest=200, required=True) or ""
        models = table.take("models")
        if not isinstance(models, list):
            raise table.refuse("models", f"{shown(models)} is not a list of models")
        if listing.wants(slug):
            count_unknown(table, listing.reading.lost, "provider: ")
            _provider(listing, at, (slug, name), models)
    return listing.reading


def _provider(listing: ForeignListing, at: int, provider: tuple[str, str], models: list[Any]) -> None:
    def read(index: str, values: Any) -> ModelEntry:
        table = row_table(listing.origin.file, (at, "models", int(index)), values)
        return _model(listing, table, provider)

    take_rows(listing.reading, ((str(index), row) for index, row in enumerate(models)), read)


def _model(listing: ForeignListing, table: FileTable, provider: tuple[str, str]) -> ModelEntry:
    lost = listing.reading.lost
    id_ = table.text("id", longest=10_000, required=True) or ""
    fields = {
        "name": trimmed(table, "name").name("name"),
        "context_window": table.whole("context_window") or None,
        "lifecycle": "deprecated" if table.flag("deprecated") else None,
    }
    offer = listing.offer(table)
    GenaiLevels(offer, lost, METERS | {"cache_write_mtok": (short_write(id_), MILLION)}).read(table)
    count_unknown(table, lost)
    return listing.model(
        table, id_, provider, family=None, fields=fields, abilities={}, prices=offer.entries()
    )
