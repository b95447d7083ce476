"""What tests of webhooks do: register an address, change something, deliver, let time pass."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from catalog.models import Family, Price, Variant, Webhook, WebhookDelivery
from catalog.publishing import publish
from catalog.publishing.price_changes import Successor, succeed
from catalog.vocabulary import Origin, PriceState
from catalog.webhooks import signing
from catalog.webhooks.worker import Worker
from small import TOKENS

ALL = ["price", "lifecycle", "status", "catalog"]


def hook(url, kinds=ALL, families=(), **more):
    now = timezone.now()
    made = Webhook.objects.create(
        name="Test",
        url=url,
        kinds=list(kinds),
        secret=signing.new_secret(),
        created_at=now,
        prices_until=now,
        **more,
    )
    made.families.set(Family.objects.filter(slug__in=families))
    return made


def by_admin():
    return publish.publish(actor=None, origin=Origin.ADMIN)


def rename(name="Renamed", model=TOKENS):
    with by_admin() as edition:
        edition.change(Variant.objects.get(model_id=model), {"name": name})


def open_price(meter="input_tokens"):
    return Price.objects.get(
        variant__model_id=TOKENS, kind="sell", meter=meter, conditions_key="{}", effective_until=None
    )


def cut(amount="1.625", at=None):
    with by_admin() as edition:
        old = open_price()
        new = old.value.becoming(PriceState.KNOWN, Decimal(amount))
        return succeed(edition, old, Successor(new, at or edition.at, "", "Price list", "The price moved"))


def deliver():
    worker = Worker(timedelta(days=30))
    worker.drain()
    return worker.count


def due_now():
    """Let time pass until whatever waits is due."""
    Webhook.objects.update(rests_until=None)
    WebhookDelivery.objects.filter(state="waiting").update(next_at=timezone.now())
