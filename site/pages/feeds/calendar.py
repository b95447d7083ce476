"""Writes the days on which models are deprecated or retire as a calendar (RFC 5545)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from catalog.history.changes import permanent_id
from catalog.history.lifecycle_dates import LifeDate
from catalog.presentation.wording.subject import Site
from catalog.text.values import spoken
from pages.feeds.plain_text import one_line, plain_text

CONTENT_TYPE = "text/calendar; charset=utf-8"
LONGEST_LINE = 75
"""Octets of a line without its end; what is longer is folded."""
UTC_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)
"""What a calendar without an event holds: RFC 5545 allows none that is empty."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One all-day event; its `uid` stays the same when the day is moved."""

    uid: UUID
    day: date
    stamp: datetime
    summary: str
    description: str
    url: str
    category: str


def occasions(days: Iterable[LifeDate], made_at: datetime | None, site: Site) -> list[Occasion]:
    """Say what happens on each day."""
    return [_occasion(one, made_at, site) for one in days]


def _occasion(one: LifeDate, made_at: datetime | None, site: Site) -> Occasion:
    model, spoken_day = one.model, spoken(one.day.isoformat())
    name = one_line(model.name) or one_line(model.model_id)
    if one.field == "retires_on":
        summary, category = f"{name} retires", "Retirement"
        lines = [f"{model.model_id} no longer answers from {spoken_day} on."]
    else:
        summary, category = f"{name} is deprecated", "Deprecation"
        lines = [f"{model.model_id} is deprecated from {spoken_day} on."]
    if model.replacement:
        lines.append(f"Replacement: {model.replacement.model_id}")
    return Occasion(
        uid=permanent_id(made_at, f"{one.field} {model.model_id}"),
        day=one.day,
        stamp=one.known_at or made_at or datetime.combine(one.day, datetime.min.time(), tzinfo=UTC),
        summary=summary,
        description="\n".join(lines),
        url=f"{site.url}{model.path}",
        category=category,
    )


def render(name: str, found: Sequence[Occasion]) -> bytes:
    """Write the whole calendar."""
    return "".join(f"{_folded(line)}\r\n" for line in _lines(name, found)).encode()


def _lines(name: str, found: Sequence[Occasion]) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Model catalog//Lifecycle//EN"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    for key in ("NAME", "X-WR-CALNAME"):
        yield f"{key}:{_escaped(one_line(name))}"
    yield "REFRESH-INTERVAL;VALUE=DURATION:P1D"
    if not found:
        yield from UTC_ZONE
    for one in found:
        yield "BEGIN:VEVENT"
        yield f"UID:{one.uid}"
        yield f"DTSTAMP:{one.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        yield f"DTSTART;VALUE=DATE:{one.day.isoformat().replace('-', '')}"
        yield f"SUMMARY:{_escaped(one.summary)}"
        yield f"DESCRIPTION:{_escaped(one.description)}"
        yield f"CATEGORIES:{one.category}"
        yield f"URL:{one.url}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _escaped(text: str) -> str:
    text = plain_text(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n").replace("\x7f", "")


def _folded(line: str) -> str:
    """Break a line so that none is longer than 75 octets, never within a character."""
    parts, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST_LINE:
            # The space that begins a continued line counts as part of it.
            parts.append(" ")
            size = 1
        parts[-1] += character
        size += width
    return "\r\n".join(parts)
