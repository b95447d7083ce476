"""The protocol of a usage object, and the meters that the model has prices for."""

import pytest

from catalog.records.usage_paths import UsageObjectError
from catalog.records.usage_protocol import read_for_model
from factories import a_price, a_record

CHAT = {
    "prompt_tokens": 10,
    "completion_tokens": 8,
    "completion_tokens_details": {"reasoning_tokens": 6},
}


def test_reasoning_is_counted_apart_where_this_kind_has_a_price_for_it():
    record = a_record("swirl-9", prices=[a_price(kind="list", meter="reasoning_tokens")])
    _, listed = read_for_model(record, CHAT, "list")
    assert listed.meters == {"input_tokens": 10, "output_tokens": 2, "reasoning_tokens": 6}
    _, sold = read_for_model(record, CHAT, "sell")
    assert sold.meters == {"input_tokens": 10, "output_tokens": 8}


def test_images_stay_apart_where_their_whole_has_no_price():
    usage = {
        "input_tokens": 100,
        "input_tokens_details": {"text_tokens": 40, "image_tokens": 60},
        "output_tokens": 5,
    }
    listed = [a_price(kind="list", meter=meter) for meter in ("input_tokens", "input_image_tokens")]
    drawn = a_record("swirl-9", prices=[*listed, a_price(meter="images")])
    _, sold = read_for_model(drawn, usage, "sell", "openai-responses")
    assert sold.meters == {"input_tokens": 40, "input_image_tokens": 60, "output_tokens": 5}
    talking = a_record("swirl-9", prices=[*listed, a_price(meter="input_tokens")])
    _, sold = read_for_model(talking, usage, "sell", "openai-responses")
    assert sold.meters == {"input_tokens": 100, "output_tokens": 5}


def test_a_model_without_a_protocol_takes_the_shape_that_fits():
    assert read_for_model(a_record("swirl-9"), CHAT, "sell")[0] == "openai-chat"


def test_where_two_shapes_fit_and_count_differently_the_protocol_is_asked_for():
    # A write in the manner of Anthropic, and cached tokens in the manner of OpenAI.
    usage = {
        "input_tokens": 10,
        "output_tokens": 2,
        "cache_creation_input_tokens": 4,
        "input_tokens_details": {"cached_tokens": 3},
    }
    with pytest.raises(UsageObjectError, match="give one of anthropic-messages, openai-responses"):
        read_for_model(a_record("swirl-9"), usage, "sell")
    protocol, reading = read_for_model(a_record("swirl-9"), usage, "sell", "openai-responses")
    assert protocol == "openai-responses"
    assert reading.meters == {"input_tokens": 7, "cache_read_tokens": 3, "output_tokens": 2}
    assert reading.unread == ("cache_creation_input_tokens",)
