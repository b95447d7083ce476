"""What a model answers in each protocol, in the shapes that the official SDKs read."""

import base64
import json
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from catalog.record import Record

EMBEDDING = [0.5, -0.25, 0.125]
CREATED = 1_790_000_000
MADE = {"image": "photo.png", "video": "clip.mp4", "audio": "track.mp3"}
THOUGHT = "Short waves are scattered more."
STRUCTURED = {"color": "blue", "reason": "Air scatters short waves most."}
ARGUMENTS = {"city": "Paris"}
WRITTEN, READ = 2048, 1024
"""How many tokens of a prompt a caching model says that it wrote to its cache and read from it."""
Event = tuple[str | None, Any]
"""The name of a server-sent event, where the protocol names them, and its data."""


def said(model_id: str) -> str:
    """The text with which a model of the gateway answers every prompt."""
    return f"Air scatters blue light most. (said by {model_id})"


def _words(model_id: str) -> list[str]:
    return [f"{word} " for word in said(model_id).split(" ")[:-1]] + said(model_id).split(" ")[-1:]


def _text(model_id: str, body: Mapping[str, Any]) -> str:
    """Say the text, as the JSON that is asked for where a form is."""
    forms = (body.get("output_config"), body.get("response_format"), body.get("text"))
    generation = body.get("generationConfig", {})
    is_formed = any(forms) or "responseJsonSchema" in generation
    return json.dumps(STRUCTURED) if is_formed else said(model_id)


def _content(model_id: str, body: Mapping[str, Any]) -> list[dict[str, Any]]:
    if body.get("tools"):
        called = {"id": "toolu_01", "name": body["tools"][0]["name"], "input": ARGUMENTS}
        return [{"type": "tool_use", **called}]
    blocks = [{"type": "text", "text": _text(model_id, body)}]
    if "thinking" in body or "reasoning_effort" in body:
        blocks.insert(0, {"type": "thinking", "thinking": THOUGHT, "signature": "c2lnbmVk"})
    return blocks


def _message_usage(body: Mapping[str, Any]) -> dict[str, int]:
    system = body.get("system")
    caches = isinstance(system, list) and any("cache_control" in block for block in system)
    cached = {"cache_creation_input_tokens": WRITTEN, "cache_read_input_tokens": READ}
    return {"input_tokens": 12, "output_tokens": 8} | (cached if caches else {})


