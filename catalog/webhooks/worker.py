"""Delivers due messages: threads send, the main one uses the database."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from catalog.models import Webhook, WebhookDelivery
from catalog.publishing import arrived_dates
from catalog.webhooks import queue, signing
from catalog.webhooks.messages import message
from catalog.webhooks.sending import Reply, post

AT_ONCE = 8
AT_ONCE_PER_ADDRESS = 4
POLL_SECONDS = 1.0
FORGET_EVERY = timedelta(hours=1)
LONGEST_TROUBLE = 60.0

log = logging.getLogger("catalog.webhooks")
Sent = tuple[Reply, datetime, timedelta]


class Worker:
    """One process's deliveries; several may run side by side."""

    def __init__(self, keep: timedelta) -> None:
        self.keep = keep
        self.count: Counter[str] = Counter()
        self._under_way: dict[Future[Sent], WebhookDelivery] = {}
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhook")
        self._forgets_at = timezone.now()
        self._day: date | None = None

    def run(self, should_stop: Callable[[], bool]) -> None:
        """Deliver until stopped; wait while the database is away."""
        trouble = POLL_SECONDS
        while not should_stop():
            try:
                close_old_connections()
                if not self.step():
                    self._pause(POLL_SECONDS)
                trouble = POLL_SECONDS
            except (DatabaseError, InterfaceError) as error:
                log.warning("Webhooks wait for the database: %s", error)
                _sleep(trouble, should_stop)
                trouble = min(trouble * 2, LONGEST_TROUBLE)
        self.finish()

    def drain(self) -> None:
        """Deliver what is due now, then end."""
        while self.step() or self._under_way:
            self._pause(POLL_SECONDS)
        self.finish()

    def step(self) -> int:
        """Settle finished attempts, queue what has come, start what is due; count the started."""
        self._settle()
        self._announce()
        now = timezone.now()
        if now >= self._forgets_at:
            self.count["forgotten"] += queue.forget(now - self.keep)
            self._forgets_at = now + FORGET_EVERY
        started = 0
        # Few at a time, so that one address never takes all the room before another is asked for.
        while (room := AT_ONCE - len(self._under_way)) > 0:
            busy = Counter(delivery.webhook_id for delivery in self._under_way.values())
            full = [pk for pk, count in busy.items() if count >= AT_ONCE_PER_ADDRESS]
            claimed = queue.claim(min(room, AT_ONCE_PER_ADDRESS), timezone.now(), full)
            for delivery in claimed:
                self._under_way[self._send(delivery)] = delivery
            started += len(claimed)
            if not claimed:
                break
        return started

    def _announce(self) -> None:
        """Queue what has come by itself: scheduled prices, and at the start of each day its dates."""
        queue.announce()
        today = timezone.now().date()
        if today != self._day:
            arrived_dates.announce()
            self._day = today

    def finish(self) -> None:
        """Wait for attempts in progress."""
        wait(self._under_way)
        self._settle()
        self._pool.shutdown()

    def _pause(self, seconds: float) -> None:
        if self._under_way:
            wait(self._under_way, timeout=seconds, return_when=FIRST_COMPLETED)
        else:
            time.sleep(seconds)

    def _send(self, delivery: WebhookDelivery) -> Future[Sent]:
        # Read here: threads of the pool must not use the database.
        sent = message(delivery)
        at = timezone.now()
        head = {
            "Content-Type": "application/json",
            "User-Agent": "model-catalog-webhooks/1",
            **signing.headers(_secrets(delivery.webhook, at), sent.id, int(at.timestamp()), sent.body),
        }
        allow_private: bool = settings.WEBHOOKS_ALLOW_PRIVATE
        url = delivery.webhook.url

        def send() -> Sent:
            began = time.monotonic()
            answer = post(url, head, sent.body, allow_private=allow_private)
            return answer, at, timedelta(seconds=time.monotonic() - began)

        return self._pool.submit(send)

    def _settle(self) -> None:
        for future in [future for future in self._under_way if future.done()]:
            delivery = self._under_way[future]
            answer, at, took = future.result()
            queue.settle(delivery, answer, at=at, took=took)
            del self._under_way[future]
            self.count["delivered" if answer.is_accepted else "failed"] += 1


def _secrets(webhook: Webhook, at: datetime) -> list[str]:
    # After a rotation both secrets sign for a while, so that subscribers can change over.
    is_kept = webhook.former_until is not None and webhook.former_until > at
    return [webhook.secret, webhook.former_secret] if is_kept else [webhook.secret]


def _sleep(seconds: float, should_stop: Callable[[], bool]) -> None:
    ends = time.monotonic() + seconds
    waiting = threading.Event()
    while time.monotonic() < ends and not should_stop():
        waiting.wait(0.2)
