"""Reads OpenRouter's `/api/v1/models`."""

from dataclasses import replace
from datetime import date
from typing import Any

from catalog.exchange.document import FilePlace, ModelEntry
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.foreign_endings import statement
from catalog.exchange.foreign_names import ForeignListing
from catalog.exchange.openrouter_prices import read_pricing
from catalog.exchange.reader_base import (
    CatalogReading,
    ReadCatalog,
    chief,
    count_unknown,
    modalities,
    read_json,
    row_table,
    short_write,
    take_rows,
    trimmed,
)

PROVIDER = ("openrouter", "OpenRouter")
ABILITIES = {
    "tools": "tool_call",
    "tool_choice": "tool_choice",
    "parallel_tool_calls": "parallel_tool_calls",
    "structured_outputs": "structured_output",
    "reasoning": "reasoning",
    "temperature": "temperature",
    "web_search_options": "web_search",
}
FAR = 2098
WORDS = {"speech": "audio"}


def parse(content: bytes, origin: ReadCatalog, provider: str | None = None) -> CatalogReading:
    """Read the list."""
    whole = read_json(content, origin.file)
    rows = whole.get("data") if isinstance(whole, dict) else None
    if not isinstance(rows, list):
        raise CatalogFileError(FilePlace(origin.file, 0), "is not OpenRouter's list: it has no list 'data'")
    links = whole.get("links")
    if isinstance(links, dict) and links.get("next"):
        raise CatalogFileError(
            FilePlace(origin.file, 0), "links.next: this is one page of a longer list; fetch it whole"
        )
    listing = ForeignListing(origin.reading(), origin, provider)
    if listing.wants(PROVIDER[0]):
        numbered = ((str(at), row) for at, row in enumerate(rows))
        take_rows(listing.reading, numbered, lambda at, row: _model(listing, at, row))
    return listing.reading


def _model(listing: ForeignListing, at: str, row: Any) -> ModelEntry:
    lost = listing.reading.lost
    table = row_table(listing.origin.file, ("data", int(at)), row)
    id_ = table.text("id", longest=10_000, required=True) or ""
    kinds, top = table.table("architecture"), table.table("top_provider")
    output = modalities(kinds, "output_modalities", WORDS, lost) if kinds else None
    ends = table.day("expiration_date")
    cutoff = table.day("knowledge_cutoff")
    supported = set(table.texts("supported_parameters") or [])
    fields = {
        "name": trimmed(table, "name").name("name"),
        "modality": chief(output),
        "input_modalities": modalities(kinds, "input_modalities", WORDS, lost) if kinds else None,
        "output_modalities": output,
        # A date that far away says that none is set.
        "end_of_life": [row] if (row := _ending(listing, ends)) else None,
        "knowledge_cutoff": cutoff.isoformat() if cutoff else None,
        "context_window": table.whole("context_length") or None,
        "max_output_tokens": (top.whole("max_completion_tokens") or None) if top else None,
    }
    author, _, bare = id_.lstrip("~").rpartition("/")
    prices = read_pricing(table, listing.offer(table), lost, short_write(id_))
    entry = listing.model(
        table,
        id_,
        PROVIDER,
        family=author or None,
        fields=fields,
        # A parameter that is not listed is not stated: the list is of what some endpoint takes.
        abilities={ours: True for word, ours in ABILITIES.items() if word in supported},
        prices=prices,
    )
    for part, prefix in ((table, ""), (kinds, "architecture."), (top, "top_provider.")):
        count_unknown(part, lost, prefix)
    return replace(entry, author=author, behind_author=bare) if author else entry


def _ending(listing: ForeignListing, ends: date | None) -> dict[str, Any] | None:
    return statement(PROVIDER[0], ends if ends and ends.year < FAR else None, listing.cited())
