"""Answers in openai-responses, whole and in pieces, in the shapes that its SDK reads."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from gateway.answers import ARGUMENTS, CREATED, Event, cuts, spoken, words


def whole(model_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer at once."""
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
    if body.get("tools") and not _is_told(body):
        called = {"name": body["tools"][0]["name"], "arguments": json.dumps(ARGUMENTS)}
        return {"id": "fc_01", "call_id": "call_01", "type": "function_call", "status": "completed", **called}
    part = {"type": "output_text", "text": spoken(model_id, body), "annotations": []}
    return {
        "id": "msg_01",
        "type": "message",
        "role": "assistant",
        "status": "completed",
        "content": [part],
    }


def _is_told(body: Mapping[str, Any]) -> bool:
    """Say whether the last thing said is what a tool found: then the answer is text."""
    given = body["input"]
    return isinstance(given, list) and given[-1].get("type") == "function_call_output"


def events(model_id: str, body: Mapping[str, Any]) -> Iterator[Event]:
    """Answer piece by piece."""
    item = _output(model_id, body)
    started = {"response": _response(model_id, "in_progress", [])}
    begun, pieces = (_call_pieces if item["type"] == "function_call" else _text_pieces)(item)
    found: list[tuple[str, dict[str, Any]]] = [
        ("response.created", started),
        ("response.in_progress", started),
        ("response.output_item.added", {"output_index": 0, "item": begun | {"status": "in_progress"}}),
        *pieces,
        ("response.output_item.done", {"output_index": 0, "item": item}),
        ("response.completed", {"response": whole(model_id, body)}),
    ]
    for number, (name, held) in enumerate(found):
        yield name, {"type": name, "sequence_number": number} | held


def _call_pieces(item: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]:
    """Give a call as it begins, and the events that bring its arguments."""
    at = {"output_index": 0, "item_id": item["id"]}
    name, arguments = "response.function_call_arguments", item["arguments"]
    pieces: list[tuple[str, dict[str, Any]]] = [
        (f"{name}.delta", at | {"delta": piece}) for piece in cuts(arguments)
    ]
    done = (f"{name}.done", at | {"name": item["name"], "arguments": arguments})
    return item | {"arguments": ""}, [*pieces, done]


def _text_pieces(item: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]:
    """Give a message as it begins, and the events that bring its text."""
    part = item["content"][0]
    at = {"output_index": 0, "item_id": item["id"], "content_index": 0}
    pieces = [
        ("response.output_text.delta", at | {"delta": word, "logprobs": []}) for word in words(part["text"])
    ]
    return item | {"content": []}, [
        ("response.content_part.added", at | {"part": part | {"text": ""}}),
        *pieces,
        ("response.output_text.done", at | {"text": part["text"], "logprobs": []}),
        ("response.content_part.done", at | {"part": part}),
    ]
