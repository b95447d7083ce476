"""`at` shows a page as of an instant, says so, and refuses what is no instant."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog.models import Price
from catalog.publishing.price_changes import Successor, cancel, succeed
from catalog.publishing.publish import publish
from catalog.vocabulary import Origin, PriceState
from small import TOKENS, TOKENS_PATH

pytestmark = [pytest.mark.django_db, pytest.mark.writes]


def text(client, path, **query):
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "path", ["/", "/models", "/models/linden", TOKENS_PATH, "/providers/arbor", "/pricing", "/status"]
)
def test_every_page_with_prices_or_stages_can_be_seen_as_of_a_day(client, path):
    assert "As of" not in text(client, path)
    assert "As of" in text(client, path, at="2026-12-01")
    assert client.get(path, {"at": "soon"}).status_code == 400
    assert client.get(path, {"at": "2026-13-01"}).status_code == 400


def test_a_model_is_deprecated_before_its_retirement_and_retired_from_that_day_on(client):
    assert "Retires on 30 November 2026" in text(client, TOKENS_PATH, at="2026-11-29T23:59:59Z")
    page = text(client, TOKENS_PATH, at="2026-11-30")
    assert "Retires on 30 November 2026" not in page
    assert "chip-retired" in page


def test_before_the_first_price_was_read_none_is_published(client):
    assert "$1.88" not in text(client, "/pricing", q="ballad-4-5", at="2026-11-21T23:59:59.999Z")
    assert "$1.88" in text(client, "/pricing", q="ballad-4-5", at="2026-11-22")


def test_a_scheduled_price_is_announced_and_holds_at_its_instant_everywhere(client):
    start = (timezone.now() + timedelta(days=1)).replace(microsecond=0)
    before, after = (start - timedelta(milliseconds=1)).isoformat(), start.isoformat()
    old = Price.objects.get(variant__model_id=TOKENS,
                            kind="sell", meter="input_tokens")  # fmt: skip
    with publish(actor=None, origin=Origin.ADMIN) as edition:
        dearer = old.value.becoming(PriceState.KNOWN, Decimal("1.625"))
        new = succeed(edition, old, Successor(dearer, start, "https://example.com", "Example", "Dearer"))
    assert "Announced, not yet in force" in text(client, TOKENS_PATH)
    pages = {TOKENS_PATH: {}, "/models/linden": {}, "/providers/arbor": {}, "/pricing": {"q": "ballad-4-5"}}
    for path, query in pages.items():
        # A model's own page already names what is announced.
        assert ("$1.625" in text(client, path, at=before, **query)) is (path == TOKENS_PATH), path
        assert "$1.625" in text(client, path, at=after, **query), path
    with publish(actor=None, origin=Origin.ADMIN) as edition:
        cancel(edition, new)
    assert "$1.625" not in text(client, TOKENS_PATH)
