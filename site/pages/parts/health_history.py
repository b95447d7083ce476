"""What troubled a model lately."""

from datetime import UTC, datetime, timedelta
from typing import Any

from catalog.text.values import spoken
from catalog.vocabulary import Severity
from pages.instants import stamp
from pages.model_context import ModelContext

WINDOW = timedelta(days=90)


def incidents(context: ModelContext) -> list[dict[str, Any]]:
    """List the status events that touched the last ninety days, the newest first."""
    since = context.at - WINDOW
    found = []
    for event in context.record["status_events"]:
        started = datetime.fromisoformat(event["started_at"])
        ended = datetime.fromisoformat(event["ended_at"]) if event["ended_at"] else None
        if started > context.at or (ended and ended < since):
            continue
        found.append(
            {
                "severity": event["severity"],
                "word": str(Severity(event["severity"]).label),
                "message": event["message"],
                "started": _said(started),
                "started_iso": stamp(started),
                "ended": _said(ended) if ended else "",
                "ended_iso": stamp(ended) if ended else "",
            }
        )
    return sorted(found, key=lambda event: str(event["started_iso"]), reverse=True)


def _said(instant: datetime) -> str:
    utc = instant.astimezone(UTC)
    return f"{spoken(utc.date().isoformat())}, {utc:%H:%M} UTC"
