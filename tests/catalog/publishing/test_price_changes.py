"""How prices change: closed and succeeded, announced and taken back, and never otherwise."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog.models import ChangeEvent, Document, Price, Variant
from catalog.pricing.price import PriceValue
from catalog.publishing.price_changes import RefusedError, Successor, add, cancel, step, succeed
from catalog.publishing.publish import current_revision, publish
from catalog.records.phrases import price_text
from catalog.records.record import read_record
from catalog.vocabulary import Origin, PriceState
from rows import a_price, a_variant, price_row

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def old() -> Price:
    return a_price(a_variant())


def by_admin():
    return publish(actor=None, origin=Origin.ADMIN, reason="It changed")


def a_successor(old: Price, amount="2", start: datetime | None = None, state=PriceState.KNOWN) -> Successor:
    return Successor(
        value=old.value.becoming(state, None if amount is None else Decimal(amount)),
        effective_from=start or timezone.now(),
        source_url="https://example.com/new",
        source_label="New price list",
        reason="It changed",
    )


def change(old: Price, new: Successor) -> Price:
    with by_admin() as edition:
        return succeed(edition, Price.objects.get(pk=old.pk), new)


def refused(old: Price, new: Successor) -> str:
    before = current_revision(), list(Price.objects.filter(variant=old.variant).values())
    with pytest.raises(RefusedError) as refusal:
        change(old, new)
    assert (current_revision(), list(Price.objects.filter(variant=old.variant).values())) == before
    return str(refusal.value)


def shown(variant: Variant) -> list[tuple[str | None, str | None]]:
    prices = read_record(Document.objects.get(pk=variant.pk).body)["prices"]
    return [(price["amount"], price["effective_until"]) for price in prices]


def test_a_price_is_closed_where_its_successor_begins(old):
    start = datetime(2031, 5, 1, tzinfo=UTC)
    new = change(old, a_successor(old, "1.875", start))
    old.refresh_from_db()
    assert old.effective_until == new.effective_from == start
    same = ("variant_id", "kind", "meter", "per", "currency", "conditions", "conditions_key")
    assert [getattr(new, name) for name in same] == [getattr(old, name) for name in same]
    assert (new.origin, new.reason, new.revision_id) == ("admin", "It changed", current_revision()[0])
    mine = Price.objects.filter(variant=old.variant)
    assert list(mine.at(start - timedelta(milliseconds=1))) == [old]
    assert list(mine.at(start)) == [new]
    assert shown(old.variant) == [("1.875", None), ("1.5", "2031-05-01T00:00:00Z")]


def test_the_history_gives_both_prices_as_values_and_in_words(old):
    change(old, a_successor(old, "1.875", datetime(2031, 5, 1, tzinfo=UTC)))
    event = ChangeEvent.objects.get(revision_id=current_revision()[0])
    assert event.summary == (
        f"{old.variant}: price of input changes from $1.50 per 1M tokens to $1.875 per 1M tokens, "
        "from 2031-05-01 00:00 UTC on"
    )
    starts, ends = "2026-11-26T11:00:00Z", "2031-05-01T00:00:00Z"
    stays = {
        "kind": "sell",
        "state": "known",
        "meter": "input_tokens",
        "per": 1_000_000,
        "unit": "1M tokens",
        "currency": "USD",
        "conditions": {},
        "minimum": None,
        "step": None,
        "is_promotion": False,
    }
    assert event.kind == "price"
    assert event.before == stays | {"amount": "1.5", "effective_from": starts, "effective_until": ends}
    assert event.after == stays | {"amount": "1.875", "effective_from": ends, "effective_until": None}


def test_a_price_may_become_free_dynamic_or_on_request_and_known_again(old):
    start = timezone.now() + HOUR
    steps = [
        (PriceState.FREE, "0"),
        (PriceState.DYNAMIC, None),
        (PriceState.ON_REQUEST, None),
        (PriceState.KNOWN, "3"),
    ]
    for number, (state, amount) in enumerate(steps):
        old = change(old, a_successor(old, amount, start + number * HOUR, state))
    assert [price.state for price in old.variant.prices.order_by("effective_from")] == [
        "known",
        "free",
        "dynamic",
        "on_request",
        "known",
    ]


def test_the_same_price_is_no_change(old):
    assert "same" in refused(old, a_successor(old, "1.500000000"))


def test_a_successor_begins_after_what_it_succeeds(old):
    assert "must begin after" in refused(old, a_successor(old, start=old.effective_from))
    assert "must begin after" in refused(old, a_successor(old, start=old.effective_from - HOUR))


def test_a_successor_is_announced_once(old):
    change(old, a_successor(old, "2", timezone.now() + HOUR))
    assert "Cancel what is announced" in refused(old, a_successor(old, "3", timezone.now() + 2 * HOUR))


def test_a_price_that_has_ended_has_no_other_successor(old):
    change(old, a_successor(old, "2"))
    assert "ended" in refused(old, a_successor(old, "3"))


def test_an_amount_that_the_database_refuses_is_a_refusal(old):
    assert "refuses" in refused(old, a_successor(old, "0"))


@pytest.mark.parametrize("amount", ["-1", None, "0.0000000001"])
def test_an_amount_that_no_price_has_makes_no_price(old, amount):
    with pytest.raises(ValueError, match=r"amount|decimals"):
        a_successor(old, amount)


def test_a_successor_of_another_meter_unit_or_currency_is_refused(old):
    for other in ({"meter": "output_tokens"}, {"per": 1_000}, {"currency": "EUR"}, {"kind": "list"}):
        new = a_successor(old, "2")
        assert "must keep" in refused(old, replace(new, value=replace(new.value, **other)))


def test_an_announced_price_is_cancelled_as_if_it_had_never_been(old):
    new = change(old, a_successor(old, "2", timezone.now() + HOUR))
    with by_admin() as edition:
        cancel(edition, new)
    old.refresh_from_db()
    assert old.effective_until is None
    assert shown(old.variant) == [("1.5", None)]
    event = edition.revision.events.get()
    assert event.summary.endswith("announced price of $2.00 per 1M tokens cancelled")
    assert (event.before["amount"], event.after) == ("2", None)


def test_an_announced_price_between_others_leaves_no_gap(old):
    start = timezone.now() + HOUR
    middle = change(old, a_successor(old, "2", start))
    last = change(middle, a_successor(middle, "3", start + HOUR))
    with by_admin() as edition:
        cancel(edition, Price.objects.get(pk=middle.pk))
    old.refresh_from_db()
    assert old.effective_until == last.effective_from == start + HOUR


def test_a_price_is_cancelled_once_and_not_once_it_has_begun(old):
    new = change(old, a_successor(old, "2", timezone.now() + HOUR))
    again = Price.objects.get(pk=new.pk)
    with by_admin() as edition:
        cancel(edition, new)
    revision = current_revision()
    for price, reason in ((again, "cancelled already"), (old, "has begun")):
        with pytest.raises(RefusedError, match=reason), by_admin() as edition:
            cancel(edition, price)
    assert current_revision() == revision


def test_a_price_is_added_where_there_was_none():
    variant = a_variant()
    with by_admin() as edition:
        price = add(edition, price_row(variant, kind="list", conditions={"service_tier": "batch"}))
    assert (price.origin, price.revision) == ("admin", edition.revision)
    said_so = edition.revision.events.get().summary
    assert said_so.startswith(f"{variant}: list price of input (")
    assert shown(variant) == [("1.5", None)]


def test_a_second_price_of_the_same_component_is_refused_in_words(old):
    with pytest.raises(RefusedError, match="another price of this model") as refusal, by_admin() as edition:
        add(edition, price_row(old.variant))
    assert "catalog_price" not in str(refusal.value)
    assert old.variant.prices.count() == 1


def test_a_tie_between_two_prices_is_refused_when_an_admin_saves_it(old):
    variant = old.variant
    a_price(variant, conditions={"service_tier": "batch"})
    large = {"conditions": {"prompt_tokens_over": 200_000}}
    both = {"conditions": {"prompt_tokens_over": 200_000, "service_tier": "batch"}}
    with pytest.raises(RefusedError, match="neither wins"), by_admin() as edition:
        add(edition, price_row(variant, **large))
    with by_admin() as edition:
        add(edition, price_row(variant, **both))
        add(edition, price_row(variant, **large))
    assert variant.prices.count() == 4


def test_a_tie_that_a_file_states_is_kept_as_it_was_published(old):
    with publish(actor=None, origin=Origin.FILE) as edition:
        add(edition, price_row(old.variant, conditions={"service_tier": "batch"}))
        add(edition, price_row(old.variant, conditions={"prompt_tokens_over": 200_000}))
    assert old.variant.prices.count() == 3


def test_a_price_is_said_with_its_unit():
    variant = a_variant()
    assert price_text(price_row(variant, amount=Decimal("0.000000001")).value) == "$0.000000001 per 1M tokens"
    assert price_text(price_row(variant, meter="images", amount=Decimal("0.05")).value) == "$0.05 per image"
    assert price_text(price_row(variant, state="free", amount=Decimal(0)).value) == "Free"
    assert price_text(price_row(variant, state="on_request", amount=None).value) == "On request"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("2", "1", "50% less"),
        ("1", "3", "200% more"),
        ("3", "4", "about 33.33% more"),
        ("0", "4", ""),
        (None, "4", ""),
        ("4", None, ""),
        ("4", "0", "100% less"),
    ],
)
def test_a_step_is_said_in_per_cent_of_the_old(before, after, words):
    assert step(costing(before), costing(after)) == words


def costing(amount):
    state = "dynamic" if amount is None else "known"
    amount = None if amount is None else Decimal(amount)
    return PriceValue(kind="sell", state=state, meter="input_tokens", per=1_000_000, amount=amount)


def test_a_price_that_is_published_for_an_earlier_day_is_a_correction(client):
    variant = a_variant()
    old = a_price(variant, effective_from=timezone.now() - 90 * 24 * HOUR)
    start = timezone.now() - 2 * 24 * HOUR
    with by_admin() as edition:
        succeed(edition, old, a_successor(old, "2", start))
    query = f"/api/v1/changes?model={variant.model_id}&limit=1"
    (item,) = client.get(f"{query}&kind=correction").json()["items"]
    assert item["kind"] == "correction"
    assert " corrected from $1.50 per 1M tokens to $2.00 per 1M tokens, from " in item["summary"]
    assert (item["before"]["amount"], item["after"]["amount"]) == ("1.5", "2")
    # Who asks for prices is told of it, in the page and the feed too.
    assert client.get(f"{query}&kind=price").json()["items"] == [item]
    assert "corrected from" in client.get("/changes/price.feed.json").content.decode()
    assert "Correction" in client.get("/changes?kind=correction").content.decode()
    assert client.get("/changes.atom?kind=correction")["Location"].startswith("/changes/price")


@pytest.mark.parametrize(
    ("hours", "kind"), [(0, "price"), (-2, "price"), (12, "price"), (11, "correction"), (0.5, "correction")]
)
def test_a_price_of_this_day_or_later_is_a_change_and_one_of_an_earlier_hour_a_correction(hours, kind):
    # The clock says noon, twelve hours after the day began: a day is given as its midnight.
    old = a_price(a_variant(), effective_from=timezone.now() - 90 * 24 * HOUR)
    with by_admin() as edition:
        succeed(edition, old, a_successor(old, "2", timezone.now() - hours * HOUR))
    assert str(ChangeEvent.objects.order_by("-pk")[0].exact_kind) == kind


@pytest.mark.clock("2026-12-01T00:01:00Z")
@pytest.mark.parametrize(("minutes", "kind"), [(0, "price"), (1, "price"), (2, "correction")])
def test_a_day_is_one_of_utc_whatever_zone_an_instant_is_in(minutes, kind):
    old = a_price(a_variant(), effective_from=timezone.now() - 90 * 24 * HOUR)
    start = (timezone.now() - timedelta(minutes=minutes)).astimezone(timezone.get_fixed_timezone(-300))
    with by_admin() as edition:
        succeed(edition, old, a_successor(old, "2", start))
    assert str(ChangeEvent.objects.order_by("-pk")[0].exact_kind) == kind
