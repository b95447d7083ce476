"""Days on which models are deprecated or retire, as a calendar (RFC 5545)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText

from catalog.history.changes import permanent_id
from catalog.history.lifecycle_dates import LifeDate
from catalog.models import Variant
from catalog.presentation.wording.subject import Site
from catalog.search.successors import Successors, successors_of
from catalog.text.dates_and_ratios import spoken
from pages.feeds.plain_text import one_line, plain_text

CONTENT_TYPE = "text/calendar; charset=utf-8"
ASKED_AGAIN = timedelta(days=1)
# The one control that XML can hold and a calendar cannot.
_CONTROL = str.maketrans("", "", "\x7f")


@dataclass(frozen=True, slots=True)
class Occasion:
    """One all-day event."""

    uid: UUID  # stays when the day is moved, so that calendars move the event
    day: date
    stamp: datetime
    summary: str
    description: str
    url: str
    category: str


def occasions(days: Sequence[LifeDate], made_at: datetime | None, site: Site, at: datetime) -> list[Occasion]:
    """Return what happens on each day; `at` decides which models are recommended."""
    models = {one.model.model_id: one.model for one in days}
    follows = successors_of(map(_named, models.values()), at)
    return [_occasion(one, made_at, site, follows[one.model.model_id]) for one in days]


def _named(model: Variant) -> dict[str, Any]:
    replacement = model.replacement.model_id if model.replacement else None
    return {"model_id": model.model_id, "replacement": replacement, "end_of_life": model.end_of_life}


def _occasion(one: LifeDate, made_at: datetime | None, site: Site, follows: Successors) -> Occasion:
    model, spoken_day = one.model, spoken(one.day.isoformat())
    name = one_line(model.display_name)
    if one.field == "retires_on":
        summary, category = f"{name} retires", "Retirement"
        lines = [f"{model.model_id} no longer answers from {spoken_day} on."]
    else:
        summary, category = f"{name} is deprecated", "Deprecation"
        lines = [f"{model.model_id} is deprecated from {spoken_day} on."]
    if follows.stated:
        lines.append(f"Replacement: {', '.join(row.model_id for row in follows.stated)}")
    if follows.living and follows.living not in follows.stated:
        lines.append(f"Active model that follows: {follows.living.model_id}")
    return Occasion(
        uid=permanent_id(made_at, f"{one.field} {model.model_id}"),
        day=one.day,
        stamp=one.known_at or made_at or datetime.combine(one.day, datetime.min.time(), tzinfo=UTC),
        summary=summary,
        description="\n".join(lines),
        url=f"{site.url}{model.path}",
        category=category,
    )


def render(name: str, events: Sequence[Occasion]) -> bytes:
    """Return the whole calendar."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Model catalog//Lifecycle//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        # Neither is a property that the library knows, so it has to be told what escapes it.
        calendar.add(key, vText(one_line(name).translate(_CONTROL)))
    calendar.add("refresh-interval", ASKED_AGAIN, {"VALUE": "DURATION"})
    for one in events:
        calendar.add_component(_event(one))
    if not events:
        # RFC 5545 allows no calendar that is empty.
        calendar.add_component(_utc())
    content: bytes = calendar.to_ical(sorted=False)
    return content


def _event(one: Occasion) -> Event:
    event = Event()
    event.add("uid", str(one.uid))
    event.add("dtstamp", one.stamp.astimezone(UTC))
    event.add("dtstart", one.day)
    event.add("summary", plain_text(one.summary).translate(_CONTROL))
    event.add("description", plain_text(one.description).translate(_CONTROL))
    event.add("categories", [one.category])
    event.add("url", one.url)
    event.add("transp", "TRANSPARENT")
    return event


def _utc() -> Timezone:
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - in the zone that is defined here
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    zone = Timezone()
    zone.add("tzid", "UTC")
    zone.add_component(standard)
    return zone
