"""Queues webhook deliveries within the publish that causes them."""

from datetime import datetime

from django.db import connection

from catalog.models import ChangeEvent, Webhook, WebhookDelivery
from catalog.publishing.bulk_rows import insert
from catalog.vocabulary import ChangeKind, DeliveryState, Topic

NEW = "new"
KINDS = {
    "price": "Prices",
    "lifecycle": "Lifecycle",
    "status": "Status",
    "catalog": "Catalog: everything else, new models included",
    NEW: "New models",
}
TOPICS = {
    ChangeKind.PRICE: Topic.PRICE,
    ChangeKind.LIFECYCLE: Topic.LIFECYCLE,
    ChangeKind.STATUS: Topic.STATUS,
    ChangeKind.CATALOG: Topic.CATALOG,
}
COLUMNS = ("webhook", "event", "price", "topic", "state", "attempts", "created_at", "next_at", "lease")

Message = tuple[int | None, int | None, str]
"""The primary key of an event or of a price, and the topic."""


def enqueue(revision: int, at: datetime) -> None:
    """Queue a revision's events for each subscribed webhook."""
    # The lock holds off whoever would delete one of them in the meantime.
    webhooks = list(
        Webhook.objects.filter(is_enabled=True)
        .select_for_update(no_key=True)
        .prefetch_related("families")
        .order_by("pk")
    )
    if not webhooks:
        return
    events = list(
        ChangeEvent.objects.public()
        .filter(revision=revision)
        .order_by("pk")
        .values_list("pk", "kind", "exact_kind", "subject", "variant__family__slug")
    )
    for webhook in webhooks:
        families = {family.slug for family in webhook.families.all()}
        deliveries: list[Message] = []
        for pk, kind, exact_kind, subject, family in events:
            is_new = family is not None and exact_kind == ChangeKind.ADDED
            is_subscribed = kind in webhook.kinds or (is_new and NEW in webhook.kinds)
            # An event of a family has no model: there the subject is the family's slug.
            if is_subscribed and (not families or (family or subject) in families):
                deliveries.append((pk, None, Topic.ADDED if is_new else TOPICS[ChangeKind(kind)]))
        queue(webhook, deliveries, at)


def queue(webhook: Webhook, messages: list[Message], at: datetime) -> None:
    """Queue deliveries to a webhook."""
    insert(
        WebhookDelivery,
        COLUMNS,
        [
            (webhook.pk, event, price, str(topic), str(DeliveryState.WAITING), 0, _plain(at), _plain(at), "")
            for event, price, topic in messages
        ],
    )


def _plain(at: datetime) -> object:
    return WebhookDelivery._meta.get_field("created_at").get_db_prep_save(at, connection)  # noqa: SLF001
