"""The bodies in which each protocol says an option: only what differs from its plain call."""

from collections.abc import Callable
from typing import Any

from catalog.snippets import sample_values as known

Body = dict[str, Any]


def _user(content: Any) -> list[Body]:
    return [{"role": "user", "content": content}]


def _schema(kind: Callable[[str], str], names: tuple[str, ...]) -> Body:
    return {
        "type": kind("object"),
        "properties": {name: {"type": kind("string")} for name in names},
        "required": list(names),
    }


_CITY = ("city",)
_FACTS = ("color", "reason")
_STRICT: Body = {"additionalProperties": False}


def _called(**schema: Any) -> Body:
    return {"name": known.TOOL, "description": known.TOOL_PURPOSE, **schema}


TOOLS: dict[str, Body] = {
    "anthropic-messages": {
        "messages": _user(known.TOOL_PROMPT),
        "tools": [_called(input_schema=_schema(str, _CITY))],
    },
    "openai-chat": {
        "messages": _user(known.TOOL_PROMPT),
        "tools": [{"type": "function", "function": _called(parameters=_schema(str, _CITY))}],
    },
    "openai-responses": {
        "input": known.TOOL_PROMPT,
        "tools": [
            {"type": "function", **_called(parameters=_schema(str, _CITY) | _STRICT), "strict": True},
        ],
    },
    # Google's own SDK writes the types of a function's parameters in capitals.
    "gemini-generate-content": {
        "contents": [{"role": "user", "parts": [{"text": known.TOOL_PROMPT}]}],
        "tools": [{"functionDeclarations": [_called(parameters=_schema(str.upper, _CITY))]}],
    },
}
IMAGE: dict[str, Body] = {
    "anthropic-messages": {
        "messages": _user(
            [
                {"type": "image", "source": {"type": "url", "url": known.PHOTO}},
                {"type": "text", "text": known.IMAGE_PROMPT},
            ]
        )
    },
    "openai-chat": {
        "messages": _user(
            [
                {"type": "text", "text": known.IMAGE_PROMPT},
                {"type": "image_url", "image_url": {"url": known.PHOTO}},
            ]
        )
    },
    "openai-responses": {
        "input": _user(
            [
                {"type": "input_text", "text": known.IMAGE_PROMPT},
                {"type": "input_image", "image_url": known.PHOTO, "detail": "auto"},
            ]
        )
    },
    "gemini-generate-content": {
        "contents": [
            {
                "role": "user",
                "parts": [
                    {"fileData": {"fileUri": known.PHOTO, "mimeType": "image/jpeg"}},
                    {"text": known.IMAGE_PROMPT},
                ],
            }
        ]
    },
}


def _format() -> Body:
    return {"name": "answer", "strict": True, "schema": _schema(str, _FACTS) | _STRICT}


STRUCTURED: dict[str, Body] = {
    "anthropic-messages": {
        "output_config": {"format": {"type": "json_schema", "schema": _schema(str, _FACTS) | _STRICT}}
    },
    "openai-chat": {"response_format": {"type": "json_schema", "json_schema": _format()}},
    "openai-responses": {"text": {"format": {"type": "json_schema", **_format()}}},
    "gemini-generate-content": {
        "generationConfig": {
            "responseMimeType": "application/json",
            "responseJsonSchema": _schema(str, _FACTS),
        }
    },
}

_BREAKPOINT: Body = {"prompt_cache_breakpoint": {"mode": "explicit"}}
CACHING: dict[str, Body] = {
    "anthropic-messages": {
        "system": [{"type": "text", "text": known.HANDBOOK, "cache_control": {"type": "ephemeral"}}]
    },
    "openai-chat": {
        "messages": [
            {"role": "developer", "content": [{"type": "text", "text": known.HANDBOOK, **_BREAKPOINT}]},
            *_user(known.CHAT_PROMPT),
        ]
    },
    "openai-responses": {
        "input": [
            {"role": "developer", "content": [{"type": "input_text", "text": known.HANDBOOK, **_BREAKPOINT}]},
            *_user(known.CHAT_PROMPT),
        ]
    },
}
EFFORT: Body = {"reasoning_effort": "high"}
THINKING: dict[str, Body] = {
    # The budget counts towards the longest output and is at least 1024 tokens (types of anthropic 2.12.0).
    "anthropic-messages": {"max_tokens": 4096, "thinking": {"type": "enabled", "budget_tokens": 2048}},
    "openai-chat": EFFORT,
    "openai-responses": {"reasoning": {"effort": "high"}},
    "gemini-generate-content": {"generationConfig": {"thinkingConfig": {"includeThoughts": True}}},
}
