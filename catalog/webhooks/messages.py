"""The body of a webhook message."""

import json
from dataclasses import dataclass
from datetime import datetime

from catalog.history.changes import ChangedFact, catalog_made_at, change_of, permanent_id
from catalog.models import Price, WebhookDelivery
from catalog.presentation import computed_json
from catalog.publishing.build_records import dated_price
from catalog.publishing.event_values import subject
from catalog.records.phrases import price_text
from catalog.text.instants import rfc3339
from catalog.vocabulary import ChangeKind

RELATED = (
    "webhook",
    "event__revision",
    "event__variant__family",
    "price__revision",
    "price__variant__family",
)


@dataclass(frozen=True, slots=True)
class Message:
    """A message's ID and its bytes."""

    id: str
    body: bytes


def message(delivery: WebhookDelivery) -> Message:
    """Build the message of a delivery."""
    change = _told(delivery)
    body = {
        "type": delivery.topic,
        "timestamp": rfc3339(change.at if change else delivery.created_at),
        "revision": change.revision if change else None,
        # The same as in `/api/v1/changes`. A retry has the same bytes and ID: subscribers drop duplicates.
        "data": computed_json.change(change) if change else None,
    }
    # A subscriber with two addresses tells the messages apart by what they say, not by where they arrived.
    made = change.id if change else permanent_id(catalog_made_at(), f"delivery {delivery.pk}")
    return Message(f"msg_{made.hex}", json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode())


def summary(delivery: WebhookDelivery) -> str:
    """Return a delivery's subject in one line."""
    change = _told(delivery)
    return change.summary if change else "A test"


def _told(delivery: WebhookDelivery) -> ChangedFact | None:
    if delivery.event is not None:
        return change_of(delivery.event)
    return _begun(delivery.price, delivery.created_at) if delivery.price is not None else None


def _begun(price: Price, at: datetime) -> ChangedFact:
    """Describe a price that has begun as a change."""
    before = Price.objects.filter(
        variant=price.variant,
        kind=price.kind,
        meter=price.meter,
        conditions_key=price.conditions_key,
        effective_until=price.effective_from,
    ).first()
    revision = price.revision
    return ChangedFact(
        id=permanent_id(revision.at if revision else at, f"price {price.pk} in force"),
        revision=revision.number if revision else 0,
        at=price.effective_from,
        kind=str(ChangeKind.PRICE),
        subject=price.variant.model_id,
        model_id=price.variant.model_id,
        path=price.variant.path,
        summary=f"{subject(price)} is {price_text(price.value)} from now on",
        before=dated_price(before) if before else None,
        after=dated_price(price),
    )
