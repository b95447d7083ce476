"""Answers in openai-chat, whole and in pieces, in the shapes that its SDK reads."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from gateway.answers import ARGUMENTS, CREATED, Event, cuts, spoken, words
from gateway.vendor_rules import beside_a_call

USAGE = {"prompt_tokens": 12, "completion_tokens": 8, "total_tokens": 20}


def whole(model_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer at once."""
    call = _call(body)
    message: dict[str, Any] = {"role": "assistant", "content": None, "refusal": None}
    beside, within = beside_a_call(model_id)
    message |= {"tool_calls": [call | within], **beside} if call else {"content": spoken(model_id, body)}
    ended = {"logprobs": None, "finish_reason": "tool_calls" if call else "stop"}
    return {
        "id": "chatcmpl-01",
        "object": "chat.completion",
        "created": CREATED,
        "model": model_id,
        "choices": [{"index": 0, "message": message, **ended}],
        "usage": USAGE,
    }


def events(model_id: str, body: Mapping[str, Any]) -> Iterator[Event]:
    """Answer piece by piece; where that is asked for, a last piece without choices says what was used."""
    call = _call(body)
    is_told = (body.get("stream_options") or {}).get("include_usage", False)
    chunk: dict[str, Any] = {
        "id": "chatcmpl-01",
        "object": "chat.completion.chunk",
        "created": CREATED,
        "model": model_id,
        **({"usage": None} if is_told else {}),
    }
    for delta in _call_deltas(call) if call else _text_deltas(spoken(model_id, body)):
        yield None, chunk | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    ended = {"index": 0, "delta": {}, "finish_reason": "tool_calls" if call else "stop"}
    yield None, chunk | {"choices": [ended]}
    if is_told:
        yield None, chunk | {"choices": [], "usage": USAGE}
    yield None, "[DONE]"


def _text_deltas(text: str) -> Iterator[dict[str, Any]]:
    yield {"role": "assistant", "content": ""}
    for word in words(text):
        yield {"content": word}


def _call_deltas(call: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Begin a call by its name, then bring its arguments bit by bit."""
    begun = {"index": 0, **call, "function": call["function"] | {"arguments": ""}}
    yield {"role": "assistant", "content": None, "tool_calls": [begun]}
    for piece in cuts(call["function"]["arguments"]):
        yield {"tool_calls": [{"index": 0, "function": {"arguments": piece}}]}


def _call(body: Mapping[str, Any]) -> dict[str, Any] | None:
    """Call the first tool, unless the last thing said is what a tool found: then the answer is text."""
    if not body.get("tools") or body["messages"][-1]["role"] == "tool":
        return None
    called = {"name": body["tools"][0]["function"]["name"], "arguments": json.dumps(ARGUMENTS)}
    return {"id": "call_01", "type": "function", "function": called}
