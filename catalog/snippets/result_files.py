"""Which files the result of an action holds, and where a task lists them."""

from dataclasses import dataclass

from catalog.records.record import Record


@dataclass(frozen=True, slots=True)
class ResultFiles:
    """A list of files in a result; each entry holds a file's URL."""

    key: str
    # Of a saved file: the name's ending.
    ending: str
    url: str = "url"

    @property
    def noun(self) -> str:
        """Return the word for one entry: "image"."""
        return self.key.removesuffix("s")


# As the platform's own SDKs type results: `js/src/types.ts` of its flux-2, kling, elevenlabs, openai-tts,
# suno, producer, omnihuman and grok-imagine SDKs, read on 30 November 2026.
_FILES = {
    "image": ResultFiles("images", ".png"),
    "video": ResultFiles("videos", ".mp4"),
    "audio": ResultFiles("audios", ".mp3"),
}
_TRACKS = ResultFiles("audios", ".mp3", "audio_url")
_BY_ACTION = {
    "subject_detection": ResultFiles("masks", ".png"),
    "segment_map": ResultFiles("segments", ".png"),
    # These return something else than a file, or no source says what.
    "create_audio": None,
    "create_character": None,
    "decompose_layers": None,
    "human_identification": None,
    "speech_to_text": None,
}
_MEDIA = {
    **{kind: kind for kind in _FILES},
    **dict.fromkeys(("dialogue", "music", "sound", "speech"), "audio"),
}
"""Last word of an action -> kind of file."""


def result_files(record: Record, action: str) -> ResultFiles | None:
    """Return where an action's result lists its files; None if that is not known."""
    if action in _BY_ACTION:
        return _BY_ACTION[action]
    output = next((kind for kind in record["output_modalities"] if kind in _FILES), "")
    kind = _MEDIA.get(action.rpartition("_")[2], output)
    # A model of music answers with tracks in all of its actions.
    makes_music = any((row["action"] or "").endswith("_music") for row in record["endpoints"])
    return _TRACKS if kind == "audio" and makes_music else _FILES.get(kind)
