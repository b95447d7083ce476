"""Reads models.dev: `api.json` or its tree of TOML files."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from catalog.exchange.document import FilePlace, ModelEntry
from catalog.exchange.file_table import CatalogFileError, FileTable
from catalog.exchange.foreign_names import ForeignListing
from catalog.exchange.models_dev_tree import assemble
from catalog.exchange.reader_base import (
    CatalogReading,
    OfferedPrices,
    ReadCatalog,
    chief,
    modalities,
    named,
    number,
    read_json,
    row_table,
    take_rows,
)
from catalog.text.identifiers import check_cutoff
from catalog.text.refusal import shown

METERS = {
    "input": "input_tokens",
    "output": "output_tokens",
    "reasoning": "reasoning_tokens",
    "cache_read": "cache_read_tokens",
    "cache_write": "cache_write_5m_tokens",
    "input_audio": "input_audio_tokens",
    "output_audio": "output_audio_tokens",
}
ABILITIES = {
    "attachment": "attachment",
    "reasoning": "reasoning",
    "tool_call": "tool_call",
    "structured_output": "structured_output",
    "temperature": "temperature",
}
STAGES = {"alpha": "preview", "beta": "preview", "deprecated": "deprecated"}
NO_PLACE = ("reasoning_options", "interleaved", "experimental", "provider", "last_updated")
MILLION = 1_000_000


def parse(
    content: bytes | Mapping[str, bytes], origin: ReadCatalog, provider: str | None = None
) -> CatalogReading:
    """Read `api.json`, or files by path."""
    whole = (
        assemble(content, origin.file) if isinstance(content, Mapping) else read_json(content, origin.file)
    )
    if not isinstance(whole, dict) or not whole:
        raise CatalogFileError(
            FilePlace(origin.file, 0), "is not models.dev's api.json: it holds no providers"
        )
    listing = ForeignListing(origin.reading(), origin, provider)
    for key, values in whole.items():
        if listing.wants(key):
            _provider(listing, key, values)
    return listing.reading


def _provider(listing: ForeignListing, key: str, values: Any) -> None:
    table = row_table(listing.origin.file, (key,), values)
    name = table.text("name", longest=200, required=True) or ""
    models = table.take("models")
    if not isinstance(models, dict):
        raise table.refuse("models", f"{shown(models)} is not an object of models")
    path = (key, "models")
    take_rows(
        listing.reading,
        models.items(),
        lambda id_, row: _model(
            listing, row_table(listing.origin.file, (*path, named(id_)), row), id_, (key, name)
        ),
    )


def _model(listing: ForeignListing, table: FileTable, id_: str, provider: tuple[str, str]) -> ModelEntry:
    lost = listing.reading.lost
    stated_id = table.text("id", longest=300)
    if stated_id not in (None, id_):
        raise table.refuse("id", f"{shown(stated_id)} is not the key it stands under")
    kinds = table.table("modalities")
    words = {"pdf": "file"}
    output = modalities(kinds, "output", words, lost) if kinds else None
    limit = table.table("limit")
    fields = {
        "name": table.name("name"),
        "modality": chief(output),
        "input_modalities": modalities(kinds, "input", words, lost) if kinds else None,
        "output_modalities": output,
        "lifecycle": STAGES.get(table.choice("status", STAGES) or ""),
        "released_on": _day(table, "release_date", lost),
        "knowledge_cutoff": _cutoff(table, "knowledge"),
        "open_weights": table.flag("open_weights"),
        "context_window": (limit.whole("context") or None) if limit else None,
        "max_input_tokens": (limit.whole("input") or None) if limit else None,
        "max_output_tokens": (limit.whole("output") or None) if limit else None,
    }
    lost.update(key for key in NO_PLACE if key in table.values)
    return listing.model(
        table,
        id_,
        provider,
        family=table.text("family", longest=90),
        fields=fields,
        abilities={
            **{ours: table.flag(word) for word, ours in ABILITIES.items()},
            "thinking_budget": _has_budget(table),
        },
        prices=_prices(table, listing.offer(table), lost),
    )


def _prices(table: FileTable, offer: OfferedPrices, lost: Any) -> list[Any]:
    cost = table.table("cost")
    if cost is None:
        return []
    _level(cost, offer, {})
    for tier in cost.tables("tiers") or []:
        bound = tier.table("tier")
        size = bound.whole("size", required=True) if bound else None
        if bound is None or size is None or bound.take("type") not in (None, "context"):
            raise tier.refuse("tier", "is not a tier of context: write { type = 'context', size = 200000 }")
        _level(tier, offer, {"prompt_tokens_over": size})
    # Written by its generator beside one tier of 200,000 and over: a copy of it, unless it stands alone.
    over = None if cost.values.get("tiers") else cost.table("context_over_200k")
    if over:
        _level(over, offer, {"prompt_tokens_over": 200_000})
        lost.update(f"cost.context_over_200k.{named(key)}"[:60] for key in over.values if key not in METERS)
    known = {*METERS, "tiers", "context_over_200k"}
    lost.update(f"cost.{key}"[:60] for key in cost.values if key not in known)
    return list(offer.found.values())


def _level(table: FileTable, offer: OfferedPrices, when: dict[str, Any]) -> None:
    for key, meter in METERS.items():
        if table.values.get(key) is not None:
            amount: Decimal = number(table, key, table.take(key))
            offer.add(key, meter, amount, when, per=MILLION)


def _day(table: FileTable, key: str, lost: Any) -> Any:
    words = table.values.get(key)
    # A month is no day.
    if isinstance(words, str) and len(words) == 7:
        _cutoff(table, key)
        lost[f"{key} by month"] += 1
        return None
    return table.day(key)


def _has_budget(table: FileTable) -> bool | None:
    # The ways in which thinking is set, all of them; an empty list says nothing.
    options = table.values.get("reasoning_options")
    kinds = [row.get("type") for row in options if isinstance(row, dict)] if isinstance(options, list) else []
    return "budget_tokens" in kinds if kinds else None


def _cutoff(table: FileTable, key: str) -> str | None:
    words = table.text(key, longest=20)
    try:
        return words and check_cutoff(words)
    except ValueError as error:
        raise table.refuse(key, str(error)) from error
