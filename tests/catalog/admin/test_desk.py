"""The pricing desk: what is typed, ruled or uploaded is a draft, reviewed before anybody sees it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.models import ChangeSet, Price
from catalog.publishing import change_sets
from catalog.publishing.change_sets import PriceDraft
from catalog.publishing.price_changes import add
from catalog.publishing.publish import publish
from catalog.vocabulary import Origin, PriceState
from desk import DESK, WHY, in_force, price, review, typed
from small import TOKENS

pytestmark = pytest.mark.django_db


@pytest.mark.clock(goes_on=True)  # one write comes after the other
def test_a_typed_price_is_drafted_reviewed_published_read_back_and_undone(price_desk):
    address = review(typed(price_desk, **{f"sell-{price().pk}": "1.625"}))
    page = price_desk.get(address).content.decode()
    assert "$1.50 per 1M tokens" in page
    assert "<strong>$1.625 per 1M tokens</strong>" in page
    assert "+8.33%" in page
    assert "<strong>$1.625</strong> (new)" in page
    assert in_force().amount == Decimal("1.5")
    page = price_desk.post(address, {"_approve": "1"}, follow=True).content.decode()
    assert "answers <strong>1.625 USD per 1M tokens</strong>" in page
    assert in_force().amount == Decimal("1.625")
    undo = price_desk.post(address, {"_undo": "1"})["Location"]
    price_desk.post(undo, {"_approve": "1"})
    assert in_force().amount == Decimal("1.5")


def test_the_grid_says_now_next_list_margin_and_age(price_desk):
    page = price_desk.get(f"{DESK}?q=ballad-4-5").content.decode()
    for said in ("$1.50 per 1M tokens", "per 1M tokens", "-50%", "day"):
        assert said in page
    edits = [PriceDraft.change(price(), PriceState.KNOWN, Decimal("1.75"))]
    found = change_sets.draft(None, reason="Announced for later", source_label="List", edits=edits)
    change_sets.approve(found, None, applies_at=timezone.now() + timedelta(days=1))
    page = price_desk.get(f"{DESK}?q=ballad-4-5&show=announced").content.decode()
    assert "$1.75 per 1M tokens" in page
    assert "Fixed" in page


@pytest.mark.parametrize(
    ("show", "holds"),
    [
        ("missing", lambda row: row.kind == "list"),
        ("cheaper", lambda row: row.kind == "sell" and row.amount < row.list_amount),
        ("dearer", lambda row: row.kind == "sell" and row.amount > row.list_amount),
    ],
)
def test_filters_select_what_they_say(price_desk, show, holds):
    from catalog.publishing.pricing_grid import GridFilters, desk_rows

    rows = list(desk_rows(GridFilters(show=show), timezone.now()))
    every = list(desk_rows(GridFilters(), timezone.now()))
    fits = [row for row in every if row.kind == "list" or row.list_amount is not None]
    assert {row.pk for row in rows} == {row.pk for row in fits if holds(row)}
    assert price_desk.get(f"{DESK}?show={show}&provider=arbor&family=linden&page=9").status_code == 200


def test_the_grid_costs_the_same_however_long_it_is(price_desk, django_assert_max_num_queries):
    price_desk.get(DESK)
    with django_assert_max_num_queries(10):
        price_desk.get(DESK)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,5", "is not an amount"),
        ("-1", "is negative"),
        ("NaN", "is not an amount"),
        ("0", "is not a price"),
        ("1e9", "is too large"),
        ("0.0000000001", "never rounded silently"),
        ("\uff11", "is not an amount"),
        ("=1+1", "is not an amount"),
        ("<script>", "is not an amount"),
    ],
)
def test_a_cell_that_is_wrong_is_named_and_nothing_is_kept(price_desk, text, message):
    cells = {f"sell-{price().pk}": text, f"sell-{price('output_tokens').pk}": "8"}
    page = typed(price_desk, status=200, **cells).content.decode()
    assert TOKENS in page
    assert message in page
    assert not ChangeSet.objects.exists()
    assert 'value="8"' in page


def test_words_stand_for_states_and_an_empty_sell_price_can_begin(price_desk):
    missing = price("cache_write_1h_tokens", "list")
    cells = {f"sell-{price().pk}": "Free", f"sell-{price('output_tokens').pk}": "on request",
             f"sell-{price('cache_read_tokens').pk}": "end", f"new-{missing.pk}": "3"}  # fmt: skip
    address = review(typed(price_desk, **cells))
    answer = price_desk.post(address, {"_approve": "1"})
    assert answer.status_code == 200
    assert "confirm 1" in answer.content.decode()
    price_desk.post(address, {"_approve": "1", "phrase": "confirm 1"})
    assert in_force().state == "free"
    assert in_force("output_tokens").state == "on_request"
    assert in_force("cache_write_1h_tokens").amount == 3
    assert not Price.objects.at(timezone.now()).filter(
        variant__model_id=TOKENS, kind="sell", meter="cache_read_tokens"
    )


def test_an_odd_price_is_not_published_without_its_words(price_desk):
    address = review(typed(price_desk, **{f"sell-{price().pk}": "1500"}))
    page = price_desk.get(address).content.decode()
    assert "It is about 1,000 times the old price: is the amount really per 1M tokens?" in page
    for phrase in ("", "confirm", "confirm 2", "yes"):
        assert price_desk.post(address, {"_approve": "1", "phrase": phrase}).status_code == 200
        assert in_force().amount == Decimal("1.5")


def test_a_start_in_the_past_is_refused(price_desk):
    address = review(typed(price_desk, **{f"sell-{price().pk}": "1.625"}))
    when = {"applies_at_0": "2026-01-01", "applies_at_1": "00:00"}
    page = price_desk.post(address, {"_approve": "1", **when}).content.decode()
    assert "has passed" in page
    assert in_force().amount == Decimal("1.5")


def test_a_scheduled_set_is_moved_and_cancelled(price_desk):
    address = review(typed(price_desk, **{f"sell-{price().pk}": "1.625"}))
    for button, days in (("_approve", 3), ("_move", 1), ("_move", 5)):
        day = timezone.now() + timedelta(days=days)
        price_desk.post(address, {button: "1", "applies_at_0": f"{day:%Y-%m-%d}", "applies_at_1": "10:00"})
        row = Price.objects.get(variant__model_id=TOKENS, amount=Decimal("1.625"))
        assert f"{row.effective_from:%Y-%m-%d %H:%M}" == f"{day:%Y-%m-%d} 10:00"
    page = price_desk.post(address, {"_cancel": "1"}, follow=True).content.decode()
    assert "Cancelled" in page
    assert price().effective_until is None


@pytest.mark.parametrize("button", ["_move", "_cancel"])
def test_a_set_that_another_has_decided_on_is_neither_moved_nor_cancelled_unseen(price_desk, desk, button):
    def seen(client):
        page = client.get(address)
        return {"seen": str(page.context["row"].revision_id or 0)}

    def on(days):
        day = timezone.now() + timedelta(days=days)
        return {"applies_at_0": f"{day:%Y-%m-%d}", "applies_at_1": "10:00"}

    address = review(typed(price_desk, **{f"sell-{price().pk}": "1.625"}))
    for theirs, days in (("_approve", 3), ("_move", 5)):
        mine = seen(price_desk)
        assert f'name="seen" value="{mine["seen"]}"' in price_desk.get(address).content.decode()
        assert desk.post(address, {theirs: "1", **on(days), **seen(desk)}).status_code == 302
        answer = price_desk.post(address, {button: "1", **on(9), **mine})
        assert "ada decided on" in answer.content.decode()
        row = Price.objects.get(variant__model_id=TOKENS, amount=Decimal("1.625"))
        assert f"{row.effective_from:%Y-%m-%d}" == on(days)["applies_at_0"]
    assert price_desk.post(address, {button: "1", **on(9), **seen(price_desk)}).status_code == 302


def test_the_loser_of_two_editors_sees_what_changed(price_desk, desk):
    mine = review(typed(price_desk, **{f"sell-{price().pk}": "1.625"}))
    theirs = review(typed(desk, **{f"sell-{price().pk}": "1.75"}))
    desk.post(theirs, {"_approve": "1"})
    page = price_desk.post(mine, {"_approve": "1"}).content.decode()
    assert f"{TOKENS}: sell input_tokens: it is now $1.75 per 1M tokens" in page
    assert in_force().amount == Decimal("1.75")


@pytest.mark.parametrize(
    ("operation", "value", "amount"),
    [("percent", "10", "1.65"), ("percent", "-2.5", "1.4625"), ("set", "2", "2"), ("list", "0.45", "1.35")],
)
def test_a_rule_drafts_an_edit_for_each_row_it_reaches(price_desk, operation, value, amount):
    answer = price_desk.post(
        f"{DESK}?q=ballad-4-5-2025&show=cheaper",
        {**WHY, "_rule": "1", "operation": operation, "value": value},
    )
    review(answer)
    edits = ChangeSet.objects.get().edits
    assert edits.get(meter="input_tokens").amount == Decimal(amount)
    assert edits.count() == 4


@pytest.mark.parametrize("value", ["", "x", "-100", "0", "1,5", "NaN"])
def test_a_rule_without_a_number_is_refused(price_desk, value):
    sent = {**WHY, "_rule": "1", "operation": "percent" if value == "-100" else "set", "value": value}
    assert price_desk.post(DESK, sent).status_code == 200
    assert not ChangeSet.objects.exists()


def test_only_price_editors_draft_and_approve(content_desk, bare_desk, client, price_desk):
    address = review(typed(price_desk, **{f"sell-{price().pk}": "1.625"}))
    assert content_desk.get(DESK).status_code == 200
    assert "desk-cell" not in content_desk.get(DESK).content.decode()
    assert content_desk.post(DESK, {**WHY, "_cells": "1"}).status_code == 403
    assert content_desk.post(address, {"_approve": "1"}).status_code == 403
    assert bare_desk.get(DESK).status_code == 403
    assert bare_desk.get(address).status_code == 404
    assert client.get(DESK).status_code == 302
    assert in_force().amount == Decimal("1.5")


def test_the_list_of_change_sets_leads_to_each_and_to_the_desk(price_desk):
    address = review(typed(price_desk, **{f"sell-{price().pk}": "1.625"}))
    page = price_desk.get(reverse("admin:catalog_changeset_changelist")).content.decode()
    assert f'href="{address}"' in page
    assert f'href="{DESK}"' in page


@pytest.mark.parametrize(("operation", "value"), [("list", "999999"), ("percent", "-99.999999999")])
def test_a_rule_whose_result_is_no_price_is_refused_in_words(price_desk, operation, value):
    sent = {**WHY, "_rule": "1", "operation": operation, "value": value}
    page = price_desk.post(f"{DESK}?q=ballad-4-5", sent).content.decode()
    assert "too large" in page or "the result is 0" in page
    assert not ChangeSet.objects.exists()


def test_an_end_that_cannot_be_taken_back_is_refused_in_words(price_desk, administrator):
    address = review(typed(price_desk, **{f"sell-{price('cache_read_tokens').pk}": "end"}))
    day = timezone.now() + timedelta(days=3)
    price_desk.post(address, {"_approve": "1", "applies_at_0": f"{day:%Y-%m-%d}", "applies_at_1": "10:00"})
    old = Price.objects.get(
        variant__model_id=TOKENS, kind="sell", meter="cache_read_tokens", conditions_key="{}"
    )
    with publish(actor=administrator, origin=Origin.ADMIN, reason="Begins again") as edition:
        add(edition, Price(variant=old.variant, kind="sell", meter=old.meter, per=old.per, amount=Decimal(1),
                           effective_from=old.effective_until + timedelta(days=1)))  # fmt: skip
    page = price_desk.post(address, {"_cancel": "1"})
    assert page.status_code == 200
    assert "Nothing was published" in page.content.decode()
