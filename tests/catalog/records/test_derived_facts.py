"""What follows from other facts is derived once, and a contradiction is unknown."""

import pytest

from catalog.pricing.units import METERS
from catalog.records.action_content import ACTIONS, Content
from catalog.records.derived_facts import CallFacts, derive
from catalog.records.record import capability_values
from factories import a_price, a_record

NO_CALLS = CallFacts()
SEES = {"input_modalities": ["text", "image"], "output_modalities": ["text"]}


def derived(calls=NO_CALLS, model_id="linden-a", **known):
    record = a_record(model_id, **known)
    return record | derive(record, calls)


def test_a_model_that_reads_images_and_writes_text_sees():
    record = derived(**SEES)
    assert record["capabilities"] == ["vision"]
    assert record["derived"] == ["vision"]
    assert derived(input_modalities=["text", "image"], output_modalities=["image"])["capabilities"] == []


def test_a_model_that_sees_reads_images_and_what_else_it_reads_stays_unknown():
    record = derived(capabilities=["vision", "pdf_input"])
    assert record["input_modalities"] == ["text", "image", "file"]
    assert record["output_modalities"] == ["text"]
    assert record["incomplete"] == ["input_modalities", "output_modalities"]


def test_who_reads_pdfs_reads_files_whatever_kinds_of_tokens_are_listed():
    record = derived(**SEES, capabilities=["pdf_input"])
    assert record["input_modalities"] == ["text", "image", "file"]
    assert record["capabilities"] == ["pdf_input", "attachment", "vision"]
    # What sources state of the list stays theirs.
    assert "input_modalities" not in record["derived"]
    denied = derived(**SEES, capabilities=["pdf_input"], lacks=["pdf_input"])
    assert (denied["input_modalities"], denied["disputed"]) == (["text", "image"], ["pdf_input"])


def test_vectors_are_no_text():
    vectors = CallFacts(gives_vectors=True)
    assert derived(vectors, input_modalities=["text"], output_modalities=["text"])["output_modalities"] == []


def test_a_stated_list_is_complete_and_stays_as_it_is():
    record = derived(input_modalities=["text"], capabilities=["vision", "tool_call"])
    assert record["input_modalities"] == ["text"]
    assert record["incomplete"] == ["output_modalities"]
    # The list says no, the capability says yes.
    assert (record["capabilities"], record["disputed"]) == (["tool_call"], ["vision"])


@pytest.mark.parametrize("meter", [name for name in METERS if name.startswith("cache_")])
def test_a_price_of_a_cache_says_that_there_is_one(meter):
    assert derived(prices=[a_price(meter=meter)])["capabilities"] == ["prompt_caching"]


def test_a_stated_no_against_what_follows_from_a_fact_of_the_model_is_a_contradiction():
    for known in (
        {**SEES, "lacks": ["vision"]},
        {"prices": [a_price(meter="cache_read_tokens")], "lacks": ["prompt_caching"]},
        {"capabilities": ["tool_call"], "lacks": ["tool_call"]},
    ):
        record = derived(**known)
        assert record["disputed"] == known["lacks"]
        assert capability_values(record) == {}


def test_a_stated_no_wins_over_what_a_protocol_can_do_in_general():
    streams = CallFacts(streams=True)
    assert capability_values(derived(streams)) == {"streaming": True}
    assert capability_values(derived(streams, lacks=["streaming"])) == {"streaming": False}


