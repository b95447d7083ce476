"""A price that the desk publishes brings what its model's factors make of it, in the same publish."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog.models import ChangeEvent, Price, Variant
from catalog.publishing.change_sets import approve, undo, withdraw
from catalog.publishing.drafts import PriceDraft, draft
from catalog.publishing.price_changes import RefusedError
from catalog.publishing.publish import publish
from catalog.search import lookup
from catalog.vocabulary import Origin
from rows import a_price, a_variant

pytestmark = pytest.mark.django_db
BATCH = {"kind": "sell", "condition": "service_tier", "value": "batch", "factor": "0.5"}
EU = {"kind": "sell", "condition": "region", "value": "eu", "factor": "1.1"}


def sent(*edits, at=None):
    change_set = draft(None, reason="A new price list", source_label="Price list", edits=edits)
    return approve(change_set, None, applies_at=at)


def change(price, amount):
    price.refresh_from_db()
    return PriceDraft.change(price, "known", Decimal(amount))


def in_force(variant, at=None):
    rows = Price.objects.at(at or timezone.now()).filter(variant=variant)
    return {row.conditions_key: str(row.amount.normalize()) for row in rows}


@pytest.fixture
def base():
    return a_price(a_variant(price_factors=[BATCH, EU]), amount=Decimal(3))


def test_products_are_written_with_their_base(base):
    change_set = sent(change(base, "4"))
    assert in_force(base.variant) == {
        "{}": "4",
        '{"service_tier":"batch"}': "2",
        '{"region":"eu"}': "4.4",
        '{"region":"eu","service_tier":"batch"}': "2.2",
    }
    made = Price.objects.filter(variant=base.variant, factor__isnull=False)
    assert {row.revision_id for row in made} == {change_set.revision_id}
    assert {row.source_label for row in made} == {"Price list"}
    record = lookup.by_model_id(base.variant.model_id)
    assert record["price_factors"][0]["factor"] == "0.5"


@pytest.mark.clock(goes_on=True)
def test_products_follow_each_change_of_their_base(base):
    last = sent(change(base, "4")).edits.get().created
    sent(change(last, "6"))
    assert in_force(base.variant)['{"service_tier":"batch"}'] == "3"


def test_a_stated_price_stays_and_is_the_base_of_others(base):
    a_price(base.variant, amount=Decimal(1), conditions={"service_tier": "batch"})
    sent(change(base, "4"))
    assert in_force(base.variant) == {
        "{}": "4",
        '{"service_tier":"batch"}': "1",
        '{"region":"eu"}': "4.4",
        '{"region":"eu","service_tier":"batch"}': "1.1",
    }


def test_products_of_a_tier_on_record_settle_what_would_tie(base):
    a_price(base.variant, amount=Decimal(5), conditions={"prompt_tokens_over": 200_000})
    sent(change(base, "4"))
    assert in_force(base.variant)['{"prompt_tokens_over":200000,"service_tier":"batch"}'] == "2.5"


def test_a_product_that_is_not_exact_refuses_the_whole_publish(base):
    with pytest.raises(RefusedError, match="a factor makes no exact price"):
        sent(change(base, "0.000000003"))
    assert in_force(base.variant) == {"{}": "3"}


def test_products_end_and_are_taken_back_with_their_base(base):
    soon = timezone.now() + timedelta(days=1)
    change_set = sent(change(base, "4"), at=soon)
    assert len(in_force(base.variant, soon)) == 4
    withdraw(change_set, None)
    assert in_force(base.variant, soon) == {"{}": "3"}
    last = sent(change(base, "4")).edits.get().created
    ended = sent(PriceDraft.end(Price.objects.get(pk=last.pk)), at=soon)
    assert in_force(base.variant, soon) == {}
    withdraw(ended, None)
    assert len(in_force(base.variant, soon)) == 4


def refactor(base, *factors):
    with publish(actor=None, origin=Origin.ADMIN, reason="Other factors") as edition:
        edition.change(Variant.objects.get(pk=base.variant_id), {"price_factors": [*factors]})


@pytest.mark.clock(goes_on=True)
def test_products_end_when_their_factor_is_removed(base):
    last = sent(change(base, "4")).edits.get().created
    refactor(base, EU)
    assert in_force(base.variant) == {"{}": "4", '{"region":"eu"}': "4.4"}
    event = ChangeEvent.objects.filter(kind="price").order_by("-pk")[0]
    assert "no factor makes it" in event.summary
    record = lookup.by_model_id(base.variant.model_id)
    assert sum(row["effective_until"] is None for row in record["prices"]) == 2
    refactor(base)
    sent(change(last, "8"))
    assert in_force(base.variant) == {"{}": "8"}


def test_announced_products_go_with_their_factor_and_a_changed_one_holds_from_the_next_price_on(base):
    soon = timezone.now() + timedelta(days=1)
    sent(change(base, "4"), at=soon)
    refactor(base, {**BATCH, "factor": "0.6"})
    assert in_force(base.variant, soon) == {"{}": "4", '{"service_tier":"batch"}': "2"}
    refactor(base)
    assert in_force(base.variant, soon) == {"{}": "4"}
    assert not Price.objects.filter(variant=base.variant, factor__isnull=False).exists()


@pytest.mark.clock(goes_on=True)
def test_an_undo_undoes_products_too(base):
    change_set = sent(change(base, "4"))
    later = sent(change(change_set.edits.get().created, "8"))
    approve(undo(later, None), None)
    assert in_force(base.variant)['{"service_tier":"batch"}'] == "2"
