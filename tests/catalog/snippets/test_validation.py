"""A body or request that does not fit its model is told precisely why."""

import dataclasses
from typing import Any

import pytest

from catalog.snippets import describe, validate, validate_request
from catalog.snippets.constraints import parameter
from snippet_records import endpoint, make_record, task_record, text_record

RECORD = make_record(
    "m-1",
    [endpoint("/api/v1/line/text_to_image", "task", "text_to_image")],
    aliases=["m"],
    parameters={
        "text_to_image": [
            parameter("model", "string", required=True),
            parameter("prompt", "string", required=True, min_length=3, max_length=20),
            parameter("output_count", "integer", minimum="1", maximum="4"),
            parameter("stability", "number", enum=["0", "0.5"]),
            parameter("audio", "boolean"),
            parameter(
                "source_image_urls", "array", max_items=1, items={"type": "string", "pattern": "^https?://"}
            ),
            parameter("size", "string", enum=["1k", "2k"]),
        ]
    },
    rules={"text_to_image": [{"when": {"size": "2k"}, "required": ["audio"], "forbidden": ["output_count"]}]},
)
GOOD: dict[str, Any] = {"model": "m-1", "prompt": "A red boat"}


@pytest.mark.parametrize(
    "extra",
    [
        {},
        {"model": "m"},
        {"stability": 0.5},
        {"stability": 0},
        {"output_count": 4},
        {"size": "2k", "audio": True},
    ],
)
def test_a_body_that_fits_has_no_problems(extra: dict[str, Any]) -> None:
    assert validate(RECORD, "text_to_image", GOOD | extra) == []


@pytest.mark.parametrize(
    ("extra", "problem"),
    [
        ({"sise": "1k"}, "sise: unknown parameter"),
        ({"model": "m-0"}, "model: 'm-0' is not 'm-1'"),
        ({"prompt": 7}, "prompt: must be string, is 7"),
        ({"prompt": "ab"}, "prompt: shorter than 3 characters"),
        ({"prompt": "a" * 21}, "prompt: longer than 20 characters"),
        ({"output_count": 0}, "output_count: 0 is below 1"),
        ({"output_count": 5}, "output_count: 5 is above 4"),
        ({"output_count": True}, "output_count: must be integer, is True"),
        ({"output_count": 1.5}, "output_count: must be integer, is 1.5"),
        ({"stability": 0.7}, "stability: 0.7 is not one of ['0', '0.5']"),
        ({"audio": 1}, "audio: must be boolean, is 1"),
        ({"size": "4k"}, "size: '4k' is not one of ['1k', '2k']"),
        ({"source_image_urls": "x"}, "source_image_urls: must be array, is 'x'"),
        ({"source_image_urls": ["x"]}, "source_image_urls[0]: 'x' does not match ^https?://"),
        ({"source_image_urls": ["http://a", "http://b"]}, "source_image_urls: more than 1 items"),
        ({"size": "2k"}, "audio: required when {'size': '2k'}"),
        ({"size": "2k", "audio": True, "output_count": 1}, "output_count: forbidden when {'size': '2k'}"),
    ],
)
def test_each_fault_is_named(extra: dict[str, Any], problem: str) -> None:
    assert validate(RECORD, "text_to_image", GOOD | extra) == [problem]


def test_a_missing_required_parameter_is_named() -> None:
    assert validate(RECORD, "text_to_image", {"model": "m-1"}) == ["prompt: required, missing"]


def test_an_action_that_the_model_lacks_knows_no_parameter() -> None:
    assert validate(RECORD, "edit_image", {"prompt": "A red boat"}) == ["prompt: unknown parameter"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"path": "/v1/text_to_image"}, "POST /v1/text_to_image: not an endpoint of prism-2-pro"),
        ({"method": "PUT"}, "PUT /api/v1/prism_2/text_to_image: not an endpoint of prism-2-pro"),
        (
            {"poll_path": "/api/v1/tasks/{task_id}"},
            "GET /api/v1/tasks/{task_id}: not an endpoint of prism-2-pro",
        ),
        ({"model_id": "prism-1"}, "model: 'prism-1' is not 'prism-2-pro'"),
    ],
)
def test_a_request_to_the_wrong_place_is_named(change: dict[str, Any], problem: str) -> None:
    record = task_record()
    request = describe(record)[0]
    assert validate_request(record, request) == []
    assert validate_request(record, dataclasses.replace(request, **change)) == [problem]


def test_text_protocols_are_checked_with_the_model_s_own_parameters() -> None:
    record = text_record()
    request = next(each for each in describe(record) if each.protocol == "anthropic-messages")
    assert validate_request(record, request) == []
    without = {name: value for name, value in request.body.items() if name != "max_tokens"}
    for body, problem in [
        (without, "max_tokens: required, missing"),
        (request.body | {"max_tokens": 64_001}, "max_tokens: 64001 is above the model's 64000"),
        (
            request.body | {"reasoning_effort": "huge"},
            "reasoning_effort: 'huge' is not one of ['low', 'high']",
        ),
        (request.body | {"temprature": 1}, "temprature: unknown parameter"),
    ]:
        assert validate_request(record, dataclasses.replace(request, body=body)) == [problem]
