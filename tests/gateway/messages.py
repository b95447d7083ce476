"""Answers in anthropic-messages, whole and in pieces, in the shapes that its SDK reads."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from gateway.answers import ARGUMENTS, READ, THOUGHT, WRITTEN, Event, cuts, spoken, words

SIGNATURE = "c2lnbmVk"


def whole(model_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer at once."""
    content = _content(model_id, body)
    return {
        "id": "msg_01",
        "type": "message",
        "role": "assistant",
        "model": model_id,
        "content": content,
        "stop_reason": "tool_use" if content[-1]["type"] == "tool_use" else "end_turn",
        "stop_sequence": None,
        "usage": _usage(body),
    }


def events(model_id: str, body: Mapping[str, Any]) -> Iterator[Event]:
    """Answer piece by piece."""
    ended = whole(model_id, body)
    opened = ended | {"content": [], "stop_reason": None, "usage": ended["usage"] | {"output_tokens": 1}}
    found: list[dict[str, Any]] = [{"type": "message_start", "message": opened}]
    for index, block in enumerate(ended["content"]):
        begun, deltas = _pieces(block)
        found.append({"type": "content_block_start", "index": index, "content_block": begun})
        found += [{"type": "ping"}] * (index == 0)
        found += [{"type": "content_block_delta", "index": index, "delta": delta} for delta in deltas]
        found.append({"type": "content_block_stop", "index": index})
    delta = {"stop_reason": ended["stop_reason"], "stop_sequence": None}
    found += [{"type": "message_delta", "delta": delta, "usage": ended["usage"]}, {"type": "message_stop"}]
    return ((event["type"], event) for event in found)


def _pieces(block: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Give a block as it begins, and what is then added to it."""
    if block["type"] == "tool_use":
        parts = ["", *cuts(json.dumps(block["input"]))]
        added = [{"type": "input_json_delta", "partial_json": part} for part in parts]
        return {**block, "input": {}}, added
    if block["type"] == "thinking":
        added = [{"type": "thinking_delta", "thinking": word} for word in words(block["thinking"])]
        signed = {"type": "signature_delta", "signature": block["signature"]}
        return {**block, "thinking": "", "signature": ""}, [*added, signed]
    return {**block, "text": ""}, [{"type": "text_delta", "text": word} for word in words(block["text"])]


def _content(model_id: str, body: Mapping[str, Any]) -> list[dict[str, Any]]:
    blocks = [{"type": "thinking", "thinking": THOUGHT, "signature": SIGNATURE}] * _thinks(body)
    if body.get("tools") and not _is_told(body):
        called = {"id": "toolu_01", "name": body["tools"][0]["name"], "input": ARGUMENTS}
        return [*blocks, {"type": "tool_use", **called}]
    return [*blocks, {"type": "text", "text": spoken(model_id, body)}]


def _thinks(body: Mapping[str, Any]) -> bool:
    thinks = (body.get("thinking") or {"type": "disabled"})["type"] != "disabled"
    return thinks or "reasoning_effort" in body


def _is_told(body: Mapping[str, Any]) -> bool:
    """Say whether the last thing said is what a tool found: then the answer is text."""
    content = body["messages"][-1]["content"]
    return isinstance(content, list) and any(block["type"] == "tool_result" for block in content)


def _usage(body: Mapping[str, Any]) -> dict[str, int]:
    system = body.get("system")
    caches = isinstance(system, list) and any("cache_control" in block for block in system)
    cached = {"cache_creation_input_tokens": WRITTEN, "cache_read_input_tokens": READ}
    return {"input_tokens": 12, "output_tokens": 8} | (cached if caches else {})
