"""Status events as lists show them, open and ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from catalog.history.status import WorstEvent
from catalog.models import StatusEvent
from catalog.text.dates_and_ratios import spoken
from catalog.vocabulary import Severity
from pages.instants import stamp


@dataclass(frozen=True, slots=True)
class EventRow:
    """One span of trouble of a model."""

    name: str
    path: str
    severity: str
    word: str
    message: str
    since: str
    since_iso: str
    ended: str = ""
    ended_iso: str = ""


def open_rows(events: Iterable[WorstEvent]) -> list[EventRow]:
    """Return open incidents."""
    return [
        EventRow(
            name=event.name,
            path=event.path,
            severity=event.severity,
            word=str(Severity(event.severity).label),
            message=event.message,
            since=_said(datetime.fromisoformat(event.since)),
            since_iso=stamp(event.since),
        )
        for event in events
    ]


def ended_rows(events: Iterable[StatusEvent]) -> list[EventRow]:
    """Return ended events, fetched with model and family."""
    return [
        EventRow(
            name=event.variant.display_name,
            path=event.variant.path,
            severity=event.severity,
            word=str(Severity(event.severity).label),
            message=event.message,
            since=_said(event.started_at),
            since_iso=stamp(event.started_at),
            ended=_said(event.ended_at) if event.ended_at else "",
            ended_iso=stamp(event.ended_at) if event.ended_at else "",
        )
        for event in events
    ]


def _said(instant: datetime) -> str:
    utc = instant.astimezone(UTC)
    return f"{spoken(utc.date().isoformat())}, {utc:%H:%M} UTC"
