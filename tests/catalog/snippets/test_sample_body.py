"""Sample bodies hold what an action needs, by its rules too, and no more."""

from typing import Any

import pytest

from catalog.records.record import ParameterRecord
from catalog.snippets import describe, validate
from catalog.snippets.constraints import parameter
from catalog.snippets.fitting_values import Purpose, sample_value
from catalog.snippets.misfits import misfits
from catalog.snippets.sample_body import sample_body
from snippet_records import (
    endpoint,
    make_record,
    misfits_of,
    small_records,
    task_record,
    text_record,
    without_sample,
)

MODEL = parameter("model", "string", required=True)
PROMPT = parameter("prompt", "string")


def body(action: str, parameters: list[ParameterRecord], rules: list[Any] | None = None) -> dict[str, Any]:
    return sample_body(Purpose(action), "m-1", parameters, rules or [], {})


def test_required_parameters_are_given_and_optional_ones_left_out() -> None:
    seed, callback = parameter("seed", "integer"), parameter("callback_url", "string")
    wanted = parameter("aspect_ratio", "string", required=True, enum=["1:1", "16:9"])
    assert body("upscale_thing", [callback, seed, wanted, MODEL]) == {"model": "m-1", "aspect_ratio": "1:1"}


def test_a_default_wins_over_the_first_allowed_value() -> None:
    spec = parameter("aspect_ratio", "string", required=True, enum=["1:1", "auto"], default="auto")
    assert body("segment_map", [spec]) == {"aspect_ratio": "auto"}


def test_a_model_parameter_that_an_action_lacks_is_not_sent() -> None:
    assert body("isolate_audio", [parameter("source_audio_url", "string", required=True)]) == {
        "source_audio_url": "https://example.com/speech.mp3"
    }


@pytest.mark.parametrize(
    "action", ["text_to_image", "text_to_video", "text_to_music", "edit_image", "image_to_video"]
)
def test_a_prompt_is_given_even_where_it_is_not_required(action: str) -> None:
    prompt = body(action, [MODEL, PROMPT])["prompt"]
    assert len(prompt.split()) > 4


def test_what_a_rule_requires_is_added_and_what_it_forbids_is_left_out() -> None:
    mode = parameter("vocal_mode", "string", required=True, enum=["exact_lyrics", "instrumental"])
    rules = [
        {"when": {"vocal_mode": "exact_lyrics"}, "required": ["lyrics", "style"], "forbidden": ["prompt"]},
        {"when": {"vocal_mode": "instrumental"}, "required": ["title"], "forbidden": ["lyrics"]},
    ]
    names = [parameter(name, "string") for name in ("prompt", "lyrics", "style", "title")]
    assert set(body("text_to_music", [mode, *names], rules)) == {"vocal_mode", "lyrics", "style"}


def test_rules_that_follow_from_a_chosen_input_are_met_too() -> None:
    names = [parameter(name, "string") for name in ("source_video_url", "source_task_id", "aspect_ratio")]
    rules = [
        {
            "when": {"source_video_url": {"present": True}},
            "required": ["aspect_ratio"],
            "forbidden": ["source_task_id"],
        },
        {"when": {"source_task_id": {"present": True}}, "required": [], "forbidden": ["source_video_url"]},
    ]
    assert set(body("edit_video", names, rules)) == {"source_video_url", "aspect_ratio"}


def test_a_rule_sees_the_default_of_a_parameter_that_is_not_sent() -> None:
    mode = parameter("mode", "string", enum=["lite", "pro"], default="lite")
    rules = [{"when": {"mode": "lite"}, "required": ["text"], "forbidden": []}]
    assert set(body("segment_map", [mode, parameter("text", "string")], rules)) == {"text"}


@pytest.mark.parametrize(
    ("action", "offered", "chosen"),
    [
        ("image_to_video", ["reference_image_urls", "first_frame_image_url"], "first_frame_image_url"),
        ("edit_image", ["mask_url", "source_image_urls"], "source_image_urls"),
        ("extend_music", ["task_id", "upload_url", "audio_url"], "audio_url"),
        ("text_to_video", ["first_frame_image_url"], None),
        ("create_audio", ["reference_audio_url"], None),
    ],
)
def test_an_action_on_a_medium_gets_one_input_where_none_is_required(
    action: str, offered: list[str], chosen: str | None
) -> None:
    specs = [parameter(name, "array" if name.endswith("s") else "string") for name in offered]
    assert list(body(action, specs)) == ([chosen] if chosen else [])


