"""Sample values by parameter and action; files are under https://example.com/."""

from typing import Any

TASK_ID = "123e4567-e89b-12d3-a456-426614174000"
AUDIO_ID = "9f1c2d34-5b6a-47c8-8d90-1e2f3a4b5c6d"

CHAT_PROMPT = "Write a short apology for a late delivery."
PROMPTS_AT_ONCE = (
    CHAT_PROMPT,
    "Write a short reply to a refund request.",
    "Write a short thank-you for a good review.",
)
TOOL = "get_order_status"
TOOL_PURPOSE = "Look up where an order is."
TOOL_PROMPT = "Where is my order 1042?"
TOOL_ARGUMENTS = {"order_id": "1042"}
TOOL_RESULT = "Order 1042 has shipped and arrives on Tuesday."
TOOL_THOUGHT = "The order status tells where order 1042 is."
SYSTEM = "You are the support agent of an online shop. Answer in one or two sentences."
TURNS = (
    ("user", "My lamp arrived with a broken shade. What can I do?"),
    ("assistant", "I am sorry about that. Would you like a replacement or a refund?"),
    ("user", "A replacement, please. How long does it take?"),
)
RECEIPT_PROMPT = "List the items on this receipt with their prices."
INVOICE_PROMPT = "What is the total of this invoice, and when is it due?"
VOICEMAIL_PROMPT = "Summarize this voicemail in one sentence, and give the number to call back."
EXTRACT_PROMPT = "Extract the order number and the problem: Order 1042 arrived with a broken shade."
JSON_PROMPT = "Extract order_id and problem as JSON: Order 1042 arrived with a broken shade."
EMBEDDING_INPUTS = (
    "How do I return a lamp?",
    "When does my order arrive?",
    "Can I pay by invoice?",
)
IMAGE_PROMPT = "Write a short shop description of the product in this photo."
PHOTO = "https://example.com/photo.jpg"
HANDBOOK = "Put here the long text that stays the same from call to call, such as a handbook."
EMBEDDING_INPUT = "My parcel arrived damaged. How do I get a replacement?"

PROMPTS = {
    "text_to_image": "Product photo of a blue ceramic mug on a wooden table, soft morning light",
    "edit_image": "Replace the background with plain white and keep the product unchanged",
    "remix_image": "Turn this photo into a watercolor illustration for a greeting card",
    "decompose_layers": "Separate the person, the product and the background",
    "text_to_video": "A barista pours latte art in a small cafe, slow close-up, warm light",
    "image_to_video": "The camera circles slowly around the product while steam rises",
    "edit_video": "Change the season to winter and keep the people unchanged",
    "modify_video": "Change the season to winter and keep the people unchanged",
    "extend_video": "The camera keeps rising until the whole valley is visible",
    "transition_video": "The morning light turns smoothly into a starry night",
    "motion_control": "The character repeats the dance in a sunlit studio",
    "ai_avatar": "A presenter explains the product to the camera in a bright studio",
    "audio_to_video": "A presenter explains the product to the camera in a bright studio",
    "speech_to_video": "A presenter explains the product to the camera in a bright studio",
    "speech_to_text": "A support call about a delayed order",
    "text_to_music": "Calm background music for a product video, piano and soft strings",
    "text_to_sound": "A short notification chime of two soft bells",
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
