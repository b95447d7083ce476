"""Finds the answer in what a snippet printed: the text, the vector, or how a task ended and what it made."""

import ast
import json
import re
from collections.abc import Callable
from typing import Any

from catalog.snippets import Request
from catalog.snippets.protocol import ASYNC, BATCH, CACHING, COUNT, THINKING, TOOLS, WEBHOOK
from catalog.snippets.protocol import STRUCTURED as STRUCTURED_OUTPUT
from catalog.snippets.sample_values import PROMPTS_AT_ONCE
from gateway.answers import ARGUMENTS, COUNTED, EMBEDDING, READ, STRUCTURED, THOUGHT, WRITTEN, said

TASKS = {"task", "task-sync"}


def finished(task: Any) -> Any:
    """Say how a task ended, for which model, and whether something was made."""
    made = set(task) - {"id", "status", "model"}
    return task.get("status"), task.get("model"), bool(made)


def _message(body: Any) -> Any:
    """Read blocks: calls of tools alone, else what was thought and said, with what was cached."""
    calls = [(block["name"], block["input"]) for block in body["content"] if block["type"] == "tool_use"]
    lines = [block.get("thinking") or block.get("text") for block in body["content"]]
    usage = body["usage"]
    cached = [
        usage[name] for name in ("cache_creation_input_tokens", "cache_read_input_tokens") if name in usage
    ]
    return calls[0] if calls else (*lines, *cached)


def _completion(body: Any) -> Any:
    message = body["choices"][0]["message"]
    calls = [call["function"] for call in message.get("tool_calls", [])]
    return (calls[0]["name"], json.loads(calls[0]["arguments"])) if calls else (message["content"],)


def _response(body: Any) -> Any:
    item = body["output"][0]
    if item["type"] == "function_call":
        return item["name"], json.loads(item["arguments"])
    return (item["content"][0]["text"],)


def _candidate(body: Any) -> Any:
    parts = body["candidates"][0]["content"]["parts"]
    if "functionCall" in parts[0]:
        return parts[0]["functionCall"]["name"], parts[0]["functionCall"]["args"]
    return tuple(part["text"] for part in parts if "text" in part)


WHOLE: dict[str, Callable[[Any], Any]] = {
    "anthropic-messages": _message,
    "openai-chat": _completion,
    "openai-responses": _response,
    "openai-embeddings": lambda body: body["data"][0]["embedding"],
    "gemini-generate-content": _candidate,
    "task": finished,
    "task-sync": finished,
}
STREAMED: dict[str, Callable[[Any], str]] = {
    "anthropic-messages": lambda event: event["delta"].get("text", "") if "delta" in event else "",
    "openai-chat": lambda event: "".join(one["delta"].get("content") or "" for one in event["choices"]),
    "openai-responses": lambda event: event["delta"] if event["type"].endswith("text.delta") else "",
    "gemini-generate-content": lambda event: _candidate(event)[0],
}


def read_http(request: Request, out: str) -> Any:
    """Read what plain HTTP prints: the JSON document, or the stream's events as they arrived."""
    if request.option == COUNT:
        return json.loads(out)["input_tokens"]
    if request.option == BATCH:
        return [(each["index"], each["embedding"]) for each in json.loads(out)["data"]]
    if not request.is_streaming:
        return WHOLE[request.protocol](json.loads(out))
    data = [line.removeprefix("data: ") for line in out.splitlines() if line.startswith("data: ")]
    events = [json.loads(line) for line in data if line != "[DONE]"]
    if request.option == TOOLS:
        return WHOLE[request.protocol](events[0])
    return ("".join(STREAMED[request.protocol](event) for event in events),)


def read_lines(request: Request, out: str) -> Any:
    """Read lines of text as SDK snippets print them: each line a piece, a number where it begins with one.

    A call of a tool is one line, its name and behind it its arguments.
    """
    lines = out.removesuffix("\n").split("\n")
    if request.option == COUNT:
        return int(lines[0].removesuffix(" input tokens"))
    if request.option == TOOLS:
        name, _, arguments = lines[0].partition(" ")
        return name, ast.literal_eval(arguments)
    return tuple(int(found[0]) if (found := re.match(r"\d+(?= tokens)", line)) else line for line in lines)


def read_vectors(request: Request, out: str, literal: Callable[[str], Any]) -> Any:
    """Read one vector, or of a batch each with its index, as SDK snippets print them."""
    if request.option != BATCH:
        return literal(out)
    # A list may be printed over several lines: an entry begins where a number begins one.
    entries = re.split(r"\n(?=\d+ )", out.strip())
    return [(int(index), literal(vector)) for index, _, vector in (each.partition(" ") for each in entries)]


def wanted(request: Request) -> Any:
    """Say what must be found in what a snippet prints, by what the gateway answers."""
    if request.option == COUNT:
        return COUNTED
    if request.option == BATCH:
        return [(index, EMBEDDING) for index, _ in enumerate(request.body["input"])]
    if request.protocol == "openai-embeddings":
        return EMBEDDING
    if request.protocol in TASKS:
        status = None if request.option == WEBHOOK else "completed"
        return status, request.body.get("model") if status else None, bool(status)
    text = json.dumps(STRUCTURED) if request.option == STRUCTURED_OUTPUT else said(request.model_id)
    thinks = "thinking" in request.body or request.protocol == "gemini-generate-content"
    thinks |= request.protocol == "anthropic-messages" and "reasoning_effort" in request.body
    caches = request.option == CACHING and request.protocol == "anthropic-messages"
    thought = [THOUGHT] * thinks
    return {
        TOOLS: ("get_order_status", ARGUMENTS),
        # What arrives piece by piece is printed as one text.
        THINKING: ("".join([*thought, text]),) if request.is_streaming else (*thought, text),
        CACHING: (text, *[WRITTEN, READ] * caches),
        ASYNC: (text,) * len(PROMPTS_AT_ONCE),
    }.get(request.option, (text,))
