"""The table of deliveries."""

from collections.abc import Collection
from datetime import datetime, timedelta
from random import uniform
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from catalog.models import Price, Revision, Webhook, WebhookAttempt, WebhookDelivery
from catalog.publishing import queue_webhooks
from catalog.vocabulary import DeliveryState, Topic
from catalog.webhooks.messages import RELATED
from catalog.webhooks.sending import Reply

RETRIES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""Pauses between attempts, as the Standard Webhooks specification recommends."""
MOST_ATTEMPTS = len(RETRIES) + 1
# An attempt takes at most 5 s to resolve and 10 s to send; after this its worker counts as dead.
LEASE = timedelta(seconds=30)
# An address that is down or overloaded is left alone for so long, whatever is due for it.
SHORTEST_REST, LONGEST_REST = timedelta(seconds=1), timedelta(minutes=5)
GONE = 410
FORGOTTEN_AT_ONCE = 1_000


def claim(limit: int, now: datetime, full: Collection[int] = ()) -> list[WebhookDelivery]:
    """Lock due deliveries for one attempt; skip `full` webhooks."""
    awake = Webhook.objects.filter(Q(rests_until=None) | Q(rests_until__lte=now), is_enabled=True)
    due = WebhookDelivery.objects.filter(
        state=DeliveryState.WAITING, next_at__lte=now, webhook__in=awake.exclude(pk__in=full)
    )
    # SQLite has one lock for all writers: it is not taken where there is nothing to do.
    if limit < 1 or not due.exists():
        return []
    with transaction.atomic():
        # Several workers may claim at once: each skips what another has locked.
        locked = due.select_for_update(skip_locked=True).order_by("next_at", "pk")
        numbers = list(locked.values_list("pk", flat=True)[:limit])
        lease = uuid4().hex
        WebhookDelivery.objects.filter(pk__in=numbers).update(
            lease=lease, next_at=now + LEASE, attempts=F("attempts") + 1
        )
    return list(WebhookDelivery.objects.filter(lease=lease).select_related(*RELATED).order_by("pk"))


def settle(delivery: WebhookDelivery, answer: Reply, *, at: datetime, took: timedelta) -> None:
    """Store an attempt's result, and schedule the next."""
    now = timezone.now()
    with transaction.atomic():
        WebhookAttempt.objects.create(
            delivery=delivery,
            at=at,
            took_ms=int(took / timedelta(milliseconds=1)),
            status=answer.status,
            answer=answer.text,
            error=answer.error[:500],
        )
        if answer.is_accepted:
            state, next_at = DeliveryState.DELIVERED, None
        elif delivery.attempts >= MOST_ATTEMPTS:
            state, next_at = DeliveryState.GIVEN_UP, None
        else:
            pause = RETRIES[delivery.attempts - 1] * uniform(0.95, 1.05)  # noqa: S311 - spreads the load
            state, next_at = DeliveryState.WAITING, now + pause
        # Where the lease has run out, another attempt is under way and will say how it ended.
        own = WebhookDelivery.objects.filter(pk=delivery.pk, lease=delivery.lease)
        own.update(state=state, next_at=next_at, lease="")
        _remember(delivery, answer, now, is_last=state == DeliveryState.GIVEN_UP)


def _remember(delivery: WebhookDelivery, answer: Reply, now: datetime, *, is_last: bool) -> None:
    """Store the result with the webhook."""
    row = Webhook.objects.filter(pk=delivery.webhook_id)
    if answer.is_accepted:
        row.update(answered_at=now, failures=0, rests_until=None)
        return
    row.update(failures=F("failures") + 1)
    # Only an address that is down or overloaded pauses; other refusals are about one message.
    is_down = answer.status is None or answer.status == 429 or answer.status >= 500
    failures = row.values_list("failures", flat=True).first() or 1
    if is_down:
        # The exponent is bounded too: 2**failures would overflow a timedelta.
        rest = min(SHORTEST_REST * 2 ** min(failures - 1, 12), LONGEST_REST)
        row.update(rests_until=now + rest)
    if answer.status == GONE:
        row.update(is_enabled=False, note=f"Disabled at {now:%Y-%m-%d %H:%M} UTC: it answered 410 Gone.")
    elif is_last:
        reason = answer.error or f"status {answer.status}"
        note = f"Disabled at {now:%Y-%m-%d %H:%M} UTC: {MOST_ATTEMPTS} attempts failed, the last: {reason}"
        # An address that takes other messages is not dead: it refuses this one.
        is_dead = Q(answered_at=None) | Q(answered_at__lt=delivery.created_at)
        row.filter(is_dead).update(is_enabled=False, note=note[:500])


def announce() -> int:
    """Queue each scheduled price that has begun; return their number."""
    subscribed = [hook for hook in Webhook.objects.filter(is_enabled=True) if "price" in hook.kinds]
    if not subscribed or not _begun(min(hook.prices_until for hook in subscribed), timezone.now()).exists():
        return 0
    count = 0
    with transaction.atomic():
        # The lock of publishing: what was published before now is visible, and what follows begins later.
        Revision.objects.select_for_update().filter(number=0).first()
        now = timezone.now()
        hooks = Webhook.objects.select_for_update(no_key=True).filter(pk__in=[hook.pk for hook in subscribed])
        for hook in hooks.filter(is_enabled=True).order_by("pk"):
            begun = _begun(hook.prices_until, now)
            if families := list(hook.families.values_list("pk", flat=True)):
                begun = begun.filter(variant__family__in=families)
            numbers = list(begun.order_by("effective_from", "pk").values_list("pk", flat=True))
            queue_webhooks.queue(hook, [(None, number, Topic.IN_FORCE) for number in numbers], now)
            hook.prices_until = now
            hook.save(update_fields=["prices_until"])
            count += len(numbers)
    return count


def _begun(after: datetime, now: datetime) -> QuerySet[Price]:
    return Price.objects.filter(
        # Prices published after they began are no news of this kind: their publish was announced.
        effective_from__gt=after,
        effective_from__lte=now,
        revision__at__lt=F("effective_from"),
    )


def again(deliveries: QuerySet[WebhookDelivery], now: datetime) -> int:
    """Resend messages with all attempts, unless one is in progress."""
    idle = deliveries.filter(Q(lease="") | Q(next_at=None) | Q(next_at__lte=now))
    Webhook.objects.filter(deliveries__in=idle.values("pk")).update(rests_until=None)
    return idle.update(state=DeliveryState.WAITING, attempts=0, next_at=now, lease="")


def forget(before: datetime) -> int:
    """Delete older deliveries, except those waiting for an enabled webhook; return their number."""
    old = WebhookDelivery.objects.filter(created_at__lt=before).exclude(
        state=DeliveryState.WAITING, webhook__is_enabled=True
    )
    count = 0
    while numbers := list(old.order_by("pk").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE]):
        with transaction.atomic():
            WebhookAttempt.objects.filter(delivery__in=numbers).delete()
            WebhookDelivery.objects.filter(pk__in=numbers).delete()
        count += len(numbers)
    return count
