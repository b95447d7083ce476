"""Reads genai-prices, version 2: providers with their models and dated, tiered prices."""

import re
from datetime import UTC, datetime, time
from typing import Any

from catalog.exchange.document import FilePlace, ModelEntry
from catalog.exchange.file_table import CatalogFileError, FileTable
from catalog.exchange.foreign_names import ForeignListing
from catalog.exchange.reader_base import (
    CatalogReading,
    OfferedPrices,
    ReadCatalog,
    named,
    number,
    read_json,
    row_table,
    take_rows,
)
from catalog.text.refusal import shown

MILLION, THOUSAND = 1_000_000, 1_000
METERS = {
    "input_mtok": ("input_tokens", MILLION),
    "output_mtok": ("output_tokens", MILLION),
    "cache_read_mtok": ("cache_read_tokens", MILLION),
    "cache_write_mtok": ("cache_write_5m_tokens", MILLION),
    "cache_write_5m_mtok": ("cache_write_5m_tokens", MILLION),
    "cache_write_1h_mtok": ("cache_write_1h_tokens", MILLION),
    "input_audio_mtok": ("input_audio_tokens", MILLION),
    "output_audio_mtok": ("output_audio_tokens", MILLION),
    "output_reasoning_mtok": ("reasoning_tokens", MILLION),
    "requests_kcount": ("requests", THOUSAND),
    "web_searches_kcount": ("searches", THOUSAND),
}
TIERS = ("processing", "service_tier")
NO_PLACE = ("description", "price_comments")
_CLOCK = re.compile(r"(\d{2}:\d{2})(?::00)?(?:Z|\+00:00)?")


def parse(content: bytes, origin: ReadCatalog, provider: str | None = None) -> CatalogReading:
    """Read the file."""
    whole = read_json(content, origin.file)
    if not isinstance(whole, list) or not whole:
        raise CatalogFileError(FilePlace(origin.file, 0), "is not genai-prices: it is no list of providers")
    listing = ForeignListing(origin.reading(), origin, provider)
    for at, values in enumerate(whole):
        table = row_table(origin.file, (at,), values)
        slug = table.text("id", longest=300, required=True) or ""
        name = table.text("name", longest=200, required=True) or ""
        models = table.take("models")
        if not isinstance(models, list):
            raise table.refuse("models", f"{shown(models)} is not a list of models")
        if listing.wants(slug):
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
        "name": table.name("name"),
        "context_window": table.whole("context_window") or None,
        "lifecycle": "deprecated" if table.flag("deprecated") else None,
    }
    offer = listing.offer(table)
    _prices(table, offer, lost)
    lost.update(key for key in NO_PLACE if table.values.get(key))
    return listing.model(
        table, id_, provider, family=None, fields=fields, abilities={}, prices=list(offer.found.values())
    )


def _prices(table: FileTable, offer: OfferedPrices, lost: Any) -> None:
    stated = table.values.get("prices")
    if isinstance(stated, dict):
        _level(table.table("prices"), offer, {}, lost)
    # The last that is active holds; the first, without a constraint, is the fallback.
    elif isinstance(stated, list) and stated:
        _dated(table.tables("prices") or [], offer, lost)
    else:
        raise table.refuse("prices", f"{shown(stated)} is neither prices nor a list of them")
    for variant in table.tables("price_variants") or []:
        when = variant.table("when")
        words = when.values if when else {}
        if len(words) == 1 and next(iter(words)) in TIERS and "constraint" not in variant.values:
            tier = when.text(next(iter(words)), longest=60) if when else None
            _level(variant.table("prices"), offer, {"service_tier": tier}, lost)
        else:
            lost["price_variants"] += 1


def _dated(rows: list[FileTable], offer: OfferedPrices, lost: Any) -> None:
    starts = [_start(row) for row in rows]
    dated = sorted(start for start in starts if start)
    for row, start in zip(rows, starts, strict=True):
        constraint = row.table("constraint")
        if constraint and "start_date" not in constraint.values:
            _level(row.table("prices"), offer, {"utc_window": _window(constraint)}, lost)
            continue
        following = next((other for other in dated if start is None or other > start), None)
        if start is None and following and following <= offer.origin.at:
            # It ended, and when it began is not said: it cannot be dated.
            lost["prices that ended, without a start"] += 1
            continue
        _level(row.table("prices"), offer, {}, lost, begins=start, ends=following)


def _start(row: FileTable) -> datetime | None:
    constraint = row.table("constraint")
    day = constraint.day("start_date") if constraint else None
    return datetime.combine(day, time(), tzinfo=UTC) if day else None


def _window(constraint: FileTable) -> list[str]:
    clocks = []
    for key in ("start_time", "end_time"):
        clock = _CLOCK.fullmatch(constraint.text(key, longest=20, required=True) or "")
        if not clock:
            raise constraint.refuse(key, "is not a time of day in UTC: write 16:30:00Z")
        clocks.append(clock[1])
    return clocks


def _level(
    table: FileTable | None,
    offer: OfferedPrices,
    when: dict[str, Any],
    lost: Any,
    *,
    begins: datetime | None = None,
    ends: datetime | None = None,
) -> None:
    for key, value in table.values.items() if table else ():
        if key not in METERS:
            lost[f"prices.{named(key)}"] += 1
            continue
        if value is None or table is None:
            continue
        meter, per = METERS[key]
        if not isinstance(value, dict):
            offer.add(key, meter, number(table, key, value), when, per=per, begins=begins, ends=ends)
            continue
        tiered = table.table(key)
        rows = (tiered.tables("tiers") or []) if tiered else []
        base = number(table, key, value.get("base"))
        offer.add(key, meter, base, when, per=per, begins=begins, ends=ends)
        for tier in rows:
            size = {"prompt_tokens_over": tier.whole("start", required=True)}
            amount = number(tier, "price", tier.take("price"))
            offer.add(key, meter, amount, when | size, per=per, begins=begins, ends=ends)
