"""A promotion of the desk ends by itself, and the price before it begins again."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog.models import Price
from catalog.publishing.bulk_edits import BulkError, read_csv, write_csv
from catalog.publishing.change_sets import approve, reschedule, withdraw
from catalog.publishing.drafts import PriceDraft, draft
from catalog.publishing.preview import preview
from catalog.publishing.price_changes import RefusedError, Successor, succeed
from catalog.publishing.price_factors import follow
from catalog.publishing.pricing_grid import GridFilters, desk_rows
from catalog.publishing.promotions import cancel_announced
from catalog.publishing.publish import publish
from catalog.search import lookup
from catalog.vocabulary import Origin
from rows import a_price, a_variant

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BATCH = {"kind": "sell", "condition": "service_tier", "value": "batch", "factor": "0.5"}


@pytest.fixture
def price():
    return a_price(a_variant(price_factors=[BATCH]), amount=Decimal(3))


def promoted(price, until, amount="2"):
    edit = PriceDraft.change(price, "known", Decimal(amount), until)
    return draft(None, reason="A promotion", source_label="Price list", edits=[edit])


def amounts(variant, at):
    rows = Price.objects.at(at).filter(variant=variant)
    return {row.conditions_key: f"{row.amount.normalize():f}" for row in rows}


def test_a_promotion_ends_and_the_price_before_it_begins_again(price):
    until = timezone.now() + 7 * DAY
    change_set = promoted(price, until)
    (line,) = preview(change_set, timezone.now()).lines
    assert "Promotion until" in line.conditions
    approve(change_set, None)
    assert amounts(price.variant, timezone.now()) == {"{}": "2", '{"service_tier":"batch"}': "1"}
    assert amounts(price.variant, until) == {"{}": "3", '{"service_tier":"batch"}': "1.5"}
    row = next(row for row in lookup.by_model_id(price.variant.model_id)["prices"] if row["is_promotion"])
    assert row["effective_until"] is not None


def test_a_promotion_that_is_taken_back_leaves_the_price_as_it_was(price):
    start, until = timezone.now() + DAY, timezone.now() + 7 * DAY
    change_set = approve(promoted(price, until), None, applies_at=start)
    assert amounts(price.variant, start)["{}"] == "2"
    withdraw(change_set, None)
    (row,) = Price.objects.filter(variant=price.variant)
    assert (row.pk, row.effective_until) == (price.pk, None)


@pytest.mark.parametrize("take_back", [withdraw, reschedule])
def test_what_ends_by_itself_when_a_promotion_would_keeps_its_end(price, take_back):
    start, until = timezone.now() + DAY, timezone.now() + 7 * DAY
    flex = {"variant": price.variant, "conditions": {"service_tier": "flex"}}
    ends = a_price(**flex, amount=Decimal(9), effective_until=until)
    follows = a_price(**flex, amount=Decimal(12), effective_from=until)
    change_set = approve(promoted(price, until), None, applies_at=start)
    more = {"applies_at": timezone.now() + 2 * DAY} if take_back is reschedule else {}
    take_back(change_set, None, **more)
    for row, end in ((ends, until), (follows, None)):
        row.refresh_from_db()
        assert row.effective_until == end
    assert amounts(price.variant, start)["{}"] == "3"


def test_what_follows_a_resumed_price_follows_the_one_before_a_cancelled_promotion(price):
    start, until, later = (timezone.now() + days * DAY for days in (1, 7, 9))
    change_set = approve(promoted(price, until), None, applies_at=start)
    resumed = Price.objects.get(variant=price.variant, conditions_key="{}", effective_from=until)
    # The desk announces one change at a time, a file may state more.
    with publish(actor=None, origin=Origin.FILE, reason="A file") as edition:
        dearer = resumed.value.becoming("known", Decimal(5))
        follow(edition, succeed(edition, resumed, Successor(dearer, later, "", "List", "")))
    withdraw(change_set, None)
    assert amounts(price.variant, until) == {"{}": "3"}
    assert amounts(price.variant, later) == {"{}": "5", '{"service_tier":"batch"}': "2.5"}


def test_two_promotions_at_once_are_taken_back_and_a_product_that_ends_by_itself_is_left(price):
    start, until = timezone.now() + DAY, timezone.now() + 7 * DAY
    flex = a_price(price.variant, amount=Decimal(2), conditions={"service_tier": "flex"})
    a_price(
        price.variant,
        amount=Decimal(2),
        conditions={"region": "eu", "service_tier": "flex"},
        factor=Decimal("1.1"),
        effective_until=until,
    )
    edits = [PriceDraft.change(row, "known", Decimal(1), until) for row in (price, flex)]
    change_set = draft(None, reason="Two promotions", source_label="Price list", edits=edits)
    before = list(Price.objects.filter(variant=price.variant).values_list("pk", "effective_until"))
    withdraw(approve(change_set, None, applies_at=start), None)
    assert list(Price.objects.filter(variant=price.variant).values_list("pk", "effective_until")) == before


def test_what_somebody_else_announced_after_a_promotion_stays(price):
    start, until = timezone.now() + DAY, timezone.now() + 7 * DAY
    change_set = approve(promoted(price, until), None, applies_at=start)
    with publish(actor=None, origin=Origin.ADMIN, reason="Not resumed") as edition:
        cancel_announced(edition, Price.objects.get(conditions_key="{}", effective_from=until))
    other = a_price(price.variant, amount=Decimal(4), effective_from=until)
    withdraw(change_set, None)
    assert amounts(price.variant, start) == {"{}": "3"}
    assert Price.objects.at(until).get(variant=price.variant) == other


def test_an_end_that_another_price_forbids_is_refused(price):
    price.refresh_from_db()
    ended = approve(
        draft(None, reason="It ends then", source_label="List", edits=[PriceDraft.end(price)]),
        None,
        applies_at=timezone.now() + DAY,
    )
    a_price(price.variant, amount=Decimal(4), effective_from=timezone.now() + DAY)
    with pytest.raises(RefusedError, match="in force in that time"):
        withdraw(ended, None)


@pytest.mark.parametrize("days", [-1, 0])
def test_a_promotion_does_not_end_before_it_begins(price, days):
    with pytest.raises(RefusedError, match="would end"):
        approve(promoted(price, timezone.now() + days * DAY), None)
    with pytest.raises(RefusedError, match="before it begins"):
        approve(promoted(price, timezone.now() + DAY), None, applies_at=timezone.now() + 2 * DAY)


def test_the_csv_of_the_desk_has_promotions(price):
    rows = list(desk_rows(GridFilters(q=price.variant.model_id), timezone.now()))
    head, line = write_csv(rows).splitlines()
    assert head.endswith(",promotion_until")
    assert line.endswith(",")
    edited = f"price_id,amount,promotion_until\n{price.pk},2,2027-01-01\n"
    (edit,) = read_csv(edited.encode())
    assert (edit.value.is_promotion, edit.until.isoformat()) == (True, "2027-01-01T00:00:00+00:00")
    with pytest.raises(BulkError, match="is not an instant"):
        read_csv(edited.replace("2027-01-01", "soon").encode())
    with pytest.raises(BulkError, match="no promotion"):
        read_csv(edited.replace(",2,", ",end,").encode())


def test_a_promotion_in_force_comes_back_from_the_csv_unchanged(price):
    approve(promoted(price, timezone.now() + 7 * DAY), None)
    rows = list(desk_rows(GridFilters(q=price.variant.model_id), timezone.now()))
    text = write_csv(rows)
    assert "Z" in text.splitlines()[1].rpartition(",")[2]
    assert read_csv(text.encode()) == []


@pytest.mark.parametrize(("kind", "is_read"), [("list", True), ("sell", False)])
def test_a_list_price_without_a_start_is_on_record_since_it_was_read(kind, is_read):
    price = a_price(a_variant(), kind=kind, amount=Decimal(3))
    edit = PriceDraft.change(price, "known", Decimal(2))
    change_set = draft(None, reason="A new price list", source_label="Price list", edits=[edit])
    new = approve(change_set, None).edits.get().created
    assert (new.on_record_since is not None) is is_read
    other = a_price(a_variant(), kind=kind, amount=Decimal(3))
    edit = PriceDraft.change(other, "known", Decimal(2))
    change_set = draft(None, reason="A new price list", source_label="Price list", edits=[edit])
    later = approve(change_set, None, applies_at=timezone.now() + DAY).edits.get().created
    assert later.on_record_since is None
