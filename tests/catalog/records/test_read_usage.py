"""What somebody asks a price for is read strictly, parameters by their declared types."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from catalog.records.read_usage import AskedError, read_usage
from catalog.snippets.constraints import parameter
from factories import a_price, a_record

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
VIDEO = a_record(
    "swirl-9",
    parameters={
        "text_to_video": [
            parameter("duration_seconds", "integer"),
            parameter("enable_sound", "boolean"),
            parameter("output_resolution", "string"),
        ]
    },
    prices=[a_price(meter="requests", per=1, conditions={"pricing_input_mode": "standard", "count": 2})],
)


def refused(**asked: str) -> dict[str, str]:
    """The errors that are found."""
    with pytest.raises(AskedError) as caught:
        read_usage(VIDEO, {key.replace("__", "."): text for key, text in asked.items()}, NOON)
    return dict(caught.value.errors)


def test_parameters_are_read_by_their_types():
    asked = {
        "requests": "1",
        "action": "text_to_video",
        "param.duration_seconds": "5",
        "param.enable_sound": "true",
        "param.output_resolution": "720",
        "param.pricing_input_mode": "standard",
        "param.count": "2",
    }
    usage = read_usage(VIDEO, asked, NOON)
    assert usage.quantities == {"requests": Decimal(1)}
    assert usage.action == "text_to_video"
    assert usage.parameters == {
        "duration_seconds": 5,
        "enable_sound": True,
        "output_resolution": "720",
        "pricing_input_mode": "standard",
        "count": 2,
    }


def test_what_is_no_parameter_is_the_same_with_the_prefix_of_one():
    texts = {"requests": "1", "param.action": "text_to_video", "param.service_tier": "batch"}
    usage = read_usage(VIDEO, texts, NOON)
    assert (usage.action, usage.service_tier, usage.parameters) == ("text_to_video", "batch", {})


def test_an_empty_field_of_a_form_says_nothing():
    usage = read_usage(VIDEO, {"requests": "2", "images": "", "service_tier": " "}, NOON)
    assert usage.quantities == {"requests": Decimal(2)}
    assert usage.service_tier is None


@pytest.mark.parametrize("text", ["-1", "1e3", "1,000", "NaN", "٣", "1" * 16, "0.0000000001", "x", "1 0"])
def test_a_quantity_that_is_none_is_refused_with_its_key(text):
    assert "is not a quantity" in refused(requests=text)["requests"]


def test_all_that_is_wrong_is_said_at_once():
    found = refused(requests="x", tokens="1", param__enable_sound="yes", param__fps="24")
    assert set(found) == {"requests", "tokens", "param.enable_sound", "param.fps"}
    assert "neither true nor false" in found["param.enable_sound"]
    assert "duration_seconds, enable_sound, output_resolution" in found["param.fps"]


def test_nothing_asked_is_refused():
    assert "at least one meter" in refused()["usage"]
