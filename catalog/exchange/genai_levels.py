"""Prices of genai-prices, version 2: dated, by hours, tiers and variants."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from catalog.exchange.file_table import FileTable
from catalog.exchange.offered_prices import OfferedPrices, number
from catalog.exchange.reader_base import count_unknown, is_empty, named
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
    "input_image_mtok": ("input_image_tokens", MILLION),
    "output_image_mtok": ("output_image_tokens", MILLION),
    "cache_image_read_mtok": ("cache_read_image_tokens", MILLION),
    "output_reasoning_mtok": ("reasoning_tokens", MILLION),
    "requests_kcount": ("requests", THOUSAND),
    "web_searches_kcount": ("searches", THOUSAND),
}
TIERS = ("processing", "service_tier")
CONSTRAINTS = (frozenset({"start_date"}), frozenset({"start_time", "end_time"}))
_CLOCK = re.compile(r"(\d{2}:\d{2})(?::00)?(?:Z|\+00:00)?")


@dataclass(frozen=True, slots=True)
class GenaiLevels:
    """The prices of one model: what they are offered to, what is lost, meters and lots by key."""

    offer: OfferedPrices
    lost: Any
    meters: dict[str, tuple[str, int]]

    def read(self, table: FileTable) -> None:
        """Read a model's prices."""
        stated = table.values.get("prices")
        if isinstance(stated, dict):
            self.level(table.table("prices"), {})
        # The last that is active holds; the first, without a constraint, is the fallback.
        elif isinstance(stated, list) and stated:
            _dated(table.tables("prices") or [], self)
        else:
            raise table.refuse("prices", f"{shown(stated)} is neither prices nor a list of them")
        for variant in table.tables("price_variants") or []:
            when = variant.table("when")
            words = when.values if when else {}
            if len(words) == 1 and next(iter(words)) in TIERS and "constraint" not in variant.values:
                tier = when.text(next(iter(words)), longest=60) if when else None
                self.level(variant.table("prices"), {"service_tier": tier})
            else:
                self.leave_out("price_variants", variant)
                variant.taken |= variant.values.keys()
            count_unknown(variant, self.lost, "price_variants.")

    def leave_out(self, name: str, row: FileTable) -> None:
        """Count a row that is left out, and note it beside the prices of its meters."""
        self.lost[name] += 1
        stated = row.values.get("prices")
        keys = stated if isinstance(stated, dict) else {}
        self.offer.omit(name, [meter for key, (meter, _per) in self.meters.items() if key in keys])

    def level(
        self,
        table: FileTable | None,
        when: dict[str, Any],
        *,
        begins: datetime | None = None,
        ends: datetime | None = None,
    ) -> None:
        """Read one object of prices, under conditions and for a time."""
        if table is None:
            return
        for key, value in table.values.items():
            if value is None or (is_empty(value) and key not in self.meters):
                continue
            if key not in self.meters:
                self.lost[f"prices.{named(key)}"] += 1
                self.offer.omit(f"prices.{named(key)}")
                continue
            meter, per = self.meters[key]
            tiered = table.table(key) if isinstance(value, dict) else None
            amount = number(table, key, tiered.take("base") if tiered else value)
            self.offer.add(key, meter, amount, when, per=per, begins=begins, ends=ends)
            for tier in (tiered.tables("tiers") or []) if tiered else []:
                size = {"prompt_tokens_over": tier.whole("start", required=True)}
                amount = number(tier, "price", tier.take("price"))
                self.offer.add(key, meter, amount, when | size, per=per, begins=begins, ends=ends)
                count_unknown(tier, self.lost, "prices.tiers.")
            count_unknown(tiered, self.lost, f"prices.{key}.")


def _dated(rows: list[FileTable], levels: GenaiLevels) -> None:
    starts = [_start(row) for row in rows]
    dated = sorted(start for start in starts if start)
    for row, start in zip(rows, starts, strict=True):
        constraint = row.table("constraint")
        keys = frozenset(constraint.values) if constraint else frozenset()
        if keys and keys not in CONSTRAINTS:
            levels.leave_out(f"prices with {named(', '.join(sorted(keys)))}", row)
            continue
        if constraint and "start_date" not in keys:
            levels.level(row.table("prices"), {"utc_window": _window(constraint)})
            count_unknown(row, levels.lost, "prices.")
            continue
        following = next((other for other in dated if start is None or other > start), None)
        if start is None and following and following <= levels.offer.origin.at:
            # It ended, and when it began is not said: it cannot be dated.
            levels.lost["prices that ended, without a start"] += 1
            continue
        levels.level(row.table("prices"), {}, begins=start, ends=following)
        count_unknown(row, levels.lost, "prices.")


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
