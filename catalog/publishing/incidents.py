"""Opens and closes status events."""

from catalog.models import StatusEvent, Variant
from catalog.publishing.publish import Edition
from catalog.vocabulary import ChangeKind, Severity

DEFAULT_MESSAGES = {
    Severity.MAINTENANCE: "Maintenance is under way.",
    Severity.DEGRADED: "Requests may be slow or fail.",
    Severity.OUTAGE: "Requests fail.",
}


def open_event(edition: Edition, variant: Variant, severity: Severity, message: str) -> StatusEvent:
    """Open a status event, unless one of this severity is open."""
    held = StatusEvent.objects.at(edition.at).filter(variant=variant, severity=severity).first()
    if held is not None:
        return held
    event = edition.add(
        StatusEvent(variant=variant, severity=severity, message=message, started_at=edition.at)
    )
    edition.record(
        ChangeKind.STATUS, variant, f"{variant}: {severity.label.lower()}. {message}", after=severity
    )
    return event


def close(edition: Edition, event: StatusEvent) -> None:
    """End a status event now, if it has not ended."""
    if event.ended_at is not None and event.ended_at <= edition.at:
        return
    # An announced event that has not begun ends at its start: a span never ends before it begins.
    edition.change(event, {"ended_at": max(edition.at, event.started_at)})
    severity = Severity(event.severity)
    edition.record(
        ChangeKind.STATUS, event.variant, f"{event.variant}: {severity.label.lower()} over", before=severity
    )
