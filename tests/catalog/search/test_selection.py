"""Which models a visitor asks for: every filter, order and count agrees with the records it is about."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from catalog.models import Alias, Document, Variant
from catalog.publishing.incidents import open_event
from catalog.publishing.publish import publish
from catalog.records.facts import facts
from catalog.records.record import read_record
from catalog.search.facets import FACETS, LISTS
from catalog.search.finding import matching
from catalog.search.selection import Selection, facet_counts, page, without
from catalog.vocabulary import Origin, Severity
from pages.list_state import _read as read_bound
from rows import a_variant
from small import MODELS, SIBLING, TIERED

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALL = 10_000
TOGETHER = {"input_modality": "input_modalities", "output_modality": "output_modalities"}
TOGETHER |= {"capability": "capabilities"}


@pytest.fixture
def everything():
    """The facts of every model, with trouble at some, as a plain list in memory."""
    for model_id, severity in [(SIBLING, Severity.OUTAGE), (TIERED, Severity.DEGRADED)]:
        with publish(actor=None, origin=Origin.FILE) as edition:
            variant = Variant.objects.get(model_id=model_id)
            event = open_event(edition, variant, severity, "Trouble")
            event.started_at = AT - timedelta(hours=1)
            event.save()
    return [facts(read_record(body), AT) for body in Document.objects.values_list("body", flat=True)]


def words(found, name: str) -> set[str]:
    """What a model counts as under a facet."""
    record = found.record
    if name in TOGETHER:
        return set(record[TOGETHER[name]])
    if name == "open_weights":
        return {{True: "true", False: "false", None: "unknown"}[record["open_weights"]]}
    return {
        "provider": lambda: {record["provider"]["slug"]},
        "family": lambda: {record["family"]["slug"]},
        "modality": lambda: {record["modality"] or "unknown"},
        "lifecycle": lambda: {found.lifecycle or "unknown"},
        "status": lambda: {found.status.severity} if found.status else set(),
        "protocol": lambda: {endpoint["protocol"] for endpoint in record["endpoints"]},
    }[name]()


def quoted(found, meter: str) -> Fraction | None:
    price = found.quoted(meter)
    return Fraction(price["amount"]) / price["per"] if price and price["amount"] is not None else None


def selects(found, selection: Selection) -> bool:
    """Decide as the documentation reads, without a database."""
    record = found.record
    is_asked_for = selection.retired or selection.lifecycle or selection.retiring
    if found.lifecycle == "retired" and not is_asked_for:
        return False
    for name in LISTS:
        wanted = set(getattr(selection, name))
        of_many = name in TOGETHER or name == "protocol"
        if wanted and not (wanted <= words(found, name) if of_many else wanted & words(found, name)):
            return False
    if selection.retiring is not None and selection.retiring != (
        found.lifecycle in ("deprecated", "retired")
    ):
        return False
    if selection.q:
        pks = set(matching(selection.q, AT.date()).every)
        if record["model_id"] not in Variant.objects.filter(pk__in=pks).values_list("model_id", flat=True):
            return False
    if selection.min_context is not None and (record["context_window"] or -1) < selection.min_context:
        return False
    after = selection.released_after
    if after and not (record["released_on"] and date.fromisoformat(record["released_on"]) > after):
        return False
    for meter in ("input", "output"):
        limit, amount = getattr(selection, f"max_{meter}_price"), quoted(found, f"{meter}_tokens")
        if limit is not None and (amount is None or amount * 1_000_000 > Fraction(limit)):
            return False
    return bool(found.sell) or not selection.priced


def ids(selection: Selection) -> list[str]:
    found = page(selection, AT, ALL)
    assert found.count == len(found.records)
    return [record["model_id"] for record in found.records]


def by_hand(everything, selection: Selection) -> set[str]:
    return {found.record["model_id"] for found in everything if selects(found, selection)}


def facet_selections(everything) -> list[Selection]:
    return [
        Selection(**{name: (word,)})
        for name in LISTS
        for word in sorted(set().union(*(words(found, name) for found in everything)))
    ]


def test_without_a_filter_every_model_is_selected(everything):
    assert len(everything) == MODELS
    assert set(ids(Selection())) == by_hand(everything, Selection())
    assert not Selection().is_filtered
    assert not Selection(sort="-name").is_filtered


def test_every_value_of_every_facet_selects_the_models_that_have_it(everything):
    asked = facet_selections(everything)
    assert {name for selection in asked for name in LISTS if getattr(selection, name)} == set(LISTS)
    for selection in asked:
        assert set(ids(selection)) == by_hand(everything, selection) != set(), selection
        assert selection.is_filtered


@pytest.mark.slow
@pytest.mark.parametrize(
    "selection",
    [
        Selection(provider=("octave", "arbor")),
        Selection(modality=("image", "video"), lifecycle=("active", "unknown")),
        Selection(capability=("streaming", "tool_call")),
        Selection(input_modality=("text", "image"), output_modality=("text",)),
        Selection(protocol=("openai-chat", "anthropic-messages"), provider=("arbor",)),
        Selection(status=("outage", "degraded")),
        Selection(provider=("nobody",)),
        Selection(status=("nonsense",)),
        Selection(capability=("'; DROP TABLE catalog_price; --",)),
        Selection(min_context=200_000),
        Selection(min_context=0),
        Selection(min_context=10**12),
        Selection(released_after=date(2026, 1, 1)),
        Selection(released_after=date(1, 1, 1)),
        Selection(priced=True),
        Selection(retiring=False),
        Selection(retired=True),
        Selection(lifecycle=("retired",)),
        Selection(retiring=True),
        Selection(retiring=True, lifecycle=("deprecated",)),
        Selection(open_weights=("true", "unknown"), capability=("tool_call",)),
        Selection(priced=True, lifecycle=("active",), min_context=100_000, max_output_price=Decimal(10)),
        Selection(max_input_price=Decimal(0)),
        Selection(q="linden"),
        Selection(q="LINDEN Ballad"),
        Selection(q="arbor aubade", lifecycle=("active",)),
        Selection(q="%"),
        Selection(q="_"),
        Selection(q="no such model"),
    ],
)
def test_filters_hold_together(everything, selection):
    assert set(ids(selection)) == by_hand(everything, selection)


def test_every_amount_of_the_catalog_is_within_its_own_limit(everything):
    for meter in ("input", "output"):
        amounts = {quoted(found, f"{meter}_tokens") for found in everything} - {None}
        assert len(amounts) > 10
        for amount in sorted(amounts):
            exact = Decimal((amount * 1_000_000).numerator) / (amount * 1_000_000).denominator
            for limit in (exact, exact - Decimal("1e-9")):
                if limit >= 0:
                    selection = Selection(**{f"max_{meter}_price": limit})
                    assert set(ids(selection)) == by_hand(everything, selection), limit


def test_a_model_is_found_by_its_alias():
    variant = a_variant()
    with publish(actor=None, origin=Origin.FILE) as edition:
        edition.add(Alias(variant=variant, alias_id="zzz-latest"))
        edition.touch(variant)
    assert ids(Selection(q="ZZZ-Latest")) == [variant.model_id]


@pytest.mark.parametrize("q", ["\0", "a\0b", "x" * 10_000, "a " * 5_000, "🜁", "\\", "'\""])
def test_hostile_words_find_nothing_or_something_and_never_fail(q):
    assert page(Selection(q=q), AT, 5).count >= 0


@pytest.mark.parametrize("sort", ["released_on", "context_window", "input_price", "output_price"])
def test_both_directions_agree_with_the_records_and_unknown_comes_last(everything, sort):
    def key(found):
        if sort.endswith("_price"):
            return quoted(found, sort.replace("_price", "_tokens"))
        return found.record[sort]

    keys = {found.record["model_id"]: key(found) for found in everything if found.lifecycle != "retired"}
    known = sorted(value for value in keys.values() if value is not None)
    unknown = [None] * (len(keys) - len(known))
    assert known
    assert unknown
    assert [keys[model_id] for model_id in ids(Selection(sort=sort))] == known + unknown
    assert [keys[model_id] for model_id in ids(Selection(sort=f"-{sort}"))] == known[::-1] + unknown


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(provider=("octave",), modality=("text",)),
        Selection(capability=("streaming",), lifecycle=("deprecated",)),
        Selection(input_modality=("image",), priced=True),
        Selection(status=("outage",)),
        Selection(q="linden", protocol=("anthropic-messages",)),
        Selection(family=("nobody",)),
    ],
)
def test_facets_count_what_choosing_a_value_would_select(everything, selection):
    """A value of an alternative is counted under the other filters; one wanted together under all of them."""
    counted = facet_counts(selection, AT)
    assert list(counted) == list(FACETS)
    for name in LISTS:
        rows, of_many = counted[name], name in TOGETHER or name == "protocol"
        left = selection if of_many else without(selection, name)
        left = left.change(retired=True) if name == "lifecycle" else left
        expected = dict.fromkeys(getattr(selection, name), 0)
        for found in everything:
            for word in words(found, name) if selects(found, left) else ():
                expected[word] = expected.get(word, 0) + 1
        assert {row.value: row.count for row in rows} == expected, name
        assert [row.count for row in rows] == sorted(expected.values(), reverse=True)
        for row in rows[:3]:
            chosen = (*getattr(left, name), row.value) if of_many else (row.value,)
            assert page(left.change(**{name: tuple(dict.fromkeys(chosen))}), AT, 1).count == row.count
    for name, rows in counted.items():
        for row in rows if name not in LISTS else ():
            value = read_bound(FACETS[name].kind, row.value)
            assert row.count == len(by_hand(everything, selection.change(**{name: value}))) > 0, (name, row)


def test_facets_carry_names_that_people_read():
    counted = facet_counts(Selection(), AT)
    labels = {name: {row.value: row.label for row in rows} for name, rows in counted.items()}
    assert labels["provider"]["arbor"] == "Arbor"
    assert labels["family"]["linden"] == "Linden"
    assert labels["capability"]["tool_call"] == "Tool use"
    assert labels["min_context"]["200000"] == "200,000 or more"
    assert labels["max_input_price"]["0.5"] == "$0.50 or less"
    assert labels["max_output_price"]["0"] == "Free"
    assert labels["released_after"]["2025-12-31"] == "2026 or later"
    assert labels["open_weights"] == {"true": "Open", "false": "Not open", "unknown": "Not stated"}
    assert labels["retiring"] == {"false": "Not being retired"}


def test_of_a_wide_facet_the_commonest_are_given_and_what_is_chosen():
    rare = facet_counts(Selection(), AT)["family"][-1]
    for selection in (Selection(family=(rare.value,)), Selection(family=(rare.value,), priced=True)):
        rows = page(selection, AT, 0, facets=FACETS, most=3).facets["family"]
        assert [row.value for row in rows[:3]] == [
            row.value for row in facet_counts(selection, AT)["family"][:3]
        ]
        assert rows[3].value == rare.value
        assert len(rows) == 4


def test_filters_can_be_taken_away_one_by_one():
    chosen = Selection(provider=("a", "b"), min_context=5, q="x", priced=True)
    assert without(chosen, "provider", "a").provider == ("b",)
    assert without(chosen, "provider").provider == ()
    assert without(without(without(without(chosen, "provider"), "min_context"), "q"), "priced") == Selection()
