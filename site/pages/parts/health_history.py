"""Recent incidents of a model."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from catalog.text.dates_and_ratios import spoken
from catalog.vocabulary import Severity
from pages.instants import stamp
from pages.model_context import ModelContext

WINDOW = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Incident:
    """One status event; `ended` is empty while it is open."""

    severity: str
    word: str
    message: str
    started: str
    started_iso: str
    ended: str
    ended_iso: str


def incidents(context: ModelContext) -> list[Incident]:
    """List the status events of the last 90 days, newest first."""
    since = context.at - WINDOW
    rows = []
    for event in context.record["status_events"]:
        started = datetime.fromisoformat(event["started_at"])
        ended = datetime.fromisoformat(event["ended_at"]) if event["ended_at"] else None
        # As of the page's instant: later events had not happened.
        if started > context.at or (ended and ended < since):
            continue
        rows.append(
            Incident(
                severity=event["severity"],
                word=str(Severity(event["severity"]).label),
                message=event["message"],
                started=_minute(started),
                started_iso=stamp(started),
                ended=_minute(ended) if ended else "",
                ended_iso=stamp(ended) if ended else "",
            )
        )
    return sorted(rows, key=lambda row: row.started_iso, reverse=True)


def _minute(instant: datetime) -> str:
    utc = instant.astimezone(UTC)
    return f"{spoken(utc.date().isoformat())}, {utc:%H:%M} UTC"