def message(model_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer in anthropic-messages."""
    return {
        "id": "msg_01",
        "type": "message",
        "role": "assistant",
        "model": model_id,
        "content": _content(model_id, body),
        "stop_reason": "tool_use" if body.get("tools") else "end_turn",
        "stop_sequence": None,
        "usage": _message_usage(body),
    }


def message_events(model_id: str, body: Mapping[str, Any]) -> Iterator[Event]:
    """Answer in anthropic-messages, piece by piece."""
    opened = message(model_id, body) | {"content": [], "stop_reason": None}
    events: list[dict[str, Any]] = [
        {"type": "message_start", "message": opened},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        {"type": "ping"},
    ]
    events += [
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": word}}
        for word in _words(model_id)
    ]
    ended = {"stop_reason": "end_turn", "stop_sequence": None}
    events += [
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": ended, "usage": {"output_tokens": 8}},
        {"type": "message_stop"},
    ]
    return ((event["type"], event) for event in events)


def completion(model_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer in openai-chat."""
    spoken: dict[str, Any] = {"role": "assistant", "content": _text(model_id, body), "refusal": None}
    if body.get("tools"):
        called = {"name": body["tools"][0]["function"]["name"], "arguments": json.dumps(ARGUMENTS)}
        spoken |= {"content": None, "tool_calls": [{"id": "call_01", "type": "function", "function": called}]}
    ended = "tool_calls" if body.get("tools") else "stop"
    return {
        "id": "chatcmpl-01",
        "object": "chat.completion",
        "created": CREATED,
        "model": model_id,
        "choices": [{"index": 0, "message": spoken, "logprobs": None, "finish_reason": ended}],
        "usage": {"prompt_tokens": 12, "completion_tokens": 8, "total_tokens": 20},
    }


def completion_events(model_id: str, body: Mapping[str, Any]) -> Iterator[Event]:
    """Answer in openai-chat, piece by piece."""
    chunk = {
        "id": "chatcmpl-01",
        "object": "chat.completion.chunk",
        "created": CREATED,
        "model": model_id,
    }
    deltas: list[dict[str, str]] = [{"role": "assistant", "content": ""}]
    deltas += [{"content": word} for word in _words(model_id)]
    for delta in deltas:
        yield None, chunk | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    yield None, chunk | {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    yield None, "[DONE]"


def response(model_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer in openai-responses."""
    return _response(model_id, "completed", [_output(model_id, body)]) | {
        "usage": {
            "input_tokens": 12,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": 8,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": 20,
        }
    }


def _response(model_id: str, status: str, output: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": "resp_01",
        "object": "response",
        "created_at": CREATED,
        "status": status,
        "model": model_id,
        "output": output,
        "error": None,
        "incomplete_details": None,
        "instructions": None,
        "metadata": {},
        "parallel_tool_calls": True,
        "temperature": None,
        "top_p": None,
        "tool_choice": "auto",
        "tools": [],
    }


def _output(model_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    if body.get("tools"):
        called = {"name": body["tools"][0]["name"], "arguments": json.dumps(ARGUMENTS)}
        return {"id": "fc_01", "call_id": "call_01", "type": "function_call", "status": "completed", **called}
    part = {"type": "output_text", "text": _text(model_id, body), "annotations": []}
    return {
        "id": "msg_01",
        "type": "message",
        "role": "assistant",
        "status": "completed",
        "content": [part],
    }


def response_events(model_id: str, body: Mapping[str, Any]) -> Iterator[Event]:
    """Answer in openai-responses, piece by piece."""
    whole = _output(model_id, body)
    begun = whole | {"status": "in_progress", "content": []}
    part = whole["content"][0]
    item: dict[str, Any] = {"output_index": 0}
    at = item | {"item_id": "msg_01", "content_index": 0}
    started = {"response": _response(model_id, "in_progress", [])}
    events: list[tuple[str, dict[str, Any]]] = [
        ("response.created", started),
        ("response.in_progress", started),
        ("response.output_item.added", item | {"item": begun}),
        ("response.content_part.added", at | {"part": part | {"text": ""}}),
    ]
    events += [
        ("response.output_text.delta", at | {"delta": word, "logprobs": []}) for word in _words(model_id)
    ]
    events += [
        ("response.output_text.done", at | {"text": part["text"], "logprobs": []}),
        ("response.content_part.done", at | {"part": part}),
        ("response.output_item.done", item | {"item": whole}),
        ("response.completed", {"response": response(model_id, body)}),
    ]
    for number, (name, held) in enumerate(events):
        yield name, {"type": name, "sequence_number": number} | held


def embeddings(model_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer in openai-embeddings, as numbers unless base64 is asked for."""
    packed = base64.b64encode(struct.pack(f"<{len(EMBEDDING)}f", *EMBEDDING)).decode()
    vector = packed if body.get("encoding_format") == "base64" else EMBEDDING
    return {
        "object": "list",
        "data": [{"object": "embedding", "index": 0, "embedding": vector}],
        "model": model_id,
        "usage": {"prompt_tokens": 9, "total_tokens": 9},
    }


def generated(model_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer in gemini-generate-content."""
    whole = _candidate(model_id, _text(model_id, body), "STOP")
    parts = whole["candidates"][0]["content"]["parts"]
    if body.get("tools"):
        name = body["tools"][0]["functionDeclarations"][0]["name"]
        parts[:] = [{"functionCall": {"name": name, "args": ARGUMENTS}}]
    elif "thinkingConfig" in body.get("generationConfig", {}):
        parts.insert(0, {"text": THOUGHT, "thought": True})
    return whole


def _candidate(model_id: str, text: str, finish: str | None) -> dict[str, Any]:
    candidate = {"index": 0, "content": {"role": "model", "parts": [{"text": text}]}}
    return {
        "candidates": [candidate | ({"finishReason": finish} if finish else {})],
        "usageMetadata": {"promptTokenCount": 12, "candidatesTokenCount": 8, "totalTokenCount": 20},
        "modelVersion": model_id,
        "responseId": "resp-01",
    }


def generated_events(model_id: str, body: Mapping[str, Any]) -> Iterator[Event]:
    """Answer in gemini-generate-content, piece by piece."""
    *first, last = _words(model_id)
    for word in first:
        yield None, _candidate(model_id, word, None)
    yield None, _candidate(model_id, last, "STOP")


def task(record: Record, body: Mapping[str, Any], task_id: str, status: str) -> dict[str, Any]:
    """Show a task with the model that its request named, and what it made or why it failed."""
    made: dict[str, Any] = {"text": said(record["model_id"])}
    kinds = [kind for kind in record["output_modalities"] if kind in MADE]
    if kinds or record["modality"] in MADE:
        kind = kinds[0] if kinds else str(record["modality"])
        made = {f"{kind}s": [{"url": f"https://example.com/{MADE[kind]}"}]}
    shown: dict[str, Any] = {"id": task_id, "status": status, "model": body.get("model")}
    failed = {"error": {"code": "generation_failed", "message": "it was asked to fail"}}
    return shown | {"completed": made, "failed": failed}.get(status, {})


def models(records: Iterable[Record]) -> dict[str, Any]:
    """List models so that the SDKs of OpenAI and of Anthropic read them."""
    listed = [
        {
            "id": record["model_id"],
            "object": "model",
            "type": "model",
            "display_name": record["name"],
            "created": CREATED,
            "created_at": "2026-09-21T00:00:00Z",
            "owned_by": record["provider"]["slug"],
        }
        for record in records
    ]
    ends = {"first_id": listed[0]["id"], "last_id": listed[-1]["id"]} if listed else {}
    return {"object": "list", "data": listed, "has_more": False} | ends


def written(event: Event) -> bytes:
    """Write one server-sent event."""
    name, data = event
    text = data if isinstance(data, str) else json.dumps(data)
    return (f"event: {name}\n" if name else "").encode() + f"data: {text}\n\n".encode()


WHOLE: dict[str, Callable[[str, Mapping[str, Any]], dict[str, Any]]] = {
    "anthropic-messages": message,
    "openai-chat": completion,
    "openai-responses": response,
    "openai-embeddings": embeddings,
    "gemini-generate-content": generated,
}
PIECES: dict[str, Callable[[str, Mapping[str, Any]], Iterator[Event]]] = {
    "anthropic-messages": message_events,
    "openai-chat": completion_events,
    "openai-responses": response_events,
    "gemini-generate-content": generated_events,
}
