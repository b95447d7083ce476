"""What a query finds first on the bundled catalog, alike on SQLite and on PostgreSQL."""

import pytest

from search_hits import misplaced, unfound

pytestmark = pytest.mark.django_db
SONNET = "claude-sonnet-4-5-20250929"
FIRST = {
    # exact IDs, whatever the case
    SONNET: ("model", SONNET),
    "CLAUDE-SONNET-4-5-20250929": ("model", SONNET),
    "gpt-5.4": ("model", "gpt-5.4"),
    "gpt-5.4-mini": ("model", "gpt-5.4-mini"),
    "MiniMax-M2": ("model", "MiniMax-M2"),
    "whisper-1": ("model", "whisper-1"),
    "  veo-3.1-fast  ": ("model", "veo-3.1-fast"),
    # aliases and names
    "claude-sonnet-4-5": ("model", SONNET),
    "Claude Sonnet 4.5": ("model", SONNET),
    # any order, any punctuation, or none
    "sonnet 4.5": ("model", SONNET),
    "claude-4-5-sonnet": ("model", SONNET),
    "4.5 sonnet claude": ("model", SONNET),
    "claude_sonnet/4:5": ("model", SONNET),
    "claudesonnet45": ("model", SONNET),
    "5.4 gpt": ("model", "gpt-5.4"),
    "gpt54": ("model", "gpt-5.4"),
    "gpt 5.4 mini": ("model", "gpt-5.4-mini"),
    "gemini flash 3.5": ("model", "gemini-3.5-flash"),
    "veo3.1 fast": ("model", "veo-3.1-fast"),
    "deep seek v4": ("model", "deepseek-v4-flash"),
    "open ai": ("provider", "openai"),
    "eleven labs": ("family", "elevenlabs"),
    # as far as it is typed
    "gpt5": ("model", "gpt-5.5"),
    "claude son": ("model", "claude-sonnet-5"),
    "opus 4.8": ("model", "claude-opus-4-8"),
    "haik": ("model", "claude-haiku-4-5-20251001"),
    "nano ban": ("model", "nano-banana-2"),
    "imagen 4": ("model", "imagen-4"),
    "grok imag": ("model", "grok-imagine-edit-image"),
    # typing errors
    "geminni": ("family", "gemini"),
    "cluade sonet": ("model", "claude-sonnet-5"),
    "antropic": ("provider", "anthropic"),
    "klng": ("family", "kling"),
    "midjourny": ("family", "midjourney"),
    "wisper": ("model", "whisper-1"),
    "deepsek": ("family", "deepseek"),
    "eleventlabs": ("family", "elevenlabs"),
    # families and providers
    "claude": ("family", "claude"),
    "flux": ("family", "flux"),
    "flux kontext": ("family", "flux-kontext"),
    "qwen image": ("family", "qwen-image"),
    "seedance": ("family", "seedance"),
    "anthropic": ("provider", "anthropic"),
    "openai": ("provider", "openai"),
    # words of the documentation
    "billing": ("docs", "/docs/billing"),
    "webhooks": ("docs", "/docs/tasks-and-webhooks#webhooks"),
    "webhoks": ("docs", "/docs/tasks-and-webhooks#webhooks"),
    "self hosting": ("docs", "/docs/self-hosting"),
    "rate limits": ("docs", "/docs/errors#rate-limits"),
}


def test_what_is_meant_comes_first_of_all_and_as_one_types():
    assert len(FIRST) >= 40
    assert misplaced(FIRST) == {}


def test_every_model_is_found_by_its_id_its_aliases_and_its_name():
    """The ID first of all; an alias and a name before every model that has neither."""
    assert unfound() == []
