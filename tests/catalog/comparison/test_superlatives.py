"""In what a model is first in its family."""

from datetime import UTC, datetime

from catalog.comparison.superlatives import ranks
from catalog.records.facts import facts
from factories import a_price, a_record

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def standings_of(record, *others):
    family = [facts(one, NOON) for one in (record, *others)]
    return {rank.key: rank.text for rank in ranks(family[0], family)}


def test_the_lowest_price_is_first_only_against_prices_of_the_same_kind():
    cheap = a_record("linden-a", prices=[a_price(amount="1")])
    dear = a_record("linden-b", prices=[a_price(amount="2")])
    listed = a_record("linden-c", prices=[a_price(kind="list", amount="0.5")])
    assert standings_of(cheap, dear, listed) == {
        "price:input_tokens": (
            "$1.00 per 1M tokens: the lowest of the 2 on record, of 3 Linden models still served."
        )
    }
    assert standings_of(dear, cheap, listed) == {}


def test_a_retired_model_neither_stands_nor_counts():
    gone = a_record("linden-a", context_window=9, stated_lifecycle="retired")
    small, large = a_record("linden-b", context_window=1), a_record("linden-c", context_window=2)
    assert standings_of(gone, small, large) == {}
    assert "2 tokens" in standings_of(large, small, gone)["context_window"]


def test_a_model_alone_in_stating_a_value_is_first_of_nothing():
    assert standings_of(a_record("linden-a", context_window=9), a_record("linden-b")) == {}


def test_a_superlative_says_of_how_many_unless_every_sibling_states_a_value():
    def title(*records):
        family = [facts(one, NOON) for one in records]
        return next((rank.title, rank.text) for rank in ranks(family[0], family))

    large, small = a_record("linden-a", context_window=9), a_record("linden-b", context_window=1)
    assert title(large, small) == (
        "Largest context window",
        "9 tokens: the largest of the 2 Linden models still served.",
    )
    assert title(large, small, a_record("linden-c")) == (
        "Largest context window, of 2 on record",
        "9 tokens: the largest of the 2 on record, of 3 Linden models still served.",
    )


def test_a_model_without_an_action_is_no_unknown_price_of_it():
    def priced(model_id, amount, *actions):
        row = a_price(meter="requests", amount=amount, conditions={"action": "text_to_video"})
        return a_record(model_id, prices=[row], actions=[*actions, "edit_video"])

    cheap, dear = priced("linden-a", "1", "text_to_video"), priced("linden-b", "2", "text_to_video")
    other = a_record("linden-c", actions=["edit_video"])
    assert standings_of(cheap, dear, other)["price:text_to_video"] == (
        "From $1.00 per request: the lowest of the 2 Linden models still served that take the same calls."
    )


def test_models_of_another_kind_are_not_counted_as_the_family():
    def called(model_id, protocol, day):
        endpoint = {"method": "POST", "path": f"/{protocol}", "protocol": protocol, "action": None}
        return a_record(model_id, endpoints=[endpoint], released_on=day)

    newest, older = (
        called("linden-a", "openai-embeddings", "2024-01-25"),
        called("linden-b", "openai-embeddings", "2022-12-15"),
    )
    other = called("linden-c", "openai-chat", "2026-09-01")
    family = [facts(one, NOON) for one in (newest, older, other)]
    (rank,) = ranks(family[0], family)
    assert rank.title == "Latest release, of 2 with the same calls"
    assert rank.text == (
        "Released on 25 January 2024: the latest of the 2 Linden models still served that take the same "
        "calls."
    )


def test_where_all_are_equal_nobody_is_first():
    assert standings_of(a_record("linden-a", context_window=9), a_record("linden-b", context_window=9)) == {}


def test_a_shared_first_place_is_said():
    first, *others = (a_record(f"linden-{n}", context_window=size) for n, size in enumerate((9, 9, 1, 2)))
    assert standings_of(first, *others)["context_window"].endswith("shared with 1 other.")


def test_what_more_than_half_have_is_no_first_place():
    first, *others = (a_record(f"linden-{n}", context_window=size) for n, size in enumerate((9, 9, 1)))
    assert "context_window" not in standings_of(first, *others)


def test_the_lowest_price_of_an_action_is_compared_in_one_unit():
    def row(amount, meter="requests"):
        return a_price(meter=meter, amount=amount, conditions={"action": "text_to_video"})

    cheap, dear = a_record("linden-a", prices=[row("0.1")]), a_record("linden-b", prices=[row("0.2")])
    other = a_record("linden-c", prices=[row("0.01", "video_seconds")])
    text = standings_of(cheap, dear, other)["price:text_to_video"]
    assert text.startswith("From $0.10 per request: the lowest of the 2 on record, of 3 Linden")


def test_a_conditional_price_is_not_what_a_plain_call_pays():
    batch = a_record("linden-a", prices=[a_price(amount="0.1", conditions={"service_tier": "batch"})])
    assert standings_of(batch, a_record("linden-b", prices=[a_price()])) == {}


def test_a_duration_that_is_no_ascii_number_is_passed_over():
    def lasting(*seconds):
        row = {"name": "duration_seconds", "enum": list(seconds), "maximum": None}
        return {"text_to_video": [row]}

    long = a_record("linden-a", parameters=lasting("10", "²", "auto"))
    short = a_record("linden-b", parameters=lasting("5"))
    assert standings_of(long, short)["duration_seconds"].startswith("Up to 10 seconds a request")
