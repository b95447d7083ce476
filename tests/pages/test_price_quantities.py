"""The price table says what a call is billed for at least, in which steps, and when a promotion ends."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from rows import a_price, a_variant

pytestmark = pytest.mark.django_db
END = datetime(2026, 12, 5, tzinfo=UTC)
BILLED = {"meter": "audio_seconds", "minimum": Decimal(10), "step": Decimal(1)}


def pages(client, variant):
    answers = [client.get(variant.path), client.get(f"{variant.path}.md")]
    assert [answer.status_code for answer in answers] == [200, 200]
    return [answer.content.decode() for answer in answers]


def test_a_row_says_its_minimum_step_and_promotion(client):
    variant = a_variant()
    a_price(variant, **BILLED, is_promotion=True, effective_until=END)
    for text in pages(client, variant):
        assert "Min 10 seconds per call" in text
        assert "In steps of 1 second" in text
        assert "Promotion until 5 December 2026" in text


def test_every_list_of_prices_says_it(client):
    price = a_price(a_variant(), **BILLED)
    for path in (f"/prices/{price.pk}", f"/prices/{price.pk}.md", "/pricing?q=testfam"):
        assert "Min 10 seconds per call" in client.get(path).content.decode(), path


def test_the_calculator_says_what_is_billed(client):
    variant = a_variant()
    a_price(variant, **BILLED)
    for text in (client.get(path, {"audio_seconds": "3.2"}) for path in (variant.path, f"{variant.path}.md")):
        assert "Billed as 10" in text.content.decode()
    assert "Billed as" not in client.get(variant.path, {"audio_seconds": "12"}).content.decode()


def test_a_list_price_that_is_billed_otherwise_has_a_row_of_its_own(client):
    variant = a_variant()
    a_price(variant, **BILLED)
    a_price(variant, meter="audio_seconds", kind="list", amount=Decimal(2))
    text = pages(client, variant)[1]
    rows = [line for line in text.splitlines() if "Min 10 seconds per call" in line]
    assert rows
    assert not [row for row in rows if "$2.00" in row]


def test_only_the_list_price_may_be_a_promotion(client):
    variant = a_variant()
    a_price(variant)
    a_price(variant, kind="list", is_promotion=True, effective_until=END)
    assert "List price: promotion until 5 December 2026" in pages(client, variant)[1]
    assert "Min " not in pages(client, variant)[1]
