"""What media actions read and write, a row each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Content:
    """Kinds of content in requests and answers; none where it is not known."""

    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()


CHIEF = ("video", "image", "audio")
"""A model is listed under the first that it writes, else reads; text is what others come with."""

_IMAGE, _VIDEO, _AUDIO = ("image",), ("video",), ("audio",)
_EDITED_IMAGE = Content(("text", "image"), _IMAGE)
_EDITED_VIDEO = Content(("text", "video"), _VIDEO)
_EDITED_AUDIO = Content(("text", "audio"), _AUDIO)
_SPOKEN_VIDEO = Content(("image", "audio"), _VIDEO)
_TEXT_TO_AUDIO = Content(("text",), _AUDIO)
_MOVED_IMAGE = Content(("image", "video"), _VIDEO)

# Parameters that hold further content, such as `reference_image_urls`, are read beside these.
ACTIONS: Mapping[str, Content] = {
    "text_to_image": Content(("text",), _IMAGE),
    "edit_image": _EDITED_IMAGE,
    "remix_image": _EDITED_IMAGE,
    "reframe_image": Content(_IMAGE, _IMAGE),
    "upscale_image": Content(_IMAGE, _IMAGE),
    "remove_background": Content(_IMAGE, _IMAGE),
    "decompose_layers": Content(_IMAGE, _IMAGE),
    "segment_map": Content(_IMAGE, _IMAGE),
    "subject_detection": Content(_IMAGE, _IMAGE),
    # Nothing says in which form these two answer.
    "human_identification": Content(_IMAGE),
    "create_character": Content(_IMAGE),
    "text_to_video": Content(("text",), _VIDEO),
    "image_to_video": Content(_IMAGE, _VIDEO),
    "transition_video": Content(_IMAGE, _VIDEO),
    "edit_video": _EDITED_VIDEO,
    "modify_video": _EDITED_VIDEO,
    "extend_video": _EDITED_VIDEO,
    "upscale_video": Content(_VIDEO, _VIDEO),
    "animate": _MOVED_IMAGE,
    "motion_control": _MOVED_IMAGE,
    "ai_avatar": _SPOKEN_VIDEO,
    "audio_to_video": _SPOKEN_VIDEO,
    "speech_to_video": _SPOKEN_VIDEO,
    "lip_sync_video": Content(("video", "audio"), _VIDEO),
    "text_to_speech": _TEXT_TO_AUDIO,
    "text_to_dialogue": _TEXT_TO_AUDIO,
    "text_to_sound": _TEXT_TO_AUDIO,
    "text_to_music": _TEXT_TO_AUDIO,
    "create_audio": Content((), _AUDIO),
    "speech_to_text": Content(_AUDIO, ("text",)),
    "isolate_audio": Content(_AUDIO, _AUDIO),
    "remaster_audio": Content(_AUDIO, _AUDIO),
    "stitch_audio": Content(_AUDIO, _AUDIO),
    "add_samples": Content(_AUDIO, _AUDIO),
    "inspire_music": Content(_AUDIO, _AUDIO),
    "add_instrumental": _EDITED_AUDIO,
    "add_vocals": _EDITED_AUDIO,
    "cover_audio": _EDITED_AUDIO,
    "create_mashup": _EDITED_AUDIO,
    "extend_music": _EDITED_AUDIO,
}


def chief_of(actions: Sequence[str]) -> str | None:
    """Return the modality that a model of these actions is listed under; None if one of them is not known.

    >>> chief_of(["text_to_image", "image_to_video"]), chief_of(["edit_image", "dance"]), chief_of([])
    ('video', None, None)
    """
    if not all(action in ACTIONS for action in actions):
        return None
    contents = [ACTIONS[action] for action in actions]
    writes = {word for content in contents for word in content.writes}
    reads = {word for content in contents for word in content.reads}
    return next((word for words in (writes, reads) for word in CHIEF if word in words), None)
