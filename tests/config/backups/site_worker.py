"""A process of its own that uses a database: fills it, writes without a pause, looks at it, works in it."""

import hashlib
import json
import os
import sys
from decimal import Decimal
from itertools import count
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django  # noqa: E402 - the path comes first

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.db import Error, connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from catalog import search  # noqa: E402
from catalog.models import ChangeEvent, Document, Price, Revision, Variant, Webhook, triggers  # noqa: E402
from catalog.publishing.publish import current_revision, publish  # noqa: E402
from catalog.vocabulary import ChangeKind, Origin  # noqa: E402
from small import TOKENS  # noqa: E402

CENT = Decimal("0.01")
PASSWORD = "keeper-of-the-lighthouse"
AT = "at=2026-11-26T11:00:00Z"
PAGES = (
    *("/", "/models", "/pricing", "/changes", "/providers/arbor", "/search?q=ballad", "/llms.txt"),
    *(f"/models/linden/ballad-4-5-20250929{ending}?{AT}" for ending in ("", ".md", ".json")),
    *("/api/v1/models?limit=1000", f"/api/v1/models/{TOKENS}/prices?history=true", "/api/v1/changes"),
    f"/api/v1/quote?model={TOKENS}&input_tokens=1000&{AT}",
)


def prepare():
    """Add what a file of the catalog does not hold: a user, a session, a webhook with its secret."""
    User.objects.create_superuser("keeper", "keeper@example.com", PASSWORD)
    assert Client().login(username="keeper", password=PASSWORD)
    now = timezone.now()
    Webhook.objects.create(
        name="Told", url="https://example.com/hook", secret="whsec_1", created_at=now, prices_until=now
    )
    return {"sessions": Session.objects.count()}


def write(seconds):
    """Publish without a pause: the same number into two models, which no reader may find apart."""
    ends = timezone.now().timestamp() + seconds
    for number in count(1):
        with publish(actor=None, origin=Origin.FILE, reason="again") as edition:
            for variant in Variant.objects.order_by("pk")[:2]:
                edition.change(variant, {"overview": f"Revision {edition.begin()}"})
                edition.record(ChangeKind.CATALOG, variant, "again")
        print(number, flush=True)  # noqa: T201 - the test waits for it
        if timezone.now().timestamp() > ends:
            return {"published": number}
    return {}


def look():
    """Digest what visitors get, and list what is kept."""
    client = Client(SERVER_NAME="127.0.0.1")
    answers = {path: client.get(path) for path in PAGES}
    return {
        "statuses": sorted({answer.status_code for answer in answers.values()}),
        "pages": {path: hashlib.sha256(answer.content).hexdigest() for path, answer in answers.items()},
        "prices": hashlib.sha256(repr(list(Price.objects.order_by("pk").values())).encode()).hexdigest(),
        "webhooks": list(Webhook.objects.values_list("name", "secret")),
        "sessions": Session.objects.count(),
        "found": [row["model_id"] for row in client.get("/api/v1/models?q=ballad&limit=3").json()["items"]],
    }


def state():
    """Say at which revision the database stands, and whether all of it stands there."""
    newest = Revision.objects.order_by("number").last().number
    overviews = Variant.objects.order_by("pk").values_list("overview", flat=True)[:2]
    return {
        "revision": newest,
        "current": current_revision()[0],
        "overviews": sorted(set(overviews)),
        "events_of_none": ChangeEvent.objects.filter(revision__number__gt=newest).count(),
        "records": sorted(
            set(Document.objects.order_by("variant_id").values_list("revision", flat=True)[:2])
        ),
    }


def work():
    """Change a price as an administrator does, and try what the database refuses."""
    client = Client(SERVER_NAME="127.0.0.1")
    signed_in = client.login(username="keeper", password=PASSWORD)
    before = current_revision()[0]
    price = Price.objects.get(
        variant__model_id=TOKENS, kind="sell", meter="input_tokens", conditions_key="{}", effective_until=None
    )
    sent = {
        "state": "known",
        "amount": str(price.amount + CENT),
        "reason": "After a restore",
        "source_label": "List",
        "source_url": "https://example.com/new",
        "effective_from_0": "",
        "effective_from_1": "",
        "_apply": "1",
    }
    answer = client.post(reverse("admin:catalog_price_succeed", args=[price.pk]), sent)
    newest = Price.objects.get(
        variant=price.variant, kind="sell", meter="input_tokens", conditions_key="{}", effective_until=None
    )
    revision = Revision.objects.order_by("number").last()
    shown = client.get("/models/linden/ballad-4-5-20250929.json").json()["prices"]
    return {
        "signed_in": signed_in,
        "status": answer.status_code,
        "raised": newest.amount - price.amount == CENT,
        "shown": [Decimal(row["amount"]) == newest.amount for row in shown if row["id"] == newest.pk],
        "revisions": revision.number - before,
        "audit": [revision.actor.username, revision.reason, revision.events.count()],
        "edit": refused(lambda: Price.objects.filter(pk=newest.pk).update(amount=1)),
        "deletion": refused(newest.delete),
        "overlap": refused(lambda: _again(newest)),
        "missing": [*triggers.missing(connection), *search.missing(connection)],
    }


def refused(write):
    """Whether the database refuses."""
    try:
        with transaction.atomic():
            write()
    except Error:
        return True
    return False


def _again(price):
    price.pk = None
    price.save(force_insert=True)


if __name__ == "__main__":
    modes = {"prepare": prepare, "write": write, "look": look, "state": state, "work": work}
    print(json.dumps(modes[sys.argv[1]](*map(int, sys.argv[2:]))), flush=True)  # noqa: T201
