"""A vendor's usage object is read by this catalog's meters, each token by one."""

import pytest

from catalog.pricing.units import METERS, PROMPT_METERS
from catalog.records.usage_objects import meters_of, read_usage_object, script_rows
from catalog.records.usage_paths import UsageObjectError
from catalog.records.usage_tables import USAGE_TABLES
from catalog.vocabulary import Protocol
from usage_samples import READ, REFUSED, REPORTED


@pytest.mark.parametrize(("protocol", "provider", "usage", "meters"), REPORTED.values(), ids=REPORTED)
def test_a_reported_object_counts_as_it_should(protocol, provider, usage, meters):
    assert meters_of(protocol, usage, provider) == meters
    assert meters_of(protocol, usage) == meters
    assert read_usage_object(protocol, usage, provider).unread == ()


@pytest.mark.parametrize(("protocol", "provider", "usage", "meters"), READ.values(), ids=READ)
def test_an_object_is_read_by_disjoint_meters(protocol, provider, usage, meters):
    reading = read_usage_object(protocol, usage, provider)
    assert reading.meters == meters
    assert reading.unread == ()


def test_a_meter_that_has_no_price_of_its_own_is_part_of_the_whole():
    usage = {
        "promptTokenCount": 100,
        "cachedContentTokenCount": 30,
        "candidatesTokenCount": 10,
        "thoughtsTokenCount": 5,
        "promptTokensDetails": [{"modality": "IMAGE", "tokenCount": 40}],
        "cacheTokensDetails": [{"modality": "IMAGE", "tokenCount": 25}],
    }

    def read(*priced):
        return read_usage_object("gemini-generate-content", usage, "google", priced).meters

    assert read() == {"input_tokens": 70, "cache_read_tokens": 30, "output_tokens": 15}
    assert read("reasoning_tokens") == {
        "input_tokens": 70,
        "cache_read_tokens": 30,
        "output_tokens": 10,
        "reasoning_tokens": 5,
    }
    assert read("input_image_tokens") == {
        "input_tokens": 55,
        "input_image_tokens": 15,
        "cache_read_tokens": 30,
        "output_tokens": 15,
    }
    assert read("cache_read_image_tokens") == {
        "input_tokens": 70,
        "cache_read_tokens": 5,
        "cache_read_image_tokens": 25,
        "output_tokens": 15,
    }


def test_image_output_is_never_part_of_the_text():
    details = [{"modality": "IMAGE", "tokenCount": 1290}]
    usage = {"promptTokenCount": 1, "candidatesTokenCount": 1290, "candidatesTokensDetails": details}
    meters = read_usage_object("gemini-generate-content", usage, "google", ["output_tokens"]).meters
    assert meters == {"input_tokens": 1, "output_image_tokens": 1290}


def test_what_no_row_reads_is_listed():
    usage = {
        "input_tokens": 1,
        "output_tokens": 2,
        "speed": "fast",
        "tokens_of_tomorrow": {"deep": 3, "none": 0, "null": None},
        "iterations": [{"type": "advisor_message", "model": "another", "input_tokens": 4}],
    }
    reading = read_usage_object("anthropic-messages", usage)
    assert reading.meters == {"input_tokens": 1, "output_tokens": 2}
    assert reading.unread == (
        "speed",
        "tokens_of_tomorrow.deep",
        "iterations[type=advisor_message].model",
        "iterations[type=advisor_message].input_tokens",
    )
    strange = {"promptTokenCount": 1, "promptTokensDetails": [{"modality": "SMELL", "tokenCount": 1}]}
    reading = read_usage_object("gemini-generate-content", strange)
    assert reading.unread == ("promptTokensDetails[modality=SMELL].tokenCount",)


@pytest.mark.parametrize(
    ("protocol", "usage", "message"),
    REFUSED,
)
def test_an_object_that_cannot_be_read_is_refused_with_key_value_and_what_is_right(protocol, usage, message):
    with pytest.raises(UsageObjectError) as caught:
        meters_of(protocol, usage)
    assert message in str(caught.value)
    assert str(caught.value).startswith(caught.value.key)


def test_a_protocol_without_a_usage_object_is_refused_with_those_that_have_one():
    with pytest.raises(ValueError, match="'task' has no usage object: use one of anthropic-messages"):
        meters_of("task", {})
    assert script_rows("task", "openai") == []


def test_every_row_names_meters_of_the_catalog():
    assert set(USAGE_TABLES) <= set(Protocol.values)
    rows = [row for table in USAGE_TABLES.values() for row in table]
    assert {row.meter for row in rows} | {row.within for row in rows} <= {"", *METERS}
    # What is taken from the prompt is of the prompt, so that its size stays.
    parts = {row.meter for row in rows if row.within in PROMPT_METERS}
    assert parts <= set(PROMPT_METERS)


def test_the_script_s_rows_say_whose_reasoning_stands_beside():
    (beside,) = [row for row in script_rows("openai-chat", "xai") if row.get("is_beside")]
    assert beside["is_default"]
    (beside,) = [row for row in script_rows("openai-chat", "openai") if row.get("is_beside")]
    assert "is_default" not in beside
