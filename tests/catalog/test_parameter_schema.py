"""The schema of a model takes what its samples send and refuses what the catalog says is wrong."""

import json
from collections import Counter

import pytest
from jsonschema import Draft202012Validator

from catalog.documents import read
from catalog.models import Document
from catalog.parameter_schema import call_name, parameter_schema
from catalog.snippets import describe, validate, validate_request
from catalog.snippets.constraints import parameter
from catalog.snippets.request import parameters_of
from snippet_records import endpoint, make_record

ADDRESS = "https://models.example.com/models/line/m-1/schema.json"


def validator(record):
    """Check bodies by the served text of a schema."""
    schema = json.loads(json.dumps(parameter_schema(record, ADDRESS)))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def part(whole, call):
    """Check bodies of one call only."""
    return Draft202012Validator({**whole.schema, "anyOf": [{"$ref": f"#/$defs/{call}"}]})


def planted(request, parameters):
    """Give bodies that are wrong in one place each, with the kind of the error."""
    body = request.body
    for spec in parameters:
        name = spec["name"]
        if spec["required"]:
            yield "missing", {key: value for key, value in body.items() if key != name}
        if spec["type"]:
            yield "type", {**body, name: 7 if spec["type"] in {"string", "array", "boolean"} else "many"}
        if spec["enum"]:
            yield "enum", {**body, name: "no such value" if spec["type"] in {"string", None} else 987654}
        if spec["minimum"]:
            yield "minimum", {**body, name: int(float(spec["minimum"])) - 1}
        if spec["maximum"]:
            yield "maximum", {**body, name: int(float(spec["maximum"])) + 1}
        if spec["max_length"]:
            yield "length", {**body, name: "a" * (spec["max_length"] + 1)}
        if spec["max_items"]:
            yield "items", {**body, name: ["https://example.com/a"] * (spec["max_items"] + 1)}
        if spec["pattern"]:
            yield "pattern", {**body, name: " "}
    if "model" in body:
        yield "model", {**body, "model": "gone-1"}
    yield "unknown", {**body, "no_such_parameter": 1}


@pytest.mark.django_db
def test_every_schema_takes_the_samples_of_its_model_and_refuses_planted_errors():
    wrong, seen, models = [], Counter(), 0
    for body in Document.objects.values_list("body", flat=True):
        record = read(body)
        requests = describe(record)
        assert parameter_schema(record, ADDRESS) or not (requests or record["parameters"])
        models += 1
        whole = requests and validator(record)
        for request in requests:
            one = part(whole, call_name(request.protocol, request.action))
            wrong += [(record["model_id"], error.message) for error in one.iter_errors(request.body)]
            assert whole.is_valid(request.body)
            seen["sample"] += 1
            for kind, planted_body in planted(
                request, parameters_of(record, request.protocol, request.action)
            ):
                seen[kind] += 1
                if one.is_valid(planted_body):
                    wrong.append((record["model_id"], kind, planted_body))
    assert wrong == []
    assert models >= 238
    assert seen["sample"] > models / 2
    assert min(seen.values()) > 0


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
    (request,) = describe(record)
    too_much = {**request.body, "max_tokens": 4097}
    assert validator(record).is_valid(request.body)
    assert not validator(record).is_valid(too_much)
    assert validate_request(record, request) == []


def test_a_protocol_takes_fields_of_its_own_of_which_nothing_is_on_record():
    record = make_record("m-1", [endpoint("/v1/chat/completions", "openai-chat")])
    (request,) = describe(record)
    assert validator(record).is_valid({**request.body, "temperature": 0.2})
    assert not validator(record).is_valid({**request.body, "temprature": 0.2})


def test_what_nothing_is_recorded_of_has_no_schema():
    assert parameter_schema(make_record("m-1", []), ADDRESS) is None