@pytest.mark.parametrize(
    ("actions", "modality", "reads", "writes"),
    [
        (["text_to_image"], "image", ["text"], ["image"]),
        (["edit_image", "segment_map", "text_to_image"], "image", ["text", "image"], ["image"]),
        (["image_to_video"], "video", ["image"], ["video"]),
        (["speech_to_text"], "audio", ["audio"], ["text"]),
        (["text_to_speech"], "audio", ["text"], ["audio"]),
        (["create_audio"], "audio", [], ["audio"]),
        (["human_identification"], "image", ["image"], []),
    ],
)
def test_the_content_of_a_media_model_follows_from_its_actions(actions, modality, reads, writes):
    record = derived(actions=actions, modality="video")
    assert record["modality"] == modality
    assert (record["input_modalities"], record["output_modalities"]) == (reads, writes)
    assert "output_modalities" not in record["incomplete"] or not writes
    assert "input_modalities" in record["incomplete"] or not reads
    assert ("modality" in record["derived"]) is (modality != "video")


def test_an_action_that_no_row_knows_leaves_the_modality_and_an_open_list():
    record = derived(actions=["text_to_image", "text_to_smell"], modality="file")
    assert (record["modality"], record["output_modalities"]) == ("file", ["image"])
    assert record["incomplete"] == ["input_modalities", "output_modalities"]


def test_parameters_say_what_else_an_action_reads():
    names = ("prompt", "first_frame_image_url", "reference_audio_urls", "video_list", "callback_url")
    parameters = {"text_to_video": [{"name": name} for name in names]}
    record = derived(actions=["text_to_video"], parameters=parameters)
    assert record["input_modalities"] == ["text", "image", "video", "audio"]


def test_a_protocol_for_speech_says_what_its_model_takes_and_gives():
    live = CallFacts(content=Content(("audio",), ("audio",)))
    record = derived(live, capabilities=["tool_call"])
    assert (record["input_modalities"], record["output_modalities"]) == (["audio"], ["audio"])
    assert record["capabilities"] == ["tool_call", "audio_output"]


def test_what_means_nothing_for_a_kind_of_model_is_not_unknown():
    assert set(derived(actions=["text_to_image"])["does_not_apply"]) >= {
        *("context_window", "max_output_tokens", "knowledge_cutoff", "capabilities")
    }
    assert derived(actions=["text_to_image"], context_window=9)["does_not_apply"].count("context_window") == 0
    vectors = derived(CallFacts(gives_vectors=True))["does_not_apply"]
    assert "max_output_tokens" in vectors
    assert "context_window" not in vectors
    assert "actions" in derived()["does_not_apply"]
    assert derived(modality=None)["does_not_apply"] == ["deprecated_on", "replacement", "snapshot_on"]
    assert "snapshot_on" not in derived(model_id="linden-ballad-20250929")["does_not_apply"]


NEVER_ENDING = {"deprecated_on", "replacement"}


def test_what_is_active_and_has_no_end_has_neither_a_notice_nor_a_replacement():
    for stage in ("active", "preview"):
        assert {*derived(stated_lifecycle=stage)["does_not_apply"]} >= NEVER_ENDING
    for known in (
        {"retires_on": "2027-01-01"},
        {"deprecated_on": "2026-01-01"},
        {"retires_not_before": "2027-01-01"},
        {"stated_lifecycle": "deprecated"},
        {"stated_lifecycle": "retired"},
        {"stated_lifecycle": None},
    ):
        assert not NEVER_ENDING & {*derived(**known)["does_not_apply"]}, known


def test_every_action_is_known_by_what_it_reads_or_writes():
    assert all(content.reads or content.writes for content in ACTIONS.values())


def test_vectors_are_no_content_that_a_model_writes():
    assert "output_modalities" in derived(CallFacts(gives_vectors=True))["does_not_apply"]
    assert "output_modalities" not in derived()["does_not_apply"]


def test_capabilities_that_a_source_denies_do_apply():
    vectors = CallFacts(gives_vectors=True)
    assert "capabilities" in derived(vectors)["does_not_apply"]
    assert "capabilities" not in derived(vectors, lacks=["tool_call"])["does_not_apply"]
    disputed = derived(vectors, capabilities=["tool_call"], lacks=["tool_call"])
    assert disputed["disputed"] == ["tool_call"]
    assert "capabilities" not in disputed["does_not_apply"]
