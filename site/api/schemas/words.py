"""The closed lists of words that answers hold."""

from typing import Literal

LifecycleWord = Literal["preview", "active", "deprecated", "retired"]
SeverityWord = Literal["operational", "maintenance", "degraded", "outage"]
ModalityWord = Literal["text", "image", "video", "audio", "file"]
ProtocolWord = Literal[
    "anthropic-messages",
    "openai-chat",
    "openai-responses",
    "openai-embeddings",
    "gemini-generate-content",
    "task",
    "task-sync",
    "realtime",
]
LanguageWord = Literal["curl", "python", "javascript", "typescript", "go", "ruby", "php"]
OptionWord = Literal[
    "basic", "streaming", "tools", "image", "structured", "caching", "thinking", "webhook", "retry"
]
KindWord = Literal["sell", "list"]
ChangeWord = Literal["price", "lifecycle", "status", "catalog", "added"]
