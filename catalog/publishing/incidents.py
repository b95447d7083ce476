"""Opening and closing trouble: one status event per model and span."""

from catalog.models import StatusEvent, Variant
from catalog.publishing.publish import Edition
from catalog.vocabulary import ChangeKind, Severity

DEFAULT_MESSAGES = {
    Severity.MAINTENANCE: "Maintenance is under way.",
    Severity.DEGRADED: "Requests may be slow or fail.",
    Severity.OUTAGE: "Requests fail.",
}
"""What a one-click event says until somebody writes more."""


def open_event(edition: Edition, variant: Variant, severity: Severity, message: str) -> StatusEvent:
    """Declare trouble from now on; an open event of the same severity is left as it is."""
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
    """Declare that a span of trouble is over, now where its end was set for later.

    Closing twice changes nothing.
    """
    if event.ended_at is not None and event.ended_at <= edition.at:
        return
    edition.change(event, {"ended_at": max(edition.at, event.started_at)})
    severity = Severity(event.severity)
    edition.record(
        ChangeKind.STATUS, event.variant, f"{event.variant}: {severity.label.lower()} over", before=severity
    )
