"""Which models are in trouble at an instant."""

from dataclasses import dataclass
from datetime import datetime

from catalog.documents import rfc3339
from catalog.facts import SEVERITY_ORDER
from catalog.models import StatusEvent
from catalog.models.variant import model_path


@dataclass(frozen=True, slots=True)
class Trouble:
    """The worst open event of one model."""

    model_id: str
    name: str
    path: str
    severity: str
    since: str
    message: str


def troubled(at: datetime) -> list[Trouble]:
    """List the models with an open status event, the worst first; one query."""
    events = StatusEvent.objects.at(at).select_related("variant__family")
    worst: dict[int, StatusEvent] = {}
    for event in events:
        held = worst.get(event.variant_id)
        if held is None or SEVERITY_ORDER[event.severity] > SEVERITY_ORDER[held.severity]:
            worst[event.variant_id] = event
    ordered = sorted(
        worst.values(), key=lambda event: (-SEVERITY_ORDER[event.severity], event.variant.model_id)
    )
    return [
        Trouble(
            model_id=event.variant.model_id,
            name=event.variant.name or event.variant.model_id,
            path=model_path(event.variant.family.slug, event.variant.slug),
            severity=event.severity,
            since=rfc3339(event.started_at),
            message=event.message,
        )
        for event in ordered
    ]
