"""What a write stores for facets agrees with the records, at every instant and after every kind of write."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import clock
from catalog.exchange.synthetic import make
from catalog.models import Document, FacetBits, FacetClock, FacetSpan, FacetTally, ListKey, Variant
from catalog.publishing.publish import publish
from catalog.records.facts import facts
from catalog.records.record import read_record
from catalog.search.facet import Kind
from catalog.search.facet_index.segments import gather, pack, size, spread, unpack
from catalog.search.facet_index.writing import build
from catalog.search.facets import FACETS, LISTS
from catalog.search.selection import SORTS, Selection, every, facet_counts, page, without
from catalog.vocabulary import Origin
from rows import a_family, a_price, a_variant

pytestmark = pytest.mark.django_db

ALL = 10_000
BOUNDS = {
    "min_context": (0, 1, 8_000, 131_072, 131_073, 200_000, 2**31, 10**12),
    "max_input_price": tuple(map(Decimal, ("0", "0.1", "0.3", "1", "2.99", "3", "400", "1000000"))),
    "max_output_price": tuple(map(Decimal, ("0", "0.25", "0.6", "15", "101"))),
    "released_after": (date(1, 1, 1), date(2025, 6, 14), date(2025, 12, 31), date(9999, 12, 31)),
    "retiring": (True, False),
    "priced": (True,),
    "retired": (True,),
}


def words(found, name):
    """What a model counts as under a facet, read from its record."""
    record = found.record
    return {
        "provider": lambda: {record["provider"]["slug"]},
        "family": lambda: {record["family"]["slug"]},
        "modality": lambda: {record["modality"] or "unknown"},
        "lifecycle": lambda: {found.lifecycle or "unknown"},
        "status": lambda: {found.status.severity} if found.status else set(),
        "protocol": lambda: {endpoint["protocol"] for endpoint in record["endpoints"]},
        "capability": lambda: {*record["capabilities"]},
        "input_modality": lambda: {*record["input_modalities"]},
        "output_modality": lambda: {*record["output_modalities"]},
        "open_weights": lambda: {str(record["open_weights"]).lower().replace("none", "unknown")},
    }[name]()


def amount(found, meter):
    price = found.quoted(meter)
    if price is None or price["amount"] is None or price["currency"] != "USD":
        return None
    return Decimal(price["amount"]) * 1_000_000 / price["per"]


def fits(found, name, chosen):
    """Decide one filter as the documentation reads."""
    record = found.record
    if name in LISTS:
        has = words(found, name)
        return set(chosen) <= has if FACETS[name].kind is Kind.ALL else bool(set(chosen) & has)
    if name == "min_context":
        return (record["context_window"] if record["context_window"] is not None else -1) >= chosen
    if name == "released_after":
        return bool(record["released_on"]) and date.fromisoformat(record["released_on"]) > chosen
    if name == "retiring":
        return (found.lifecycle in ("deprecated", "retired")) == chosen
    if name == "priced":
        return bool(found.sell)
    if name == "retired":
        return True
    each = amount(found, "input_tokens" if "input" in name else "output_tokens")
    return each is not None and each <= chosen


def chosen_of(selection):
    default = Selection()
    return {
        name: getattr(selection, name)
        for name in FACETS
        if getattr(selection, name) != getattr(default, name)
    }


def by_hand(everything, selection):
    chosen = chosen_of(selection)
    if not chosen.keys() & {"retired", "lifecycle"} and not selection.retiring:
        everything = [found for found in everything if found.lifecycle != "retired"]
    return [found for found in everything if all(fits(found, name, value) for name, value in chosen.items())]


def everything_at(at):
    return [facts(read_record(body), at) for body in Document.objects.values_list("body", flat=True)]


def a_selection(chance, everything):
    """Any few filters, mostly of values that models have."""
    chosen = {}
    for name in chance.sample(list(FACETS), chance.choice([1, 2, 3, 4])):
        if name in LISTS:
            has = sorted(set().union(*(words(found, name) for found in chance.sample(everything, 20)))) or [
                "none"
            ]
            chosen[name] = tuple(chance.sample(has, min(len(has), chance.choice([1, 1, 2]))))
        else:
            chosen[name] = chance.choice(BOUNDS[name])
    return Selection(**chosen, sort=chance.choice(["", *SORTS, *(f"-{sort}" for sort in SORTS)]))


def agree(everything, selection, at):
    """Hold a selection, its counts, its order and its advice against the records."""
    found = page(selection, at, ALL, facets=FACETS)
    expected = {one.record["model_id"] for one in by_hand(everything, selection)}
    assert {record["model_id"] for record in found.records} == expected, selection
    assert found.count == len(found.records) == len(expected)
    for name in LISTS:
        is_together = FACETS[name].kind is Kind.ALL
        left = selection if is_together else without(selection, name)
        left = left.change(retired=True) if name == "lifecycle" else left
        counted = dict.fromkeys(getattr(selection, name), 0)
        for one in by_hand(everything, left):
            for word in words(one, name):
                counted[word] = counted.get(word, 0) + 1
        assert {row.value: row.count for row in found.facets[name]} == counted, (selection, name)
    for drop in found.drops:
        left = without(selection, drop.name, drop.value)
        left = left.change(retired=True) if drop.name == "retired" else left
        assert drop.count == len(by_hand(everything, left)), drop


@pytest.mark.slow
def test_random_selections_agree_with_the_records_one_by_one():
    make(400, seed=5, force=True)
    chance, now = Random(11), timezone.now()
    everything = everything_at(now)
    for _ in range(60):
        agree(everything, a_selection(chance, everything), now)


@pytest.mark.slow
@pytest.mark.parametrize("days", [-4_000, -20, 20, 4_000])
def test_what_holds_at_another_instant_is_counted_for_it(days):
    """Prices begin and end, models are deprecated and retired: bits of now are turned for then."""
    chance, at = Random(days), timezone.now() + timedelta(days=days)
    family = a_family("dated")
    for number, step in enumerate(range(-30, 30, 3)):
        day = timezone.now() + timedelta(days=step)
        variant = a_variant(
            f"dated-{number}",
            family=family,
            lifecycle="active",
            deprecated_on=day.date(),
            retires_on=(day + timedelta(days=10)).date(),
        )
        a_price(
            variant, effective_from=day, effective_until=day + timedelta(days=5), amount=Decimal(number + 1)
        )
        a_price(variant, kind="list", effective_from=day + timedelta(days=2), amount=Decimal(100))
    everything = everything_at(at)
    agree(everything, Selection(family=("dated",)), at)
    agree(everything, Selection(), at)
    for _ in range(15):
        agree(everything, a_selection(chance, everything).change(family=("dated",)), at)


def test_a_scheduled_price_and_a_retirement_hold_from_their_instant_on_and_not_before():
    boundary = datetime(2031, 5, 1, tzinfo=UTC)
    variant = a_variant("edge-1", family=a_family("edge"), lifecycle="active", retires_on=boundary.date())
    a_price(
        variant, amount=Decimal(5), effective_from=datetime(2030, 1, 1, tzinfo=UTC), effective_until=boundary
    )
    a_price(variant, amount=Decimal("0.5"), effective_from=boundary)
    just_before = boundary - timedelta(microseconds=1)
    cheap = Selection(family=("edge",), retired=True, max_input_price=Decimal(1))
    cut = Selection(family=("edge",), retired=True, max_input_price=Decimal("0.7"))
    for at, count, lifecycle in ((just_before, 0, "deprecated"), (boundary, 1, "retired")):
        assert page(cheap, at, 5).count == page(cut, at, 5).count == count
        assert [row.value for row in facet_counts(Selection(family=("edge",)), at)["lifecycle"]] == [
            lifecycle
        ]
        assert page(Selection(family=("edge",)), at, 5).count == (lifecycle != "retired")


def test_time_that_passes_is_counted_without_a_write_and_kept_by_the_next_one():
    soon = timezone.now() + timedelta(seconds=1)
    variant = a_variant("later-1", family=a_family("later"))
    a_price(variant, amount=Decimal("0.5"), effective_from=soon)
    chosen = Selection(family=("later",), priced=True)
    before = soon - timedelta(microseconds=1)
    assert [page(chosen, at, 5).count for at in (before, soon)] == [0, 1]
    with clock.moved(soon):
        assert page(chosen, timezone.now(), 5).count == 1
        written = FacetClock.objects.get().as_of
        a_variant("another-1", family=a_family("another"))
        assert FacetClock.objects.get().as_of >= soon > written
        assert [page(chosen, at, 5).count for at in (before, soon)] == [0, 1]
        kept = stored()
        call_command("rebuild_records", verbosity=0)
        assert stored() == kept


def test_any_order_of_writes_leaves_what_a_rebuild_would():
    variant = a_variant("churn-1", family=a_family("churn"), capabilities=["tool_call"], context_window=9)
    a_price(variant)
    other = a_variant("churn-2", family=a_family("churn"), open_weights=True)
    with publish(actor=None, origin=Origin.FILE) as edition:
        edition.change(variant, {"capabilities": ["reasoning"], "context_window": 300_000, "name": "Churn"})
        edition.change(other.family.provider, {"slug": "churn-labs"})
        edition.touch(other.family.provider)
    with publish(actor=None, origin=Origin.FILE) as edition:
        edition.remove([other])
    kept = stored()
    call_command("rebuild_records", verbosity=0)
    assert stored() == kept
    FacetClock.objects.all().delete()
    for kind in (FacetBits, FacetTally, FacetSpan, ListKey):
        kind.objects.all().delete()
    build("default")
    assert stored() == kept
    assert ("", "", Variant.objects.served(timezone.now()).count()) in kept[1]


def stored():
    spans = FacetSpan.objects.values_list("variant_id", "facet", "value", "amount", "since", "until")
    return (
        {
            (segment, facet, value, bytes(bits))
            for segment, facet, value, bits in FacetBits.objects.values_list(
                "segment", "facet", "value", "bits"
            )
        },
        set(FacetTally.objects.values_list("facet", "value", "count")),
        set(spans),
        {(pk, bytes(key)) for pk, key in ListKey.objects.values_list("pk", "name_key")},
    )


@pytest.mark.slow
@pytest.mark.parametrize("few", [3, 900])
def test_pages_neither_skip_nor_repeat_in_any_order_named_or_walked(monkeypatch, few):
    monkeypatch.setattr("catalog.search.facet_index.ordering.FEW", few)
    now = timezone.now()
    for chosen in (
        Selection(),
        Selection(retired=True),
        Selection(lifecycle=("active",)),
        Selection(q="oriel"),
        Selection(capability=("tool_call",)),
    ):
        for sort in ("", *SORTS, *(f"-{name}" for name in SORTS)):
            selection = chosen.change(sort=sort)
            whole = [record["model_id"] for record in every(selection, now)]
            assert len(set(whole)) == len(whole) == page(selection, now, 1).count
            parts = [page(selection, now, 7, offset).records for offset in range(0, len(whole) + 7, 7)]
            assert [record["model_id"] for part in parts for record in part] == whole, selection


@pytest.mark.slow
def test_queries_are_as_many_for_three_thousand_models_as_for_three_hundred():
    asked = [
        Selection(),
        Selection(sort="-input_price"),
        Selection(lifecycle=("active",), capability=("tool_call",), min_context=32_000, sort="output_price"),
        Selection(max_input_price=Decimal("3.3"), released_after=date(2023, 3, 3)),
        Selection(q="ar", input_modality=("text",)),
    ]
    spent = []
    for more in (300, 2_700):
        make(more, seed=more, force=True)
        now = timezone.now()
        for selection in asked:
            with CaptureQueriesContext(connection) as queries:
                assert page(selection, now, 60, facets=FACETS, most=20).records
            spent.append(len(queries))
    # Of words that very many models hold, those beyond the ranked ones are one query more, and so is what
    # fills a page where retired models had ranks.
    few, many = spent[: len(asked)], spent[len(asked) :]
    assert many[:-1] == few[:-1]
    assert few[-1] <= many[-1] <= few[-1] + 2
    assert max(spent) <= 13


def test_sets_of_models_keep_their_members():
    pks = [1, 2, 4_095, 4_096, 4_097, 10**6]
    assert list(spread(gather(pks))) == pks
    assert size(gather([*pks, 2])) == len(pks)
    assert all(unpack(pack(bits)) == bits for bits in (0, 1, 255, 1 << 4_095))
