"""Other catalogs' weekly hours, rewritten exactly as conditions in UTC."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from catalog.exchange.file_table import FileTable
from catalog.text.refusal import shown

DAY = 24 * 60
WEEK = frozenset(range(1, 8))
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SHIFTS = "in a zone with daylight saving"
UNKNOWN = "in a zone that is not known"
_CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d))?")


@dataclass(frozen=True, slots=True)
class WeeklyWindow:
    """Minutes of a day, end exclusive, on ISO weekdays; may wrap midnight, the day is then each instant's."""

    start: int
    end: int
    days: frozenset[int] = WEEK

    def holds(self, minute: int, day: int) -> bool:
        """Whether a minute of a weekday lies within."""
        if day not in self.days:
            return False
        if self.start == self.end:
            return True
        is_after = minute >= self.start
        return is_after and minute < self.end if self.start < self.end else is_after or minute < self.end


def read_clock(text: str) -> int:
    """Return the minute of the day of "16:30"; "24:00" is 0."""
    match = _CLOCK.fullmatch(text)
    minute = int(match[1]) * 60 + int(match[2]) if match else DAY + 1
    if minute > DAY:
        raise ValueError(f"{text!r} is not a time of day: write 16:30")
    return minute % DAY


def read_weekday(table: FileTable, key: str, day: Any) -> int:
    """Return the ISO weekday of "mon", "Monday" or 1."""
    if isinstance(day, str) and day.lower()[:3] in DAYS:
        return DAYS.index(day.lower()[:3]) + 1
    if isinstance(day, int) and not isinstance(day, bool) and day in WEEK:
        return day
    raise table.refuse(key, f"{shown(day)} is not a day of the week: write mon")


def utc_conditions(
    windows: Iterable[WeeklyWindow], *, hours_offset: int = 0, days_offset: int = 0
) -> list[dict[str, Any]]:
    """Return sets of conditions that hold at just the instants of the windows, and never two at once.

    Offsets are minutes east of UTC: that of the windows' hours, and that of their weekdays.
    """
    windows = list(windows)
    flip = -days_offset % DAY
    edges = {(edge - hours_offset) % DAY for window in windows for edge in (window.start, window.end)}
    cuts = sorted({0, flip, *edges})
    spans: list[tuple[int, int, frozenset[int]]] = []
    for start, end in zip(cuts, [*cuts[1:], DAY], strict=True):
        days = frozenset(
            day
            for day in WEEK
            if any(_holds(window, start, day, hours_offset, days_offset) for window in windows)
        )
        if spans and spans[-1][2] == days:
            spans[-1] = (spans[-1][0], end, days)
        else:
            spans.append((start, end, days))
    if len(spans) > 1 and spans[0][2] == spans[-1][2]:
        # One window past midnight.
        spans[0] = (spans.pop()[0], spans[0][1], spans[0][2])
    return [_conditions(start, end, days) for start, end, days in spans if days]


def _holds(window: WeeklyWindow, minute: int, day: int, hours_offset: int, days_offset: int) -> bool:
    later = (minute + days_offset) // DAY
    return window.holds((minute + hours_offset) % DAY, (day - 1 + later) % 7 + 1)


def _conditions(start: int, end: int, days: frozenset[int]) -> dict[str, Any]:
    conditions: dict[str, Any] = {}
    if start % DAY != end % DAY:
        conditions["utc_window"] = [_spelt(start), _spelt(end)]
    if days != WEEK:
        conditions["weekdays"] = sorted(days)
    return conditions


def _spelt(minute: int) -> str:
    return f"{minute % DAY // 60:02}:{minute % 60:02}"


@lru_cache(maxsize=64)
def fixed_offset(zone: str, year: int) -> int | str:
    """Return a zone's minutes east of UTC, or why it has no such number: `SHIFTS` or `UNKNOWN`.

    >>> fixed_offset("Asia/Shanghai", 2026), fixed_offset("-05:00", 2026), fixed_offset("Mars/Base", 2026)
    (480, -300, 'in a zone that is not known')
    """
    if zone in {"UTC", "Z", "GMT"}:
        return 0
    if match := _OFFSET.fullmatch(zone):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return UNKNOWN if minutes >= DAY else minutes if match[1] == "+" else -minutes
    try:
        known = ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return UNKNOWN
    start = datetime.combine(date(year, 1, 1), datetime.min.time(), tzinfo=UTC)
    # This year and the next: prices are read for the time to come.
    shifts = {(start + timedelta(days=day)).astimezone(known).utcoffset() for day in range(2 * 366)}
    if len(shifts) > 1:
        return SHIFTS
    seconds = int((shifts.pop() or timedelta()).total_seconds())
    return seconds // 60
