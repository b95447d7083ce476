"""A process of its own that registers an address, publishes, and says what was delivered: tests kill it."""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[2] / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django  # noqa: E402 - the path comes first

django.setup()

from django.db.models import Count, F  # noqa: E402
from django.utils import timezone  # noqa: E402

from catalog.models import ChangeEvent, Variant, Webhook, WebhookAttempt, WebhookDelivery  # noqa: E402
from catalog.publishing.publish import publish  # noqa: E402
from catalog.vocabulary import ChangeKind, Origin  # noqa: E402
from catalog.webhooks import signing  # noqa: E402


def register(url):
    """Make an address that is told of everything."""
    now = timezone.now()
    made = Webhook.objects.create(
        name="Test",
        url=url,
        kinds=["price", "lifecycle", "status", "catalog"],
        secret=signing.new_secret(),
        created_at=now,
        prices_until=now,
    )
    return {"secret": made.secret}


def record(count):
    """Publish so many changes as one."""
    with publish(actor=None, origin=Origin.ADMIN) as edition:
        for variant in Variant.objects.all()[:1]:
            for number in range(int(count)):
                edition.record(ChangeKind.PRICE, variant, f"Price {number}", shown=False)
    return {"revision": edition.revision.number}


def record_and_hang(count):
    """Publish so many changes, and say so just before the transaction ends, which it never does."""
    with publish(actor=None, origin=Origin.ADMIN) as edition:
        for number in range(int(count)):
            edition.record(ChangeKind.PRICE, Variant.objects.first(), f"Lost {number}", shown=False)
        edition.finish()
        print("laid out", WebhookDelivery.objects.count(), flush=True)  # noqa: T201 - the test waits for it
        sys.stdin.read()


def age(seconds):
    """Make all that waits, or is leased, as old as if so much time had gone by."""
    WebhookDelivery.objects.update(next_at=F("next_at") - timedelta(seconds=int(seconds)))
    return {}


def arrive(count):
    """Let the day of retirement of so many models have come while nobody looked."""
    pks = list(Variant.objects.order_by("pk").values_list("pk", flat=True)[: int(count)])
    rows = Variant.objects.filter(pk__in=pks)
    rows.update(lifecycle="active", deprecated_on=None, retires_on=timezone.now().date(), announced_stage="")
    return {"events": ChangeEvent.objects.filter(summary__contains=" is retired since ").count()}


def state():
    """Say what stands in the database."""
    rows = WebhookDelivery.objects.values_list("state").annotate(count=Count("pk")).order_by()
    return {
        "states": dict(rows),
        "attempts": WebhookAttempt.objects.count(),
        "lost": ChangeEvent.objects.filter(summary__startswith="Lost").count(),
    }


if __name__ == "__main__":
    modes = {each.__name__: each for each in (register, record, record_and_hang, arrive, age, state)}
    print(json.dumps(modes[sys.argv[1]](*sys.argv[2:])), flush=True)  # noqa: T201
