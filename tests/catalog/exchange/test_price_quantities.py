"""Minimum, step and promotion of a price in our own files: read, written, and loaded beside other prices."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from catalog.exchange import catalog_file
from catalog.exchange.dump import dump
from catalog.exchange.exports.base import Offered
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.load import load_files
from catalog.exchange.write_toml import render
from catalog.models import Price, PriceEdit, Revision
from catalog.publishing.drafts import PriceDraft, draft
from catalog.publishing.preview import preview
from catalog.publishing.price_changes import RefusedError, cancel
from catalog.publishing.publish import publish
from catalog.records.facts import facts
from catalog.vocabulary import Origin
from catalog_files import write
from factories import a_price, a_record

MODEL = """
[provider]
slug = "hummer"
name = "Hummer"

[[family]]
slug = "tune"
name = "Tune"

[[family.model]]
model_id = "tune-1"
modality = "audio"
"""
ROW = """
[[family.model.price]]
kind = "sell"
meter = "audio_seconds"
amount = "0.002"
effective_from = 2026-01-01T00:00:00Z
"""
BILLED = f'{ROW}minimum = "10"\nstep = 0.5\nconditions = {{ prompt_tokens_from = 200000 }}\n'
PROMOTION = """
[[family.model.price]]
kind = "sell"
meter = "audio_seconds"
amount = "0.001"
effective_from = 2026-12-01T00:00:00Z
effective_until = 2027-01-01T00:00:00Z
promotion = true

[[family.model.price]]
kind = "sell"
meter = "audio_seconds"
amount = "0.002"
effective_from = 2027-01-01T00:00:00Z
"""
AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)


def values(text):
    return [entry.value for entry in catalog_file.parse(text.encode(), "hummer.toml").models[0].prices]


def test_a_file_states_minimum_step_and_promotion():
    billed, promotion, usual = values(f"{MODEL}{BILLED}{PROMOTION}")
    assert (billed.minimum, billed.step, billed.is_promotion) == (Decimal(10), Decimal("0.5"), False)
    assert billed.conditions.wire == {"prompt_tokens_over": 199_999}
    assert (promotion.minimum, promotion.step, promotion.is_promotion) == (None, None, True)
    assert not usual.is_promotion


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('minimum = "0"', "minimum"),
        ("step = -1", "step"),
        ('step = "1e-10"', "step"),
        ("promotion = true", "give its effective_until"),
        ('promotion = "yes"', "promotion"),
        ("conditions = { prompt_tokens_from = 0 }", "prompt_tokens_from"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_line(line, words):
    with pytest.raises(CatalogFileError, match=words) as refusal:
        values(f"{MODEL}{ROW}{line}\n")
    assert "hummer.toml" in str(refusal.value)


@pytest.mark.django_db
def test_a_file_comes_back_as_it_was_and_is_loaded_once(tmp_path):
    path = write(tmp_path, f"{MODEL}{BILLED}{ROW}{PROMOTION}")
    load_files([path])
    text = render(dump())["hummer"]
    billed, *others = values(path.read_text())
    assert sorted(map(repr, values(text))) == sorted(map(repr, [billed, *others]))
    assert 'minimum = "10"\nstep = "0.5"' in text
    assert text.count("promotion = true") == 1
    assert "is_promotion" not in text
    before = Revision.objects.count()
    load_files([path])
    assert Revision.objects.count() == before


@pytest.mark.django_db
def test_a_promotion_and_what_follows_it_are_added_to_a_price_on_record(tmp_path):
    load_files([write(tmp_path, f"{MODEL}{ROW}")])
    path = write(tmp_path, f"{MODEL}{ROW}{PROMOTION}")
    load_files([path])
    rows = Price.objects.filter(variant__model_id="tune-1").order_by("effective_from")
    assert [(f"{row.amount:.3f}", row.is_promotion, row.effective_until) for row in rows] == [
        ("0.002", False, datetime(2026, 12, 1, tzinfo=UTC)),
        ("0.001", True, NEW_YEAR),
        ("0.002", False, None),
    ]
    before = Revision.objects.count()
    load_files([path])
    assert Revision.objects.count() == before


def test_an_export_that_cannot_hold_a_minimum_reports_it():
    row = a_price(meter="audio_seconds", minimum="10", step="1")
    facts_of_model = facts(a_record(prices=[row, a_price()]), NEW_YEAR)
    offered = Offered(facts_of_model, "sell")
    offered.take_prices(lambda _price: None)
    assert offered.lost == [("minimum and step of audio_seconds", "the shape has no place for them")]


@pytest.mark.django_db
def test_a_promotion_ends_when_what_was_to_follow_is_cancelled(tmp_path):
    load_files([write(tmp_path, f"{MODEL}{ROW}{PROMOTION}")])
    usual = Price.objects.get(variant__model_id="tune-1", effective_from=NEW_YEAR)
    with publish(actor=None, origin=Origin.ADMIN, reason="Cancelled") as edition:
        cancel(edition, usual)
    assert Price.objects.get(variant__model_id="tune-1", is_promotion=True).effective_until == NEW_YEAR


@pytest.mark.django_db
def test_a_draft_keeps_minimum_and_step_and_is_no_promotion_without_an_end(tmp_path):
    load_files([write(tmp_path, f"{MODEL}{BILLED}{PROMOTION}")])
    why = {"reason": "It became dearer", "source_label": "Price list"}
    billed = Price.objects.get(variant__model_id="tune-1", step__isnull=False)
    draft(None, edits=[PriceDraft.change(billed, "known", Decimal(1))], **why)
    edit = PriceEdit.objects.get()
    assert (edit.minimum, edit.step, edit.value.minimum) == (10, Decimal("0.5"), 10)
    (line,) = preview(edit.change_set, AT).lines
    assert line.conditions == "Prompt over 199,999 tokens, Min 10 seconds per call, In steps of 0.5 seconds"
    promotion = Price.objects.get(variant__model_id="tune-1", is_promotion=True).value
    with pytest.raises(RefusedError, match="a promotion has an end"):
        draft(None, edits=[PriceDraft(billed.variant, None, promotion)], **why)
