"""Where the files of a result are listed follows from the action and the model, and is not guessed."""

import pytest

from catalog.snippets import describe
from catalog.snippets.result_files import result_files
from snippet_records import endpoint, make_record, speech_record, task_record, text_record


def made(action, output=(), *others):
    """The list, the field and the ending of the files that an action of a model makes."""
    rows = [endpoint(f"/api/v1/x/{name}", "task", name) for name in (action, *others)]
    files = result_files(make_record("m-1", rows, output_modalities=[*output]), action)
    return files and (files.key, files.url, files.ending)


@pytest.mark.parametrize(
    ("action", "output", "key", "ending"),
    [
        ("text_to_image", [], "images", ".png"),
        ("remove_background", ["image"], "images", ".png"),
        ("image_to_video", ["video", "audio"], "videos", ".mp4"),
        ("ai_avatar", ["video"], "videos", ".mp4"),
        ("text_to_speech", ["audio"], "audios", ".mp3"),
        ("text_to_dialogue", [], "audios", ".mp3"),
        ("subject_detection", ["image"], "masks", ".png"),
        ("segment_map", ["image"], "segments", ".png"),
    ],
)
def test_a_medium_has_its_list(action, output, key, ending):
    assert made(action, output) == (key, "url", ending)


def test_tracks_of_a_model_of_music_have_another_field():
    assert made("text_to_music", ["audio"]) == ("audios", "audio_url", ".mp3")
    assert made("text_to_sound", ["audio"], "text_to_music") == ("audios", "audio_url", ".mp3")
    assert made("text_to_sound", ["audio"]) == ("audios", "url", ".mp3")


@pytest.mark.parametrize(
    ("action", "output"),
    [
        ("speech_to_text", ["text"]),
        ("human_identification", []),
        ("create_audio", ["audio"]),
        ("decompose_layers", ["image"]),
        ("", ["text"]),
    ],
)
def test_what_is_no_file_or_not_known_is_not_saved(action, output):
    assert made(action, output) is None


def test_only_a_result_that_has_come_is_saved():
    requests = {(each.action, each.option): each.saved for each in describe(task_record())}
    assert requests["text_to_image", "basic"]
    assert requests["text_to_image", "retry"]
    assert requests["text_to_image", "webhook"] is None
    assert [bool(each.saved) for each in describe(speech_record())] == [True, False]
    assert not any(each.saved for each in describe(text_record()))
