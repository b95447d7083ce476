"""A set of price edits is looked at before it is published, takes effect as one, and can be undone."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from catalog.models import ChangeEvent, ChangeSet, Price, Variant
from catalog.pricing.price import PriceValue
from catalog.pricing.units import METERS
from catalog.publishing import change_sets
from catalog.publishing.change_sets import ConflictError, PriceDraft
from catalog.publishing.preview import preview
from catalog.publishing.price_changes import RefusedError, Successor, succeed
from catalog.publishing.publish import current_revision, publish
from catalog.vocabulary import Origin, PriceState
from small import REPLACEMENT, TOKENS

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return User.objects.create_user("edith", password="x")


def price(meter="input_tokens", kind="sell", model=TOKENS, **more):
    """The open price of a meter."""
    return Price.objects.get(
        variant__model_id=model, kind=kind, meter=meter, effective_until=None, conditions_key="{}", **more
    )


def wanted(amount, meter="input_tokens"):
    return PriceDraft.change(price(meter), PriceState.KNOWN, Decimal(amount))


def a_new_price(meter):
    value = PriceValue(kind="sell", meter=meter, per=METERS[meter].per, amount=Decimal(3))
    return PriceDraft(price().variant, None, value)


def draft(editor, *edits, **more):
    said = {"reason": "The provider cut its price", "source_label": "Price list", **more}
    return change_sets.draft(editor, edits=edits or [wanted("1.625")], **said)


def in_force(meter="input_tokens", at=None):
    return Price.objects.at(at or timezone.now()).get(
        variant__model_id=TOKENS, kind="sell", meter=meter, conditions_key="{}"
    )


def test_a_draft_changes_nothing_that_visitors_see(editor):
    before = current_revision()[0]
    found = draft(editor)
    assert (found.stage(timezone.now()), found.edits.get().amount) == ("draft", Decimal("1.625"))
    assert current_revision()[0] == before
    assert in_force().amount == Decimal("1.5")


def test_approving_publishes_all_edits_as_one_revision(editor):
    found = change_sets.approve(draft(editor, wanted("1.625"), wanted("8", "output_tokens")), editor)
    assert found.stage(timezone.now()) == "applied"
    assert (in_force().amount, in_force("output_tokens").amount) == (Decimal("1.625"), Decimal(8))
    assert in_force().effective_from == found.applies_at
    assert in_force().reason == "The provider cut its price"
    assert ChangeEvent.objects.filter(revision=found.revision).count() == 2
    assert found.revision.actor == editor


def test_what_is_scheduled_is_announced_holds_at_its_instant_and_can_be_cancelled(editor):
    at = timezone.now() + timedelta(days=1)
    found = change_sets.approve(draft(editor), editor, applies_at=at)
    assert found.stage(timezone.now()) == "scheduled"
    assert in_force(at=at - timedelta(milliseconds=1)).amount == Decimal("1.5")
    assert in_force(at=at).amount == Decimal("1.625")
    assert found.stage(at) == "applied"
    change_sets.withdraw(found, editor)
    assert in_force(at=at).amount == Decimal("1.5")
    assert price().effective_until is None
    assert ChangeSet.objects.get(pk=found.pk).state == "cancelled"


def test_what_is_scheduled_can_be_moved_both_ways(editor):
    now = timezone.now()
    found = change_sets.approve(draft(editor), editor, applies_at=now + timedelta(days=2))
    for days in (5, 1):
        at = now + timedelta(days=days)
        change_sets.reschedule(found, editor, at)
        assert in_force(at=at - timedelta(milliseconds=1)).amount == Decimal("1.5")
        assert in_force(at=at).amount == Decimal("1.625")
        assert Price.objects.filter(variant__model_id=TOKENS, kind="sell", meter="input_tokens").count() == 2
    with pytest.raises(RefusedError, match="lies ahead"):
        change_sets.reschedule(found, editor, now - timedelta(days=1))


@pytest.mark.clock(goes_on=True)  # one write comes after the other
def test_undoing_is_the_inverse_set_through_the_same_door(editor):
    new = a_new_price("searches")
    end = PriceDraft.end(price("cache_read_tokens"))
    found = change_sets.approve(draft(editor, wanted("1.625"), new, end), editor)
    assert not Price.objects.at(timezone.now()).filter(
        variant__model_id=TOKENS, kind="sell", meter="cache_read_tokens"
    )
    inverse = change_sets.undo(found, editor)
    assert inverse.undoes == found
    assert inverse.stage(timezone.now()) == "draft"
    change_sets.approve(inverse, editor)
    assert in_force().amount == Decimal("1.5")
    assert in_force("cache_read_tokens").amount == Decimal("0.15")
    assert not Price.objects.at(timezone.now()).filter(variant__model_id=TOKENS, meter="searches")


@pytest.mark.clock(goes_on=True)  # one write comes after the other
def test_undoing_is_refused_where_a_later_change_stands_on_it(editor):
    found = change_sets.approve(draft(editor), editor)
    change_sets.approve(draft(editor, wanted("1.75")), editor)
    with pytest.raises(ConflictError, match="changed again since"):
        change_sets.undo(found, editor)


def test_the_second_of_two_editors_loses_nothing_and_sees_what_changed(editor):
    mine = draft(editor, wanted("1.625"), wanted("8", "output_tokens"))
    change_sets.approve(draft(editor, wanted("1.75")), editor)
    before = current_revision()[0]
    with pytest.raises(ConflictError) as caught:
        change_sets.approve(mine, editor)
    assert caught.value.lines == [f"{TOKENS}: sell input_tokens: it is now $1.75 per 1M tokens"]
    assert current_revision()[0] == before
    assert in_force().amount == Decimal("1.75")
    assert in_force("output_tokens").amount == Decimal("7.5")
    assert ChangeSet.objects.get(pk=mine.pk).state == "draft"


def test_an_announced_change_is_a_conflict_too(editor):
    mine = draft(editor)
    change_sets.approve(draft(editor, wanted("1.75")), editor, applies_at=timezone.now() + timedelta(days=1))
    with pytest.raises(ConflictError, match="Cancel what is announced first"):
        change_sets.approve(mine, editor)


def test_a_set_is_approved_once(editor):
    found = draft(editor)
    change_sets.approve(found, editor)
    with pytest.raises(RefusedError, match="no draft any more"):
        change_sets.approve(found, editor)


@pytest.mark.parametrize(
    ("more", "message"),
    [({"reason": "short"}, "at least 10"), ({"source_label": " "}, "read from"), ({"edits": []}, "Nothing")],
)
def test_a_draft_without_reason_source_or_change_is_refused(editor, more, message):
    said = {"reason": "The provider cut its price", "source_label": "List", "edits": [wanted("2")], **more}
    with pytest.raises(RefusedError, match=message):
        change_sets.draft(editor, **said)


def test_an_edit_that_changes_nothing_is_left_out_and_one_that_stands_twice_refused(editor):
    found = draft(editor, wanted("1.5"), wanted("8", "output_tokens"))
    assert found.edits.get().meter == "output_tokens"
    with pytest.raises(RefusedError, match="twice"):
        draft(editor, wanted("2"), wanted("3"))


def test_a_fault_in_the_middle_leaves_nothing(editor, monkeypatch):
    found = draft(editor, wanted("1.625"), wanted("8", "output_tokens"))
    real = change_sets.succeed

    def fail(edition, old, new):
        if old.meter == "output_tokens":
            raise RuntimeError
        return real(edition, old, new)

    monkeypatch.setattr(change_sets, "succeed", fail)
    with pytest.raises(RuntimeError):
        change_sets.approve(found, editor)
    assert in_force().amount == Decimal("1.5")
    assert ChangeSet.objects.get(pk=found.pk).state == "draft"


def test_the_preview_says_each_step_its_margin_and_a_bill(editor):
    (line,) = preview(draft(editor, wanted("3")), timezone.now()).lines
    assert (line.old, line.new) == ("$1.50 per 1M tokens", "$3.00 per 1M tokens")
    assert (line.difference, line.percent) == ("+$1.50", "+100%")
    assert (line.margin_before, line.margin_after) == ("-50%", "0%")
    assert line.sample == "1,000,000 input, 500,000 output"
    assert (line.bill_before, line.bill_after) == ("$5.25", "$6.75")
    assert line.questions == ("It is 100% more than before.",)


def test_the_phrase_counts_what_is_asked(editor):
    assert preview(draft(editor, wanted("1.6")), timezone.now()).phrase == ""
    assert (
        preview(draft(editor, wanted("150"), wanted("8", "output_tokens")), timezone.now()).phrase
        == "confirm 1"
    )


def test_the_preview_of_many_edits_costs_the_same_queries(editor, django_assert_num_queries):
    open_rows = Price.objects.filter(kind="sell", effective_until=None, state="known")
    rows = open_rows.exclude(variant__model_id=REPLACEMENT).select_related("variant")
    edits = [PriceDraft.change(row, PriceState.KNOWN, row.amount * 2) for row in rows]
    found = draft(editor, *edits)
    with django_assert_num_queries(4):
        assert len(preview(found, timezone.now()).lines) == len(edits)


def test_a_price_announced_by_hand_is_seen_as_a_conflict_in_the_preview(editor):
    found = draft(editor)
    with publish(actor=editor, origin=Origin.ADMIN, reason="x") as edition:
        free = price().value.becoming(PriceState.FREE, Decimal(0))
        succeed(edition, price(), Successor(free, edition.at, "", "List", "x"))
    assert preview(found, timezone.now()).conflicts == [f"{TOKENS}: sell input_tokens: it is now Free"]
    assert Variant.objects.get(model_id=TOKENS)


def test_after_it_is_applied_the_preview_still_compares_with_what_was_before(editor):
    found = change_sets.approve(draft(editor, wanted("3")), editor)
    (line,) = preview(found, timezone.now()).lines
    assert (line.bill_before, line.bill_after) == ("$5.25", "$6.75")
