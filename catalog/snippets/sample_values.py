"""Sample values by parameter and action; files are under https://example.com/."""

from typing import Any

TASK_ID = "123e4567-e89b-12d3-a456-426614174000"
AUDIO_ID = "9f1c2d34-5b6a-47c8-8d90-1e2f3a4b5c6d"

CHAT_PROMPT = "Explain in two sentences why the sky is blue."
TOOL = "get_weather"
TOOL_PURPOSE = "Get the weather in a city now."
TOOL_PROMPT = "What is the weather in Paris?"
IMAGE_PROMPT = "Describe this photo in one sentence."
PHOTO = "https://example.com/photo.jpg"
HANDBOOK = "Put here the long text that stays the same from call to call, such as a handbook."
EMBEDDING_INPUT = "The food was delicious and the waiter was friendly."

PROMPTS = {
    "text_to_image": "A lighthouse on a rocky coast at dusk, soft film grain",
    "edit_image": "Replace the sky with a clear sunset and keep everything else unchanged",
    "remix_image": "Turn this photo into a loose watercolor painting",
    "decompose_layers": "Separate the person, the product and the background",
    "text_to_video": "A paper boat drifts down a rainy street while the camera follows slowly",
    "image_to_video": "The camera moves slowly forward while leaves drift past",
    "edit_video": "Change the season to winter and keep the people unchanged",
    "modify_video": "Change the season to winter and keep the people unchanged",
    "extend_video": "The camera keeps rising until the whole valley is visible",
    "transition_video": "The morning light turns smoothly into a starry night",
    "motion_control": "The character repeats the dance in a sunlit studio",
    "ai_avatar": "A woman speaks calmly to the camera in a bright studio",
    "audio_to_video": "A woman speaks calmly to the camera in a bright studio",
    "speech_to_video": "A woman speaks calmly to the camera in a bright studio",
    "speech_to_text": "An interview about ocean research",
    "text_to_music": "A calm piano piece with soft strings for a rainy evening",
    "text_to_sound": "Heavy rain on a tin roof with distant thunder",
    "cover_audio": "An acoustic version with warm guitar and gentle vocals",
    "create_mashup": "Blend both songs into one upbeat summer track",
    "extend_music": "Continue with an uplifting final chorus",
}
PROMPT_BY_OUTPUT = {
    "image": PROMPTS["text_to_image"],
    "video": PROMPTS["text_to_video"],
    "audio": PROMPTS["text_to_music"],
}
SPEECH = "Your order has shipped and arrives on Tuesday."

DIALOGUE = (
    {"text": "Have you seen the new catalog?", "voice": "Rachel"},
    {"text": "Yes, every price in it has a date.", "voice": "Adam"},
)

BY_ACTION: dict[tuple[str, str], Any] = {
    ("text_to_sound", "text"): PROMPTS["text_to_sound"],
    ("create_audio", "audio_id"): "achernar",
    ("create_audio", "name"): "Calm narrator",
    ("speech_to_text", "file"): "interview.mp3",
    ("text_to_dialogue", "dialogue"): DIALOGUE,
    ("upscale_image", "upscale_factor"): 2,
}

BY_NAME: dict[str, Any] = {
    "text": SPEECH,
    "voice": "Rachel",
    "voice_name": "Kore",
    "voice_id": "Rachel",
    "speaker_id": "Speaker 1",
    "name": "Night Train",
    "title": "Night Train",
    "character_name": "Mira",
    "description": "A calm and warm narrator",
    "descriptions": "A silver-haired guide in a dark blue coat",
    "lyrics": "[Verse]\nThe night train hums a quiet tune\n[Chorus]\nCarry me home beneath the moon",
    "style": "Indie folk, acoustic guitar, warm vocals",
    "tags": "indie folk, acoustic guitar, warm",
    "negative_tags": "heavy metal, distortion",
    "negative_prompt": "blurry, low quality",
    "language": "en",
    "language_code": "en",
    "file": "input.dat",
    "audio_id": AUDIO_ID,
    "max_tokens": 1024,
    "duration_seconds": 5,
    "start_seconds": 10,
    "end_seconds": 20,
    "continue_at": 30,
    "output_count": 1,
    "seed": 42,
}

SHAPES = ("https://example.com/input", "1", "en", "#336699", "00:00:10", "2026-01-31", "16:9")
"""For parameters known by a pattern only."""

FILES = {
    "mask": "mask.png",
    "first_frame": "first-frame.jpg",
    "last_frame": "last-frame.jpg",
    "reference_image": "reference.jpg",
    "reference_video": "reference.mp4",
    "reference_audio": "reference.mp3",
    "driving_audio": "speech.mp3",
    "background_audio": "music.mp3",
    "image": "photo.jpg",
    "video": "clip.mp4",
    "audio": "track.mp3",
    "upload": "track.mp3",
    "callback": "webhooks/tasks",
}
"""Part of a `…_url` parameter's name -> file, the first that fits."""

SPOKEN_INPUT = {
    "speech_to_text",
    "isolate_audio",
    "speech_to_video",
    "audio_to_video",
    "ai_avatar",
    "lip_sync_video",
}
"""Actions whose audio is speech."""

SOURCES = {
    "image": (
        "source_image_url",
        "source_image_urls",
        "first_frame_image_url",
        "image_url",
        "reference_image_url",
    ),
    "video": ("source_video_url", "source_video_urls", "video_url", "reference_video_url"),
    "audio": ("source_audio_url", "audio_url", "upload_url", "reference_audio_url"),
}
"""Medium -> parameters that carry it, the plainest first."""

WITHOUT_PROMPT = frozenset({"speech_to_text", "decompose_layers", "extend_music"})
"""Actions whose optional prompt only steers a detail: a first call leaves it out."""
