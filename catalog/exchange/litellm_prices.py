"""Prices in LiteLLM's map."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.exchange.document import PriceEntry
from catalog.exchange.file_table import LARGEST_WHOLE, FileTable
from catalog.exchange.litellm_keys import SAME_PRICE, is_price, meters_beside, read_key
from catalog.exchange.offered_prices import OfferedPrices, number
from catalog.exchange.reader_base import count_unknown, named
from catalog.exchange.weekly_windows import WEEK, WeeklyWindow, fixed_offset, read_clock, utc_conditions
from catalog.text.refusal import shown

SIZES = ("low", "medium", "high")
# What bounds the price of searches, and has no place here.
OF_SEARCHES = ("search_free_requests", "web_search_billing_unit")


@dataclass(frozen=True, slots=True)
class MapPrices:
    """The prices of one row: what they are offered to, its mode, the meter of its shortest cache write."""

    offer: OfferedPrices
    mode: str
    short_write: str
    lost: Any

    def read(self, table: FileTable) -> list[PriceEntry]:
        """Read prices, in dollars per unit."""
        # Tiers first: a price that also stands on its own says the same more plainly, and holds.
        for tier in table.tables("tiered_pricing") or []:
            self._tier(tier)
        for key, value in table.values.items():
            if is_price(key) and value is not None:
                self._price(table, key)
        self._searches(table)
        self._off_peak(table)
        for key, value in table.values.items():
            if key.endswith("_multiplier") and value not in (None, 1):
                self.offer.omit(named(key))
        return self.offer.entries()

    def _price(self, table: FileTable, key: str, when: dict[str, Any] | None = None) -> None:
        value, meant = table.take(key), read_key(key, self.mode, self.short_write)
        if meant is not None:
            self.offer.add(key, meant.meter, number(table, key, value), meant.conditions | (when or {}))
            return
        self.lost[named(key)] += 1
        if key not in SAME_PRICE:
            self.offer.omit(named(key), meters_beside(key))

    def _tier(self, tier: FileTable) -> None:
        bounds = tier.take("range")
        if bounds is None:
            self._leave_out("tiered_pricing without range", tier)
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
                self._price(tier, key, when)
        count_unknown(tier, self.lost, "tiered_pricing.")

    def _searches(self, table: FileTable) -> None:
        sizes = table.table("search_context_cost_per_query")
        if sizes is None:
            return
        amounts = {
            size: number(sizes, key, sizes.take(key))
            for size in SIZES
            if sizes.values.get(key := f"search_context_size_{size}") is not None
        }
        if len(amounts) == len(SIZES) and len(set(amounts.values())) == 1:
            self.offer.add("search_context_cost_per_query", "searches", amounts["low"])
        else:
            for size, amount in amounts.items():
                self.offer.add(
                    f"search_context_size_{size}", "searches", amount, {"search_context_size": size}
                )
        for key in OF_SEARCHES:
            if key in table.values:
                self.offer.omit(key, ["searches"])
        count_unknown(sizes, self.lost, "search_context_cost_per_query.")

    def _off_peak(self, table: FileTable) -> None:
        cheap = table.table("off_peak_pricing")
        if cheap is None:
            return
        parts = cheap.tables("windows") or [cheap]
        stranger = _stranger(cheap, parts)
        if stranger:
            # It may say when the prices hold, or others that hold then.
            self._leave_out(f"off_peak_pricing with {named(stranger)}", cheap)
            return
        zone = cheap.text("weekday_timezone", longest=60) or "UTC"
        windows = [window for part in parts for window in _windows(part)]
        # Hours are of UTC, only weekdays of the zone, as LiteLLM 1.110.2 reads them.
        offset = fixed_offset(zone, self.offer.origin.at.year)
        if isinstance(offset, str):
            self._leave_out(f"off_peak_pricing {offset}", cheap)
            return
        times = utc_conditions(windows, days_offset=offset)
        if {} in times:
            raise cheap.refuse("hours_utc", "is the whole week: that is no window")
        for key, value in cheap.values.items():
            if is_price(key) and value is not None:
                for when in times:
                    self._price(cheap, key, when)

    def _leave_out(self, name: str, table: FileTable) -> None:
        self.lost[name] += 1
        keys = [
            key for part in (table, *(table.tables("windows") or ())) for key in part.values if is_price(key)
        ]
        meant = [read_key(key, self.mode, self.short_write) for key in keys]
        self.offer.omit(name, _meters([known.meter for known in meant if known]))


def _stranger(cheap: FileTable, parts: Sequence[FileTable]) -> str:
    """Return the first key that this shape of windows does not have, or ""."""
    has_windows = parts != [cheap]
    times = {"hours_utc", "weekdays"}
    known = {"weekday_timezone", *({"windows"} if has_windows else times)}
    outside = [key for key in cheap.values if key not in known and not is_price(key)]
    inside = [f"windows.{key}" for part in parts if has_windows for key in part.values if key not in times]
    return next(iter([*outside, *inside]), "")


def _meters(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _windows(window: FileTable) -> Iterator[WeeklyWindow]:
    hours, days = window.take("hours_utc"), window.take("weekdays")
    spans = [hours] if isinstance(hours, str) else hours
    if not isinstance(spans, list) or not spans or not all(isinstance(span, str) for span in spans):
        raise window.refuse("hours_utc", f'{shown(hours)} is not a list of hours: write ["16:30-00:30"]')
    known = WEEK if days is None else _days(window, days)
    for span in spans:
        start, _, end = span.partition("-")
        try:
            yield WeeklyWindow(read_clock(start), read_clock(end), known)
        except ValueError as error:
            raise window.refuse("hours_utc", f"{shown(span)}: {error}") from error


def _days(window: FileTable, days: Any) -> frozenset[int]:
    if (
        not isinstance(days, list)
        or not days
        or not all(isinstance(day, int) and not isinstance(day, bool) and day in WEEK for day in days)
    ):
        raise window.refuse("weekdays", f"{shown(days)} is not a list of weekdays: write [6, 7]")
    return frozenset(days)
