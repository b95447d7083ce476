"""Reads models.dev: `api.json` or its tree of TOML files."""

from collections.abc import Mapping
from typing import Any

from catalog.exchange.document import FilePlace, ModelEntry
from catalog.exchange.file_table import CatalogFileError, FileTable
from catalog.exchange.foreign_names import ForeignListing
from catalog.exchange.models_dev_prices import read_cost
from catalog.exchange.models_dev_tree import assemble
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
    trimmed,
)
from catalog.text.identifiers import check_cutoff
from catalog.text.refusal import shown

ABILITIES = {
    "attachment": "attachment",
    "reasoning": "reasoning",
    "tool_call": "tool_call",
    "structured_output": "structured_output",
    "temperature": "temperature",
}
STAGES = {"alpha": "preview", "beta": "preview", "deprecated": "deprecated"}


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
    name = trimmed(table, "name").text("name", longest=200, required=True) or ""
    models = table.take("models")
    if not isinstance(models, dict):
        raise table.refuse("models", f"{shown(models)} is not an object of models")
    table.taken.add("id")
    count_unknown(table, listing.reading.lost, "provider: ")
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
        "name": trimmed(table, "name").name("name"),
        "modality": chief(output),
        "input_modalities": modalities(kinds, "input", words, lost) if kinds else None,
        "output_modalities": output,
        "lifecycle": _stage(table, lost),
        "released_on": _day(table, "release_date", lost),
        "knowledge_cutoff": _cutoff(table, "knowledge"),
        "open_weights": table.flag("open_weights"),
        "context_window": (limit.whole("context") or None) if limit else None,
        "max_input_tokens": (limit.whole("input") or None) if limit else None,
        "max_output_tokens": (limit.whole("output") or None) if limit else None,
    }
    offer = listing.offer(table)
    prices = read_cost(table, offer, lost, short_write(id_))
    entry = listing.model(
        table,
        id_,
        provider,
        family=trimmed(table, "family").text("family", longest=90),
        fields=fields,
        abilities={
            **{ours: table.flag(word) for word, ours in ABILITIES.items()},
            "thinking_budget": _has_budget(table),
        },
        prices=prices,
    )
    for part, prefix in ((table, ""), (kinds, "modalities."), (limit, "limit.")):
        count_unknown(part, lost, prefix)
    return entry


def _stage(table: FileTable, lost: Any) -> str | None:
    word = trimmed(table, "status").text("status", longest=100)
    if word and word not in STAGES:
        # A word of a later release: the model is read without it.
        lost[f"status {named(word)}"] += 1
    return STAGES.get(word or "")


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
