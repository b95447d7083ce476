"""Reads LiteLLM's `model_prices_and_context_window.json`."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from catalog.exchange.document import FilePlace, ModelEntry
from catalog.exchange.file_table import CatalogFileError, FileTable
from catalog.exchange.foreign_aliases import AliasRow, add_alias, join_aliases
from catalog.exchange.foreign_endings import statement
from catalog.exchange.foreign_names import ForeignListing
from catalog.exchange.litellm_keys import ABILITIES, NOT_FACTS
from catalog.exchange.litellm_prices import MapPrices
from catalog.exchange.reader_base import (
    CatalogReading,
    ReadCatalog,
    chief,
    count_unknown,
    modalities,
    named,
    read_json,
    row_table,
    short_write,
    take_rows,
)
from catalog.text.identifiers import check_web_address

RESERVED = frozenset({"sample_spec", "fallback_generalizations"})
MODES = {
    "audio_speech": "audio",
    "audio_transcription": "text",
    "chat": "text",
    "completion": "text",
    "image_edit": "image",
    "image_generation": "image",
    "responses": "text",
    "video_generation": "video",
}
WORDS = {"code": "", "pdf": "file"}


def parse(content: bytes, origin: ReadCatalog, provider: str | None = None) -> CatalogReading:
    """Read the map."""
    whole = read_json(content, origin.file)
    if not isinstance(whole, dict) or not whole.keys() - RESERVED:
        raise CatalogFileError(FilePlace(origin.file, 0), "is not LiteLLM's map: it names no models")
    listing = ForeignListing(origin.reading(), origin, provider)
    rows = {key: row for key, row in whole.items() if key not in RESERVED}
    aliases = [AliasRow(key, row) for key, row in rows.items() if _is_alias(row)]
    models = ((key, row) for key, row in rows.items() if not _is_alias(row) and _wants(listing, row))
    take_rows(listing.reading, models, lambda key, row: _model(listing, key, row))
    join_aliases(listing, aliases, rows)
    return listing.reading


def _is_alias(row: Any) -> bool:
    return isinstance(row, dict) and "alias_of" in row


def _wants(listing: ForeignListing, row: Any) -> bool:
    stated = row.get("litellm_provider") if isinstance(row, dict) else None
    return listing.chosen is None or stated == listing.chosen


def _model(listing: ForeignListing, key: str, row: Any) -> ModelEntry:
    lost = listing.reading.lost
    table = row_table(listing.origin.file, (named(key),), row)
    provider = table.text("litellm_provider", longest=300, required=True) or ""
    mode = table.text("mode", longest=100) or ""
    output = modalities(table, "supported_output_modalities", WORDS, lost)
    fields = {
        "modality": chief(output) or MODES.get(mode),
        "input_modalities": modalities(table, "supported_modalities", WORDS, lost),
        "output_modalities": output,
        "context_window": _whole(table, "max_input_tokens"),
        "max_output_tokens": _whole(table, "max_output_tokens"),
        "vector_size": _whole(table, "output_vector_size"),
        "end_of_life": _ending(listing, table, provider),
    }
    offer = listing.offer(table, table.url("source"))
    abilities = {ours: table.flag(word) for word, ours in ABILITIES.items() if word in row}
    prices = MapPrices(offer, mode, _short_write(key, row), lost).read(table)
    entry = listing.model(
        table,
        key.removeprefix(f"{provider}/"),
        (provider, provider),
        family=None,
        fields=fields,
        abilities=abilities,
        prices=prices,
    )
    for word in table.texts("aliases") or []:
        add_alias(listing, table, entry, (provider, word))
    table.taken |= NOT_FACTS
    count_unknown(table, lost)
    return replace(entry, listed_as=tuple(dict.fromkeys((key, *entry.listed_as))))


def _ending(listing: ForeignListing, table: FileTable, provider: str) -> list[dict[str, Any]] | None:
    # Its word is "deprecated", its dates are those of the shutdown: gpt-4o-2024-05-13 has 2026-10-23 and
    # claude-sonnet-4-5-20250929 has 2026-11-30, as their makers announce it (read 2026-11-24).
    successor = (table.text("successor_model", longest=200) or "").removeprefix(f"{provider}/")
    row = statement(
        provider,
        table.day("deprecation_date"),
        listing.cited(),
        source=_address(listing, table.take("deprecation_source")),
        successor=listing.model_id(provider, successor) if successor else "",
    )
    return [row] if row else None


def _address(listing: ForeignListing, text: Any) -> str:
    try:
        if text is None:
            return ""
        if isinstance(text, str) and len(text) <= 300:
            return check_web_address(text)
    except ValueError:
        pass
    # The row is not set aside for it: some are templates with braces.
    listing.reading.lost["deprecation_source that is no address"] += 1
    return ""


def _short_write(key: str, row: dict[str, Any]) -> str:
    # Of OpenAI's models alone it has twelve hours, and thirty minutes below them.
    has_long = any("_above_12hr" in name for name in row)
    return "cache_write_30m_tokens" if has_long else short_write(key)


def _whole(table: FileTable, key: str) -> int | None:
    value = table.values.get(key)
    # A few limits are written as decimals.
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
        table.values[key] = int(value) if value.adjusted() < 12 else value
    return table.whole(key) or None  # 0: none to state
