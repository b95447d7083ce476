"""Which protocols the gateway speaks, and who answers in each."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gateway import chat, gemini, messages, responses
from gateway.answers import Event, embeddings

WHOLE: dict[str, Callable[[str, Mapping[str, Any]], dict[str, Any]]] = {
    "anthropic-messages": messages.whole,
    "openai-chat": chat.whole,
    "openai-responses": responses.whole,
    "openai-embeddings": embeddings,
    "gemini-generate-content": gemini.whole,
}
PIECES: dict[str, Callable[[str, Mapping[str, Any]], Iterator[Event]]] = {
    "anthropic-messages": messages.events,
    "openai-chat": chat.events,
    "openai-responses": responses.events,
    "gemini-generate-content": gemini.events,
}
