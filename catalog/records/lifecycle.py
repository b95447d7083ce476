"""Lifecycle and status of a model at an instant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from catalog.records.record import Record, StatusRecord

SEVERITY_ORDER = {"operational": 0, "maintenance": 1, "degraded": 2, "outage": 3}


@dataclass(frozen=True, slots=True)
class StatusNow:
    """The status at an instant; operational has neither `since` nor `message`."""

    severity: str
    since: str | None
    message: str | None


def lifecycle_on(record: Record, day: date) -> str | None:
    """Return the lifecycle on a day."""
    # Dates win over the stated word, which stays until somebody edits it.
    return stage_by_date(record, day) or record["stated_lifecycle"]


def stage_by_date(record: Record, day: date) -> str | None:
    """Return the stage that the dates decide on a day, None if they do not."""
    retires, deprecated = record["retires_on"], record["deprecated_on"]
    if retires:
        # A model with a known retirement date is deprecated until then.
        return "retired" if date.fromisoformat(retires) <= day else "deprecated"
    if deprecated and date.fromisoformat(deprecated) <= day and record["stated_lifecycle"] != "retired":
        return "deprecated"
    return None


def status_at(events: Iterable[StatusRecord], at: datetime) -> StatusNow:
    """Return the worst open status event, or operational."""
    open_events = [
        event
        for event in events
        if datetime.fromisoformat(event["started_at"]) <= at
        and not (event["ended_at"] and datetime.fromisoformat(event["ended_at"]) <= at)
    ]
    if not open_events:
        return StatusNow("operational", None, None)
    worst = max(open_events, key=lambda event: SEVERITY_ORDER[event["severity"]])
    return StatusNow(worst["severity"], worst["started_at"], worst["message"])
