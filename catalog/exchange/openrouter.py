"""Reads OpenRouter's `/api/v1/models`."""

from datetime import date
from typing import Any

from catalog.exchange.document import FilePlace, ModelEntry, PriceEntry
from catalog.exchange.file_table import CatalogFileError, FileTable
from catalog.exchange.foreign_endings import statement
from catalog.exchange.foreign_names import ForeignListing
from catalog.exchange.reader_base import (
    CatalogReading,
    OfferedPrices,
    ReadCatalog,
    chief,
    digits,
    modalities,
    named,
    read_json,
    row_table,
    take_rows,
)
from catalog.text.refusal import shown

PROVIDER = ("openrouter", "OpenRouter")
METERS = {
    "prompt": "input_tokens",
    "completion": "output_tokens",
    "input_cache_read": "cache_read_tokens",
    "input_cache_write": "cache_write_5m_tokens",
    "input_cache_write_1h": "cache_write_1h_tokens",
    "internal_reasoning": "reasoning_tokens",
    "audio": "input_audio_tokens",
    "audio_output": "output_audio_tokens",
    "web_search": "searches",
    "request": "requests",
}
ABILITIES = {
    "tools": "tool_call",
    "tool_choice": "tool_choice",
    "parallel_tool_calls": "parallel_tool_calls",
    "structured_outputs": "structured_output",
    "reasoning": "reasoning",
    "temperature": "temperature",
    "web_search_options": "web_search",
}
DYNAMIC = "-1"
FAR = 2098
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WHEN = frozenset({"min_prompt_tokens", "utc_start", "utc_end", "utc_days"})
WORDS = {"speech": "audio"}
NO_PLACE = (
    "description",
    "hugging_face_id",
    "created",
    "default_parameters",
    "supported_voices",
    "benchmarks",
)


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
        "name": table.name("name"),
        "modality": chief(output),
        "input_modalities": modalities(kinds, "input_modalities", WORDS, lost) if kinds else None,
        "output_modalities": output,
        # A date that far away says that none is set.
        "end_of_life": [row] if (row := _ending(listing, ends)) else None,
        "knowledge_cutoff": cutoff.isoformat() if cutoff else None,
        "context_window": table.whole("context_length") or None,
        "max_output_tokens": (top.whole("max_completion_tokens") or None) if top else None,
    }
    lost.update(key for key in NO_PLACE if table.values.get(key))
    return listing.model(
        table,
        id_,
        PROVIDER,
        family=id_.lstrip("~").partition("/")[0] if "/" in id_ else None,
        fields=fields,
        # A parameter that is not listed is not stated: the list is of what some endpoint takes.
        abilities={ours: True for word, ours in ABILITIES.items() if word in supported},
        prices=_prices(table, listing.offer(table), lost),
    )


def _ending(listing: ForeignListing, ends: date | None) -> dict[str, Any] | None:
    return statement(PROVIDER[0], ends if ends and ends.year < FAR else None, listing.cited())


def _prices(table: FileTable, offer: OfferedPrices, lost: Any) -> list[PriceEntry]:
    pricing = table.table("pricing")
    if pricing is None:
        raise table.refuse(None, "'pricing' is missing")
    _level(pricing, offer, {}, lost)
    for override in pricing.tables("overrides") or []:
        _level(override, offer, _when(override), lost)
    return list(offer.found.values())


def _level(table: FileTable, offer: OfferedPrices, when: dict[str, Any], lost: Any) -> None:
    for key, value in table.values.items():
        if key in METERS and value is not None:
            table.take(key)
            amount = None if value == DYNAMIC else digits(table, key, value)
            offer.add(f"{key}", METERS[key], amount, when)
        elif key == "discount" and value == 0:
            continue
        elif key not in WHEN and key != "overrides":
            lost[f"pricing.{named(key)}"] += 1


def _when(table: FileTable) -> dict[str, Any]:
    conditions: dict[str, Any] = {}
    is_always = False
    size = table.whole("min_prompt_tokens")
    if size is not None:
        conditions["prompt_tokens_over"] = size
    if "utc_start" in table.values or "utc_end" in table.values:
        window = [_clock(table, "utc_start"), _clock(table, "utc_end")]
        # A whole day is no window.
        is_always = window == ["00:00", "24:00"]
        if not is_always:
            conditions["utc_window"] = window
    days = table.take("utc_days")
    if days is not None:
        conditions["weekdays"] = [_weekday(table, day) for day in days] if isinstance(days, list) else days
    if not conditions and not is_always:
        raise table.refuse(None, "is an override without a condition")
    return conditions


def _clock(table: FileTable, key: str) -> str:
    value = table.whole(key, required=True) or 0
    if value > 2400 or value % 100 > 59:
        raise table.refuse(key, f"{value} is not a time of day: write 1630 for 16:30")
    # 1630 is 16:30; 2400 is midnight at the end of a day.
    return f"{value // 100:02}:{value % 100:02}"


def _weekday(table: FileTable, day: Any) -> int:
    if isinstance(day, str) and day.lower()[:3] in DAYS:
        return DAYS.index(day.lower()[:3]) + 1
    if isinstance(day, int) and not isinstance(day, bool) and 1 <= day <= 7:
        return day
    raise table.refuse("utc_days", f"{shown(day)} is not a day of the week")
