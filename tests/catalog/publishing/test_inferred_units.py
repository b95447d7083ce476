"""A new amount makes no doubtful unit certain: each way to change a price keeps the doubt."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog.models import Price
from catalog.publishing.change_sets import approve, undo
from catalog.publishing.drafts import PriceDraft, draft
from catalog.publishing.price_changes import confirm_unit
from catalog.publishing.publish import publish
from catalog.vocabulary import Origin
from rows import a_price, a_variant

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BATCH = {"kind": "sell", "condition": "service_tier", "value": "batch", "factor": "0.5"}


@pytest.fixture
def price():
    variant = a_variant(price_factors=[BATCH])
    a_price(variant, kind="list", meter="images", amount=Decimal("0.8"))
    return a_price(variant, meter="images", amount=Decimal("0.03"), unit_is_inferred=True)


def sent(edit, at=None):
    change_set = draft(None, reason="A new price list", source_label="Price list", edits=[edit])
    return approve(change_set, None, applies_at=at)


def doubts(price):
    rows = Price.objects.filter(variant=price.variant, kind="sell").order_by("effective_from", "pk")
    return [(row.amount.normalize(), row.unit_is_inferred, row.is_held_back) for row in rows]


def test_a_changed_price_and_its_products_are_as_doubtful_as_the_one_before(price):
    sent(PriceDraft.change(price, "known", Decimal("0.0303")))
    assert doubts(price)[1:] == [(Decimal("0.0303"), True, True), (Decimal("0.01515"), True, True)]


def test_a_confirmed_unit_stays_confirmed(price):
    with publish(actor=None, origin=Origin.ADMIN, reason="Unit confirmed") as edition:
        confirm_unit(edition, price)
    sent(PriceDraft.change(Price.objects.get(pk=price.pk), "known", Decimal("0.0303")))
    assert doubts(price)[1:] == [(Decimal("0.0303"), False, False), (Decimal("0.01515"), False, False)]
    new = Price.objects.get(amount=Decimal("0.0303"))
    assert (new.is_doubtful, new.unit_confirmed_at) == (False, timezone.now())


def test_what_resumes_after_a_promotion_is_as_doubtful_as_before(price):
    sent(PriceDraft.change(price, "known", Decimal("0.02"), timezone.now() + 7 * DAY))
    assert {row[1:] for row in doubts(price)} == {(True, True)}
    assert len(doubts(price)) == 5


@pytest.mark.clock(goes_on=True)
def test_what_an_undo_begins_anew_is_as_doubtful_as_what_had_ended(price):
    ended = sent(PriceDraft.end(price))
    approve(undo(ended, None), None)
    assert {row[1] for row in doubts(price)} == {True}


@pytest.mark.clock(goes_on=True)
def test_what_is_not_complete_stays_so_where_the_same_price_goes_on():
    variant = a_variant(price_factors=[BATCH])
    price = a_price(variant, meter="images", amount=Decimal("0.04"), omits="pages")
    sent(PriceDraft.change(price, "known", Decimal("0.02"), timezone.now() + 7 * DAY))
    rows = Price.objects.filter(variant=variant, effective_from__gt=timezone.now())
    assert {row.omits for row in rows} == {"pages"}, "what resumes, and its product"
    other = a_price(a_variant("other"), meter="images", amount=Decimal("0.04"), omits="pages")
    ended = sent(PriceDraft.end(other))
    approve(undo(ended, None), None)
    again = Price.objects.filter(variant=other.variant).order_by("-effective_from").first()
    assert (again.effective_until, again.omits) == (None, "pages")


def test_a_new_amount_of_another_source_is_complete():
    price = a_price(a_variant("other"), meter="images", amount=Decimal("0.04"), omits="pages")
    sent(PriceDraft.change(price, "known", Decimal("0.05")))
    assert Price.objects.get(variant=price.variant, amount=Decimal("0.05")).omits == ""