@pytest.mark.parametrize(
    ("spec", "value"),
    [
        (parameter("duration_seconds", "integer"), 5),
        (parameter("duration_seconds", "integer", minimum="6", maximum="30"), 6),
        (parameter("num_frames", "integer", maximum="0"), 0),
        (parameter("stability", "number", enum=["0.5", "1"]), 0.5),
        (parameter("strength", "number", default="0.8", minimum="0", maximum="1"), 0.8),
        (parameter("audio", "boolean"), True),
        (parameter("audio", "boolean", default=False), False),
        (
            parameter("first_frame_image_url", "string", pattern="^https?://"),
            "https://example.com/first-frame.jpg",
        ),
        (parameter("colour", "string", pattern="^#[0-9a-f]{6}$"), "#336699"),
        (parameter("mask_url", "string"), "https://example.com/mask.png"),
        (parameter("source_video_urls", "array"), ["https://example.com/clip.mp4"]),
        (
            parameter("upload_url_list", "array", min_items=2, max_items=2, items={"type": "string"}),
            ["https://example.com/track.mp3", "https://example.com/track-2.mp3"],
        ),
    ],
)
def test_a_value_fits_its_type_bounds_and_meaning(spec: ParameterRecord, value: Any) -> None:
    chosen = sample_value(spec, Purpose("create_mashup"))
    assert chosen == value
    assert type(chosen) is type(value)


def test_lengths_are_kept() -> None:
    short = sample_value(parameter("prompt", "string", max_length=12), Purpose("text_to_image"))
    long = sample_value(parameter("prompt", "string", min_length=200), Purpose("text_to_image"))
    assert 0 < len(short) <= 12
    assert len(long) >= 200


def test_objects_in_a_list_hold_their_required_properties() -> None:
    items = {
        "type": "object",
        "properties": [
            {"name": "speaker_id", "type": "string", "required": True, "pattern": "^Speaker [1-9][0-9]*$"},
            {"name": "voice_name", "type": "string", "required": True, "enum": ["Achernar", "Kore"]},
            {"name": "pace", "type": "string", "enum": ["Natural"]},
        ],
    }
    spec = parameter("speakers", "array", required=True, min_items=1, items=items)
    assert sample_value(spec, Purpose("text_to_speech")) == [
        {"speaker_id": "Speaker 1", "voice_name": "Achernar"}
    ]


def test_json_schema_properties_are_read_as_well() -> None:
    items = {
        "type": "object",
        "required": ["start"],
        "properties": {"start": {"type": "number", "minimum": 2}},
    }
    spec = parameter("video_list", "array", items=items)
    assert sample_value(spec, Purpose("text_to_video")) == [{"start": 2}]
    assert misfits(spec, [{"start": 1}]) == ["video_list[0].start: 1 is below 2"]


def test_output_tokens_stay_within_the_model_s_limit() -> None:
    small = text_record() | {"max_output_tokens": 256}
    assert describe(small)[0].body["max_tokens"] == 256


def test_a_callback_is_never_in_a_basic_snippet() -> None:
    for request in describe(task_record()):
        assert ("callback_url" in request.body) is (request.option == "webhook")


def test_an_action_without_recorded_parameters_has_no_snippet() -> None:
    record = make_record("m", [endpoint("/api/v1/line/text_to_image", "task", "text_to_image")])
    assert describe(record) == []


def test_every_sample_of_the_made_task_model_validates() -> None:
    for request in describe(task_record()):
        assert request.action
        assert validate(task_record(), request.action, request.body) == []


def test_every_request_fits_its_model() -> None:
    assert misfits_of(small_records()) == {}


def test_every_action_with_recorded_parameters_has_a_snippet() -> None:
    assert without_sample(small_records()) == set()
