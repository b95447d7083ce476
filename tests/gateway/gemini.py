"""Answers in gemini-generate-content, whole and in pieces, in the shapes that its SDK reads."""

from collections.abc import Iterator, Mapping
from typing import Any

from gateway.answers import ARGUMENTS, THOUGHT, Event, spoken, words

SIGNATURE = "c2lnbmVk"


def whole(model_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer at once."""
    call = _call(body)
    if call:
        return _answer(model_id, [call], "STOP")
    return _answer(model_id, [*_thoughts(body, [THOUGHT]), {"text": spoken(model_id, body)}], "STOP")


def events(model_id: str, body: Mapping[str, Any]) -> Iterator[Event]:
    """Answer piece by piece."""
    call = _call(body)
    parts = [*_thoughts(body, words(THOUGHT)), *({"text": word} for word in words(spoken(model_id, body)))]
    *first, last = [call] if call else parts
    for part in first:
        yield None, _answer(model_id, [part], None)
    yield None, _answer(model_id, [last], "STOP")


def _thoughts(body: Mapping[str, Any], texts: list[str]) -> list[dict[str, Any]]:
    thinks = "thinkingConfig" in (body.get("generationConfig") or {})
    return [{"text": text, "thought": True} for text in texts if thinks]


def _call(body: Mapping[str, Any]) -> dict[str, Any] | None:
    """Call the first tool, unless the last thing said is what a tool found: then the answer is text."""
    if not body.get("tools") or any("functionResponse" in part for part in body["contents"][-1]["parts"]):
        return None
    name = body["tools"][0]["functionDeclarations"][0]["name"]
    return {"functionCall": {"name": name, "args": ARGUMENTS}, "thoughtSignature": SIGNATURE}


def _answer(model_id: str, parts: list[dict[str, Any]], finish: str | None) -> dict[str, Any]:
    candidate = {"index": 0, "content": {"role": "model", "parts": parts}}
    return {
        "candidates": [candidate | ({"finishReason": finish} if finish else {})],
        "usageMetadata": {"promptTokenCount": 12, "candidatesTokenCount": 8, "totalTokenCount": 20},
        "modelVersion": model_id,
        "responseId": "resp-01",
    }
