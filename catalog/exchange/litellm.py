"""Reads LiteLLM's map of models, `model_prices_and_context_window.json`."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from catalog.exchange.document import FilePlace, ModelEntry, PriceEntry
from catalog.exchange.foreign_names import ForeignListing
from catalog.exchange.litellm_keys import ABILITIES, NOT_FACTS, PriceKey, is_price, read_key
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
from catalog.exchange.reading import LARGEST_WHOLE, CatalogFileError, FileTable
from catalog.text.refusal import shown

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
SIZES = ("low", "medium", "high")
FACTS = frozenset(
    {
        *("litellm_provider", "mode", "source", "max_input_tokens", "max_output_tokens", "deprecation_date"),
        *("supported_modalities", "supported_output_modalities", "tiered_pricing", "off_peak_pricing"),
        *("search_context_cost_per_query", *ABILITIES),
    }
)


def parse(content: bytes, origin: ReadCatalog, provider: str | None = None) -> CatalogReading:
    """Read the whole map."""
    whole = read_json(content, origin.file)
    if not isinstance(whole, dict) or not whole.keys() - RESERVED:
        raise CatalogFileError(FilePlace(origin.file, 0), "is not LiteLLM's map: it names no models")
    listing = ForeignListing(origin.reading(), origin, provider)
    rows = ((key, row) for key, row in whole.items() if key not in RESERVED and _wants(listing, row))
    take_rows(listing.reading, rows, lambda key, row: _model(listing, key, row))
    return listing.reading


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
        # Its word is "deprecated", its dates are those of the shutdown: gpt-4o-2024-05-13 has 2026-10-23 and
        # claude-sonnet-4-5-20250929 has 2026-11-30, as their makers announce it (read 2026-11-24).
        "retires_on": table.day("deprecation_date"),
    }
    offer = listing.offer(table, table.url("source"))
    abilities = {ours: table.flag(word) for word, ours in ABILITIES.items() if word in row}
    entry = listing.model(
        table,
        key.removeprefix(f"{provider}/"),
        (provider, provider),
        family=None,
        fields=fields,
        abilities=abilities,
        prices=_prices(table, offer, mode, lost),
    )
    lost.update(_left_over(row))
    return replace(entry, listed_as=tuple(dict.fromkeys((key, *entry.listed_as))))


def _left_over(row: dict[str, Any]) -> Iterator[str]:
    for key in row:
        if key not in FACTS and key not in NOT_FACTS and not is_price(key):
            yield named(key)


def _whole(table: FileTable, key: str) -> int | None:
    """Read a limit; a few are written as decimals, and 0 says that there is none to state."""
    value = table.values.get(key)
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
        table.values[key] = int(value) if value.adjusted() < 12 else value
    return table.whole(key) or None


def _prices(table: FileTable, offer: OfferedPrices, mode: str, lost: Any) -> list[PriceEntry]:
    """Read prices, in dollars per single unit, from the numbers as they are written."""
    # Tiers first: a price that also stands on its own says the same more plainly, and holds.
    for tier in table.tables("tiered_pricing") or []:
        _tier(tier, offer, mode, lost)
    for key, value in table.values.items():
        if is_price(key) and value is not None:
            _price(table, offer, key, read_key(key, mode), lost)
    _searches(table, offer)
    _off_peak(table, offer, mode, lost)
    return list(offer.found.values())


def _price(
    table: FileTable,
    offer: OfferedPrices,
    key: str,
    meant: PriceKey | None,
    lost: Any,
    when: dict[str, Any] | None = None,
) -> None:
    value = table.take(key)
    if meant is None:
        lost[named(key)] += 1
        return
    offer.add(key, meant.meter, number(table, key, value), meant.conditions | (when or {}))


def _tier(tier: FileTable, offer: OfferedPrices, mode: str, lost: Any) -> None:
    bounds = tier.take("range")
    if bounds is None:
        lost["tiered_pricing without range"] += 1
        return
    low = bounds[0] if isinstance(bounds, list) and len(bounds) == 2 else None
    if (
        isinstance(low, bool)
        or not isinstance(low, int | Decimal)
        or not 0 <= low <= LARGEST_WHOLE
        or low != int(low)
    ):
        raise tier.refuse("range", f"{shown(bounds)} is not a range of tokens: write [32000, 128000]")
    when = {"prompt_tokens_over": int(low)} if low else {}
    for key, value in tier.values.items():
        if is_price(key) and value is not None:
            _price(tier, offer, key, read_key(key, mode), lost, when)


def _searches(table: FileTable, offer: OfferedPrices) -> None:
    """Read the price of a search by how much context it brings; one price where all are the same."""
    sizes = table.table("search_context_cost_per_query")
    if sizes is None:
        return
    amounts = {
        size: number(sizes, key, sizes.take(key))
        for size in SIZES
        if sizes.values.get(key := f"search_context_size_{size}") is not None
    }
    if len(amounts) == len(SIZES) and len(set(amounts.values())) == 1:
        offer.add("search_context_cost_per_query", "searches", amounts["low"])
        return
    for size, amount in amounts.items():
        offer.add(f"search_context_size_{size}", "searches", amount, {"search_context_size": size})


def _off_peak(table: FileTable, offer: OfferedPrices, mode: str, lost: Any) -> None:
    """Read the prices that replace the others at some times of day and week."""
    cheap = table.table("off_peak_pricing")
    if cheap is None:
        return
    if cheap.take("weekday_timezone") not in (None, "UTC"):
        lost["off_peak_pricing in a zone of its own"] += 1
        return
    windows = cheap.tables("windows") or [cheap]
    times = [when for window in windows for when in _times(window)]
    for key, value in cheap.values.items():
        if is_price(key) and value is not None:
            for when in times:
                _price(cheap, offer, key, read_key(key, mode), lost, when)


def _times(window: FileTable) -> Iterator[dict[str, Any]]:
    hours, days = window.take("hours_utc"), window.take("weekdays")
    spans = [hours] if isinstance(hours, str) else hours
    if not isinstance(spans, list) or not all(isinstance(span, str) for span in spans):
        raise window.refuse("hours_utc", f'{shown(hours)} is not a list of hours: write ["16:30-00:30"]')
    for span in spans:
        start, _, end = span.partition("-")
        when: dict[str, Any] = {} if start == end and start else {"utc_window": [start, end]}
        if days is not None and days != list(range(1, 8)):
            when["weekdays"] = days
        if not when:
            raise window.refuse("hours_utc", "is the whole week: that is no window")
        yield when
