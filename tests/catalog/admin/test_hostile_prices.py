"""Every hostile amount, through every door: read exactly, or refused in words with nothing kept."""

import csv
import io
import json
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

import hostile
from catalog.models import ChangeSet, Price, PriceEdit, Provider
from catalog.pricing.money import parse_amount
from price_desk import GOOD, to
from small import TOKENS, TOKENS_ALIAS

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DESK = "/admin/catalog/changeset/desk/"
WHY = {"reason": "One of many hostile amounts", "source_label": "Corpus"}
VALUES = [entry["v"] for entry in hostile.raw("prices")]
TEXTS = [value if isinstance(value, str) else json.dumps(value) for value in VALUES if value is not None]


def meant(text: str) -> Decimal | str | None:
    """What a text is: an amount above zero, a word for a state, or nothing."""
    if text.strip().lower() in ("free", "dynamic", "on request"):
        return text.strip().lower()
    try:
        return parse_amount(text.strip()) or None
    except ValueError:
        return None


def seed() -> Price:
    return Price.objects.get(
        variant__model_id=TOKENS,
        kind="sell",
        meter="input_tokens",
        effective_until=None,
    )


def drafted() -> list[Decimal | str]:
    return [edit.amount or edit.state for edit in PriceEdit.objects.all()]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_in_a_cell_of_the_desk(price_desk, text):
    answer = price_desk.post(DESK, {**WHY, "_cells": "1", f"sell-{seed().pk}": text})
    held = meant(text)
    assert drafted() == ([held] if held else [])
    if not held and text.strip():
        assert "linden-ballad-4-5-20250929, input_tokens:" in answer.content.decode()


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_in_a_csv_file(price_desk, text):
    out = io.StringIO()
    csv.writer(out).writerows([["price_id", "amount"], [str(seed().pk), text]])
    file = SimpleUploadedFile("prices.csv", out.getvalue().encode())
    answer = price_desk.post(DESK, {**WHY, "_upload": "1", "file": file})
    held = meant(text)
    assert drafted() == ([held] if held else [])
    assert held or not text.strip() or "Row 2:" in answer.content.decode()


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_in_the_form_of_one_price(price_desk, text):
    before = list(Price.objects.order_by("pk").values())
    answer = price_desk.post(to("price_succeed", seed().pk), {**GOOD, "amount": text})
    held = meant(text)
    if isinstance(held, Decimal):
        # Odd amounts wait for their review; no hostile one is an ordinary step.
        assert drafted() == [held]
    else:
        assert answer.status_code == 200
        assert "Nothing was published" in answer.content.decode()
        assert not ChangeSet.objects.exists()
    assert list(Price.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_in_a_catalog_file(tmp_path, value):
    price = {"kind": "sell", "meter": "images", "per": 1, "effective_from": "2026-01-01T00:00:00Z"}
    if value is not None:
        price["amount"] = value
    family = {"slug": "hostile", "name": "Hostile", "model": [{"model_id": "hostile-1", "price": [price]}]}
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps({"provider": {"slug": "hostile", "name": "Hostile"}, "family": [family]}))
    try:
        # A JSON number is read as the decimal that is written there.
        written = (
            Decimal(repr(value)) if isinstance(value, float | int) and not isinstance(value, bool) else value
        )
        held = parse_amount(written)
    except ValueError:
        held = None
    if held:
        call_command("import_catalog", str(path))
        assert Price.objects.get(variant__model_id="hostile-1").amount == held
        return
    with pytest.raises(CommandError, match=r"hostile\.json:1: family\[1\]\.model\[1\]\.price\[1\]"):
        call_command("import_catalog", str(path))
    assert not Provider.objects.filter(slug="hostile").exists()


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_in_parameters_of_the_api(client, text):
    quote = f"/api/v1/quote?model={TOKENS_ALIAS}&"
    for address, name in (("/api/v1/models?", "max_input_price"), (quote, "input_tokens")):
        answer = client.get(address + urlencode({name: text}))
        assert answer.status_code in (200, 422)
        if answer.status_code == 422:
            assert name in answer.json()["errors"][0]["loc"] or not text.strip()
