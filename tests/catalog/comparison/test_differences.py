"""How siblings differ, computed from both records."""

from datetime import UTC, datetime

from catalog.comparison.differences import contrasts, differences
from catalog.comparison.similarity import nearest, successor
from catalog.records.facts import facts
from catalog.text.dates_and_ratios import spoken
from factories import a_price, a_record
from small import BIGGEST, NEWEST, OTHER_LINE, SIBLING, TOKENS

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def seen(record):
    return facts(record, NOW)


def texts(this, other):
    return [difference.text for difference in differences(seen(this), seen(other))]


def test_a_price_difference_names_both_amounts_the_unit_and_whose_price_it_is():
    this = a_record("a", prices=[a_price(kind="list", amount="5")])
    other = a_record("b", prices=[a_price(kind="list", amount="3")])
    assert texts(this, other) == [
        "Input costs about 1.67 times as much: $5.00 against $3.00 per 1M tokens, list price."
    ]
    assert texts(other, this) == ["Input costs 40% less: $3.00 against $5.00 per 1M tokens, list price."]


def test_a_sell_price_is_never_compared_with_a_list_price():
    this = a_record("a", prices=[a_price(kind="sell", amount="1.5")])
    other = a_record("b", prices=[a_price(kind="list", amount="3")])
    assert texts(this, other) == []


def test_what_one_side_does_not_state_is_no_difference():
    assert texts(a_record("a", context_window=200_000, knowledge_cutoff="2025-01"), a_record("b")) == []


def test_limits_dates_and_stages_are_compared():
    this = a_record("a", context_window=1_000_000, released_on="2026-02-03", knowledge_cutoff="2025-08")
    other = a_record("b", context_window=200_000, released_on="2026-02-01", knowledge_cutoff="2025-01-31",
                     retires_on="2026-11-30")  # fmt: skip
    assert texts(this, other) == [
        "Larger context window: 1,000,000 against 200,000 tokens.",
        "This model is active; b is deprecated and retires on 30 November 2026.",
        "Released 2 days later, on 3 February 2026.",
        "Later knowledge cutoff: August 2025 against 31 January 2025.",
    ]


def test_only_a_stated_no_is_a_capability_less():
    this, other = a_record("a", capabilities=["vision", "tool_call"]), a_record("b", capabilities=["vision"])
    assert texts(this, other) == texts(other, this) == []
    denied = a_record("c", capabilities=["vision"], lacks=["tool_call"])
    assert texts(this, denied) == ["Supports tool use."]
    assert texts(denied, this) == ["Does not support tool use."]


def test_a_list_of_modalities_is_complete_unless_it_follows_from_capabilities():
    this, other = a_record("a", input_modalities=["text", "image"]), a_record("b", input_modalities=["text"])
    assert texts(other, this) == ["Does not read image, as recorded."]
    other["incomplete"] = ["input_modalities"]
    assert texts(other, this) == texts(this, other) == []


def test_a_list_of_content_does_not_deny_files():
    this = a_record("a", input_modalities=["text", "image", "file"])
    other = a_record("b", input_modalities=["text", "image"])
    assert texts(other, this) == texts(this, other) == []
    other["lacks"] = ["pdf_input"]
    assert texts(other, this) == ["Does not read file, as recorded."]


def test_what_a_list_beside_a_protocol_lacks_may_be_taken_all_the_same():
    def speaking(model_id, *names):
        call = {"method": "POST", "path": "/v1/messages", "protocol": "anthropic-messages", "action": None}
        rows = [{"name": name, "enum": None} for name in names]
        return a_record(model_id, endpoints=[call], parameters={"message": rows})

    assert texts(speaking("a", "max_tokens", "top_k"), speaking("b", "max_tokens")) == []


def test_parameters_of_a_shared_action_are_compared_by_name_and_allowed_values():
    def parameter(name, enum=None):
        return {"name": name, "enum": enum}

    this = a_record(
        "a", parameters={"text_to_video": [parameter("output_resolution", ["720p", "4k"]), parameter("seed")]}
    )
    other = a_record("b", parameters={"text_to_video": [parameter("output_resolution", ["720p"])]})
    assert texts(this, other) == [
        "`output_resolution` takes 720p and 4k here, 720p there.",
        "Takes `seed` as well.",
    ]


def test_a_sibling_without_a_computed_difference_gets_no_card():
    this, same = a_record("linden-a"), a_record("linden-b")
    different = a_record("linden-c", context_window=5)
    found = contrasts(seen(a_record("linden-a", context_window=9)), [seen(this), seen(same), seen(different)])
    assert [contrast.other.record["model_id"] for contrast in found] == ["linden-c"]


def test_no_card_describes_the_model_with_the_other_models_words():
    this, other = a_record("a", context_window=9), a_record("b", context_window=5)
    (card,) = contrasts(seen(this), [seen(this), seen(other)])
    assert card.other.record["model_id"] == "b"
    assert (card.differences[0].this, card.differences[0].other) == ("9", "5")


def test_the_nearest_siblings_share_the_line_and_the_version():
    ids = ["linden-aubade-4-5-20251101", SIBLING, NEWEST, OTHER_LINE]
    this = seen(a_record(TOKENS))
    order = [
        other.record["model_id"] for other in nearest(this, [seen(a_record(model_id)) for model_id in ids])
    ]
    assert order[:2] == [SIBLING, NEWEST]


def test_a_retired_sibling_is_the_last_to_be_compared_with():
    this = seen(a_record(TOKENS))
    retired = seen(a_record("linden-ballad-4-20250514", stated_lifecycle="retired"))
    other = seen(a_record(BIGGEST))
    assert nearest(this, [retired, other]) == [other, retired]


def test_a_successor_is_active_and_does_the_same_work():
    this = seen(a_record(TOKENS, retires_on="2026-11-30", actions=["text"]))
    leaving = seen(a_record(SIBLING, retires_on="2027-01-01", actions=["text"]))
    elsewhere = seen(a_record("linden-ballad-4-7", actions=["image"]))
    fit = seen(a_record(NEWEST, actions=["text"]))
    assert successor(this, [this, leaving, elsewhere, fit]) == fit
    assert successor(this, [this, leaving, elsewhere]) is None


def test_dates_are_spoken_in_full():
    assert spoken("2026-11-30") == "30 November 2026"
    assert spoken("2025-01") == "January 2025"
