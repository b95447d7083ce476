"""What differs and what is best in a comparison, from records alone."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from catalog.comparison import UsageError, compare, first_use
from catalog.records.facts import facts
from factories import a_price, a_record

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def side_by_side(*records, usage=None, at=NOW):
    return compare([facts(record, at) for record in records], usage)


def row(found, key):
    (one,) = [row for row in found.rows if row.key == key]
    return one


def best(found, key):
    return [found.members[place].record["model_id"]
            for place, cell in enumerate(row(found, key).cells) if cell.is_best]  # fmt: skip


def a_model(model_id, *amounts, **changed):
    prices = [a_price(amount=amount) for amount in amounts]
    return a_record(model_id, prices=changed.pop("prices", prices), **changed)


INPUT = "price:sell:input_tokens:1000000:USD:{}"
BATCH = 'price:sell:input_tokens:1000000:USD:{"service_tier":"batch"}'


@pytest.mark.parametrize(
    ("key", "field", "low", "high", "is_higher_better"),
    [
        ("context_window", "context_window", 200_000, 1_000_000, True),
        ("max_output_tokens", "max_output_tokens", 8_192, 64_000, True),
        ("knowledge_cutoff", "knowledge_cutoff", "2025-01", "2025-07-31", True),
        ("released_on", "released_on", "2025-01-01", "2026-01-01", None),
        ("retires_on", "retires_on", "2027-01-01", "2028-01-01", None),
        ("open_weights", "open_weights", False, True, None),
    ],
)
def test_larger_and_later_is_better_only_where_that_is_defined(key, field, low, high, is_higher_better):
    found = side_by_side(a_record("a", **{field: low}), a_record("b", **{field: high}))
    assert best(found, key) == (["b"] if is_higher_better else [])
    assert row(found, key).differs


def test_the_lowest_price_is_best_by_its_exact_amount():
    found = side_by_side(a_model("a", "0.300000001"), a_model("b", "0.3"), a_model("c", "10"))
    assert best(found, INPUT) == ["b"]
    assert [cell.text for cell in row(found, INPUT).cells] == ["$0.300000001", "$0.30", "$10.00"]


def test_a_tie_has_no_winner_and_equal_amounts_written_differently_do_not_differ():
    found = side_by_side(a_model("a", "3"), a_model("b", "3.00"))
    assert best(found, INPUT) == []
    assert not row(found, INPUT).differs
    assert best(side_by_side(a_model("a", "3"), a_model("b", "3"), a_model("c", "4")), INPUT) == []


def test_what_is_unknown_neither_wins_nor_loses_nor_differs():
    for records in permutations([a_model("a", "3"), a_model("b"), a_model("c", "2")]):
        found = side_by_side(*records)
        assert best(found, INPUT) == ["c"]
        assert [cell.value for cell in row(found, INPUT).cells].count(None) == 1
    alone = side_by_side(a_model("a", "3"), a_model("b"))
    assert best(alone, INPUT) == []
    assert not row(alone, INPUT).differs


@pytest.mark.parametrize("state", ["dynamic", "on_request"])
def test_a_price_without_an_amount_is_not_the_lowest(state):
    open_price = a_record("b", prices=[a_price(state=state, amount=None)])
    found = side_by_side(a_model("a", "3"), open_price, a_model("c", "4"))
    assert best(found, INPUT) == ["a"]
    assert row(found, INPUT).cells[1].value is None
    assert best(side_by_side(a_model("a", "3"), open_price), INPUT) == []


def test_free_is_an_amount_and_the_lowest():
    free = a_record("b", prices=[a_price(state="free", amount=None)])
    found = side_by_side(a_model("a", "3"), free)
    assert best(found, INPUT) == ["b"]
    assert (row(found, INPUT).cells[1].value, row(found, INPUT).cells[1].text) == ("0", "Free")


def test_a_retired_model_never_wins_and_where_it_holds_the_best_value_nobody_does():
    gone = a_model("gone", "1", stated_lifecycle="retired", context_window=100)
    found = side_by_side(gone, a_model("a", "2", context_window=200), a_model("b", "3", context_window=300))
    assert best(found, INPUT) == []
    assert best(found, "context_window") == ["b"]
    assert row(found, "lifecycle").cells[0].text == "Retired"
    assert row(found, "status").cells[0].text == "No longer served"


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "list"},
        {"meter": "output_tokens"},
        {"per": 1000},
        {"currency": "EUR"},
        {"conditions": {"service_tier": "batch"}},
        {"conditions": {"prompt_tokens_over": 200_000}},
    ],
)
def test_prices_that_are_not_alike_stand_in_rows_of_their_own_and_nobody_wins(changed):
    found = side_by_side(a_model("a", "3"), a_record("b", prices=[a_price(amount="1", **changed)]))
    rows = [one for one in found.rows if one.key.startswith("price:")]
    assert len(rows) == 2
    assert not any(cell.is_best for one in rows for cell in one.cells)
    assert not any(one.differs for one in rows)


def test_conditional_prices_are_held_against_each_other_where_the_conditions_are_equal():
    batch = {"service_tier": "batch"}
    one = a_record("a", prices=[a_price(amount="3"), a_price(amount="1.5", conditions=batch)])
    two = a_record("b", prices=[a_price(amount="2"), a_price(amount="1.75", conditions=batch)])
    found = side_by_side(one, two)
    assert (best(found, INPUT), best(found, BATCH)) == (["b"], ["a"])
    assert row(found, BATCH).condition == "Batch"


def test_the_instant_decides_which_prices_and_stages_are_compared():
    later = "2026-12-01T00:00:00Z"
    changing = a_record("a", retires_on="2026-12-01", prices=[
        a_price(amount="3", effective_until=later), a_price(amount="1", effective_from=later)])  # fmt: skip
    other = a_model("b", "2")
    before, after = datetime(2026, 11, 30, 23, 59, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
    assert best(side_by_side(changing, other, at=before), INPUT) == ["b"]
    then = side_by_side(changing, other, at=after)
    assert row(then, INPUT).cells[0].text == "$1.00"
    # Cheaper by then, and gone by then.
    assert best(then, INPUT) == []


def test_a_cutoff_differs_by_its_month():
    found = side_by_side(
        a_record("a", knowledge_cutoff="2025-01"), a_record("b", knowledge_cutoff="2025-01-31")
    )
    assert not row(found, "knowledge_cutoff").differs
    assert best(found, "knowledge_cutoff") == []


def test_a_capability_is_a_yes_a_no_or_unknown():
    found = side_by_side(
        a_record("a", capabilities=["tool_call"]),
        a_record("b", lacks=["tool_call"]),
        a_record("c", capabilities=["streaming"]),
        a_record("d", disputed=["tool_call"]),
        a_record("e", does_not_apply=["capabilities"]),
    )
    cells = row(found, "capability:tool_call").cells
    assert [(cell.value, cell.text) for cell in cells] == [
        (True, "Yes"), (False, "No"), (None, "Not stated"), (None, "Sources disagree"),
        (None, "Does not apply")]  # fmt: skip
    assert row(found, "capability:tool_call").differs
    assert best(found, "capability:tool_call") == []


def test_a_yes_beside_an_unknown_is_no_difference():
    found = side_by_side(a_record("a", capabilities=["tool_call"]), a_record("b", capabilities=["streaming"]))
    assert not row(found, "capability:tool_call").differs


def test_a_limit_that_means_nothing_for_a_model_is_not_unknown():
    found = side_by_side(
        a_record("a", context_window=9), a_record("b", does_not_apply=["context_window"]), a_record("c")
    )
    texts = [cell.text for cell in row(found, "context_window").cells]
    assert texts == ["9", "Does not apply", "Not stated"]


def test_the_order_of_modalities_is_no_difference():
    one, two = ["text", "image"], ["image", "text"]
    found = side_by_side(a_record("a", input_modalities=one), a_record("b", input_modalities=two))
    assert not row(found, "input_modalities").differs


def test_a_row_that_nobody_states_is_named_instead_of_shown():
    found = side_by_side(a_record("a", context_window=5), a_record("b"))
    assert "Max output" in found.unstated
    assert "max_output_tokens" not in {one.key for one in found.rows}
    assert "Context window" not in found.unstated


def _parameter(name, **said):
    empty = dict.fromkeys(("type", "enum", "default", "minimum", "maximum", "min_length", "max_length",
                           "min_items", "max_items", "pattern", "items"))  # fmt: skip
    return {**empty, "required": False, "description": "", "name": name, **said}


def test_parameters_are_compared_action_by_action():
    one = a_record("a", parameters={"text_to_video": [_parameter("resolution", enum=["720p", "4k"])]})
    two = a_record(
        "b",
        parameters={
            "text_to_video": [
                _parameter("resolution", enum=["4k", "720p"]),
                _parameter("seed", type="integer", minimum="1"),
            ]
        },
    )
    other = a_record("c", parameters={"upscale": [_parameter("factor", minimum="1", maximum="4")]})
    found = side_by_side(one, two, other)
    assert not row(found, "parameter:text_to_video.resolution").differs
    seed = row(found, "parameter:text_to_video.seed")
    assert [cell.text for cell in seed.cells] == ["Not listed", "at least 1", "No such action"]
    assert seed.differs
    assert row(found, "parameter:upscale.factor").cells[2].text == "1 to 4"


def test_a_use_costs_what_the_quote_says_and_the_lowest_total_is_best():
    found = side_by_side(a_model("a", "3"), a_model("b", "0.000001"), usage={"input_tokens": "1000"})
    cost = row(found, "cost:sell")
    assert [cell.value for cell in cost.cells] == ["0.003", "0.000000001"]
    assert best(found, "cost:sell") == ["b"]


def test_a_cost_with_a_missing_price_is_not_known_and_not_the_lowest():
    both = a_record("a", prices=[a_price(amount="3"), a_price(amount="9", meter="output_tokens")])
    usage = {"input_tokens": "1000", "output_tokens": "1"}
    found = side_by_side(both, a_model("b", "1"), usage=usage)
    cost = row(found, "cost:sell")
    assert (cost.cells[1].value, cost.cells[1].note) == (None, "Output: not on record")
    assert best(found, "cost:sell") == []


def test_a_price_that_does_not_look_at_the_tier_asked_for_is_shown_and_does_not_win():
    tiered = a_record(
        "a", prices=[a_price(amount="3"), a_price(amount="2", conditions={"service_tier": "batch"})]
    )
    usage = {"input_tokens": "1000000", "service_tier": "batch"}
    found = side_by_side(tiered, a_model("b", "1"), usage=usage)
    cost = row(found, "cost:sell")
    assert [cell.text for cell in cost.cells] == ["$2.00", "$1.00"]
    assert cost.cells[1].note == "Unknown service tier 'batch'. None is known"
    assert best(found, "cost:sell") == []


def test_costs_in_two_currencies_have_no_lowest():
    euro = a_record("b", prices=[a_price(amount="1", currency="EUR")])
    found = side_by_side(a_model("a", "3"), euro, usage={"input_tokens": "1000000"})
    assert [cell.text for cell in row(found, "cost:sell").cells] == ["$3.00", "1.00 EUR"]
    assert best(found, "cost:sell") == []


def test_a_parameter_that_one_model_does_not_have_leaves_the_costs_of_the_others():
    timed = a_record("a", prices=[a_price(meter="requests", amount="1", conditions={"duration_seconds": 5})])
    usage = {"requests": "1", "param.duration_seconds": "5"}
    found = side_by_side(timed, a_record("b", prices=[a_price(meter="requests", amount="2")]), usage=usage)
    assert [cell.text for cell in row(found, "cost:sell").cells] == [
        "$1.00", "Does not take this duration_seconds"]  # fmt: skip


@pytest.mark.parametrize("usage", [{"input_tokens": "-1"}, {"input_tokens": "1e3"}, {"tokens": "1"}])
def test_a_use_that_cannot_be_read_is_refused_with_its_key(usage):
    with pytest.raises(UsageError) as caught:
        side_by_side(a_model("a", "3"), a_model("b", "1"), usage=usage)
    assert {key for key, _ in caught.value.errors} == set(usage)


def test_a_first_use_is_a_chat_turn_or_one_of_what_the_most_models_price_alike():
    def seen(*records):
        return [facts(record, NOW) for record in records]

    assert first_use(seen(a_model("a", "3"), a_model("b"))) == {"input_tokens": "1000"}
    short, long = {"duration_seconds": 5}, {"duration_seconds": 10}
    one = a_record("a", prices=[a_price(meter="requests", conditions=c) for c in (short, long)])
    two = a_record("b", prices=[a_price(meter="requests", conditions=long)])
    assert first_use(seen(one, two)) == {"requests": "1", "param.duration_seconds": "10"}
    assert first_use(seen(one, a_record("b"))) == {}


def test_a_price_that_gives_way_is_called_so_and_is_not_what_a_first_use_asks_for():
    long = {"duration_seconds": 10}
    pair = [
        a_record(name, prices=[a_price(meter="requests", amount="1"),
                               a_price(meter="requests", amount="2", conditions=long)])
        for name in "ab"
    ]  # fmt: skip
    found = side_by_side(*pair)
    said = {row.key.rpartition("USD:")[2]: row.condition for row in found.rows if row.group == "price"}
    assert said["{}"] == "In all other cases"
    assert first_use(found.members) == {"requests": "1", "param.duration_seconds": "10"}
