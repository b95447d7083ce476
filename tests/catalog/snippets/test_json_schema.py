"""A schema says what the records say: rules, nested values, bounds, and the fields of protocols."""

import json

import pytest
from jsonschema import Draft202012Validator

from catalog.snippets import describe, validate, validate_request
from catalog.snippets.constraints import parameter
from catalog.snippets.json_schema import call_schema, parameter_schema
from snippet_records import endpoint, make_record

ADDRESS = "https://models.example.com/models/line/m-1/schema.json"


def validator(record):
    """Check bodies by the served text of a schema."""
    schema = json.loads(json.dumps(parameter_schema(record, ADDRESS)))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


RULES = [
    {"when": {"size": "2k"}, "required": ["audio"], "forbidden": ["count"]},
    {"when": {"source_url": {"present": True}}, "required": [], "forbidden": ["task_id"]},
    {"when": {"source_url": {"present": False}, "mode": "plain"}, "required": ["ratio"], "forbidden": []},
    {"when": {"model": "m-1", "count": 3}, "required": ["seed"], "forbidden": []},
    {"when": {"model": "m-2"}, "required": ["of_another_model"], "forbidden": []},
    {"when": {}, "required": ["prompt"], "forbidden": []},
]
RULED = make_record(
    "m-1",
    [endpoint("/api/v1/line/text_to_image", "task", "text_to_image")],
    aliases=["m"],
    rules={"text_to_image": RULES},
    parameters={
        "text_to_image": [
            parameter("model", "string", required=True),
            parameter("prompt", "string", min_length=3),
            parameter("size", "string", enum=["1k", "2k"], default="2k"),
            parameter("mode", "string", enum=["plain", "rich"], default="plain"),
            parameter("count", "integer", minimum="1", maximum="4"),
            parameter("stability", "number", enum=["0", "0.5"]),
            parameter("audio", "boolean"),
            parameter("ratio", "string"),
            parameter("seed", "integer"),
            parameter("source_url", "string", pattern="^https?://"),
            parameter("task_id", "string"),
            parameter(
                "speakers",
                "array",
                min_items=1,
                items={
                    "type": "object",
                    "properties": [{"name": "voice", "type": "string", "required": True}, {"name": "pace"}],
                },
            ),
        ]
    },
)
FITS = {"model": "m-1", "prompt": "A red boat", "audio": True, "ratio": "1:1"}
BODIES = [
    (FITS, True),
    ({**FITS, "model": "m"}, True),
    ({**FITS, "model": "m-2"}, False),
    (
        {"model": "m-1", "prompt": "A red boat", "ratio": "1:1"},
        False,
    ),  # 2k is the default, and asks for audio
    ({"model": "m-1", "prompt": "A red boat", "ratio": "1:1", "size": "1k"}, True),
    ({**FITS, "count": 2}, False),
    ({**FITS, "size": "1k", "count": 2}, True),
    ({**FITS, "size": "1k", "count": 3}, False),
    ({**FITS, "size": "1k", "count": 3, "seed": 1}, True),
    ({**FITS, "source_url": "https://example.com/a.png", "task_id": "1"}, False),
    ({**FITS, "source_url": "ftp://example.com/a.png"}, False),
    ({"model": "m-1", "prompt": "A red boat", "audio": True}, False),
    ({"model": "m-1", "prompt": "A red boat", "audio": True, "mode": "rich"}, True),
    ({"model": "m-1", "audio": True, "ratio": "1:1"}, False),
    ({**FITS, "stability": 0.5}, True),
    ({**FITS, "stability": 0.4}, False),
    ({**FITS, "speakers": [{"voice": "Kore", "pace": 1}]}, True),
    ({**FITS, "speakers": [{"pace": 1}]}, False),
    ({**FITS, "speakers": [{"voice": "Kore", "volume": 1}]}, False),
    ({**FITS, "speakers": []}, False),
]


@pytest.mark.parametrize(("body", "fits"), BODIES)
def test_rules_and_nested_values_hold_as_the_catalog_reads_them(body, fits):
    assert (validate(RULED, "text_to_image", body) == []) is fits
    assert validator(RULED).is_valid(body) is fits


def test_a_rule_of_another_model_and_one_that_asks_for_nothing_are_left_out():
    call = parameter_schema(RULED, ADDRESS)["$defs"]["text_to_image"]
    assert len(call["allOf"]) == len(RULES) - 1


def test_the_longest_output_of_a_model_bounds_what_may_be_asked_for():
    record = make_record("m-1", [endpoint("/v1/messages", "anthropic-messages")], max_output_tokens=4096)
    request = describe(record)[0]
    too_much = {**request.body, "max_tokens": 4097}
    assert validator(record).is_valid(request.body)
    assert not validator(record).is_valid(too_much)
    assert validate_request(record, request) == []


def test_a_protocol_takes_fields_of_its_own_of_which_nothing_is_on_record():
    record = make_record("m-1", [endpoint("/v1/chat/completions", "openai-chat")])
    request = describe(record)[0]
    assert validator(record).is_valid({**request.body, "temperature": 0.2})
    assert not validator(record).is_valid({**request.body, "temprature": 0.2})


def test_what_nothing_is_recorded_of_has_no_schema():
    assert parameter_schema(make_record("m-1", []), ADDRESS) is None


def test_one_call_alone_is_what_the_whole_says_of_it():
    whole = parameter_schema(RULED, ADDRESS)
    alone = call_schema(RULED, ADDRESS, "text_to_image")
    assert alone["$id"] == f"{ADDRESS}?call=text_to_image"
    assert alone.items() > whole["$defs"]["text_to_image"].items()
    assert call_schema(RULED, ADDRESS, "text_to_video") is None


def test_a_call_without_an_action_is_found_by_its_protocol_and_by_its_name():
    record = make_record("m-1", [endpoint("/v1/messages", "anthropic-messages")])
    alone = call_schema(record, ADDRESS, "anthropic-messages")
    assert alone == call_schema(record, ADDRESS, "message")
    assert alone["$id"] == f"{ADDRESS}?call=anthropic-messages"
