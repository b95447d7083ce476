"""Finds the answer in what a snippet printed: the text, the vector, or how a task ended and what it made."""

import json
from collections.abc import Callable
from typing import Any

from catalog.snippets import Request

TASKS = {"task", "task-sync"}


def finished(task: Any) -> Any:
    """Say how a task ended, for which model, and whether something was made."""
    made = set(task) - {"id", "status", "model"}
    return task["status"], task["model"], bool(made)


WHOLE: dict[str, Callable[[Any], Any]] = {
    "anthropic-messages": lambda body: body["content"][0]["text"],
    "openai-chat": lambda body: body["choices"][0]["message"]["content"],
    "openai-responses": lambda body: body["output"][0]["content"][0]["text"],
    "openai-embeddings": lambda body: body["data"][0]["embedding"],
    "gemini-generate-content": lambda body: body["candidates"][0]["content"]["parts"][0]["text"],
    "task": finished,
    "task-sync": finished,
}
STREAMED: dict[str, Callable[[Any], str]] = {
    "anthropic-messages": lambda event: event["delta"].get("text", "") if "delta" in event else "",
    "openai-chat": lambda event: "".join(one["delta"].get("content") or "" for one in event["choices"]),
    "openai-responses": lambda event: event["delta"] if event["type"].endswith("text.delta") else "",
    "gemini-generate-content": WHOLE["gemini-generate-content"],
}


def read_http(request: Request, out: str) -> Any:
    """Read what plain HTTP prints: the JSON document, or the stream's events as they arrived."""
    if not request.is_streaming:
        return WHOLE[request.protocol](json.loads(out))
    data = [line.removeprefix("data: ") for line in out.splitlines() if line.startswith("data: ")]
    events = [json.loads(line) for line in data if line != "[DONE]"]
    return "".join(STREAMED[request.protocol](event) for event in events)
