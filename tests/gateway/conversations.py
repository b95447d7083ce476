"""What was said so far, as each protocol lists it: turns, calls of tools, and what these found."""

from collections.abc import Iterator
from typing import Any

from catalog.records.record import Record
from gateway.blocks import (
    CACHE,
    DOCUMENT,
    PICTURES,
    SOUNDS,
    content_problems,
    file_problems,
    image_problems,
    is_web,
    unasked,
)
from gateway.specs import Spec, kind, maybe, nested, spec, unfit, unfit_each

_ROLES = ["developer", "system", "user", "assistant"]
_ID = maybe("id", type="string")
_STATUS = maybe("status", type="string", enum=["in_progress", "completed", "incomplete"])
_NAME = spec("name", type="string", min_length=1)
_ARGUMENTS = spec("arguments", type="string")
_CALL = nested("function", _NAME, _ARGUMENTS)
_SIGNED = maybe("extra_content", type="object")
_CALLS = {"type": "object", "properties": [spec("id", type="string"), kind("function"), _CALL, _SIGNED]}


def messages(record: Record, protocol: str, name: str, value: Any) -> list[str]:
    """Say what is wrong with the messages of anthropic-messages."""
    role = spec("role", type="string", enum=["user", "assistant"])
    found = unfit_each(name, value, role, spec("content"))
    for position, message in enumerate(value if not found else []):
        problems = content_problems(record, protocol, message["role"], message["content"])
        found += [f"{name}[{position}].content: {each}" for each in problems]
    return found or unasked(_steps_of_messages(value))


def _steps_of_messages(value: list[Any]) -> Iterator[tuple[str, Any]]:
    for message in value:
        for block in message["content"] if isinstance(message["content"], list) else []:
            if block["type"] == "tool_use":
                yield "called", block["id"]
            elif block["type"] == "tool_result":
                yield "found", block["tool_use_id"]


def system(record: Record, protocol: str, name: str, value: Any) -> list[str]:
    """Say what is wrong with the system of anthropic-messages: a text, or blocks of text."""
    if isinstance(value, str):
        return []
    if not isinstance(value, list):
        return [f"{name}: must be text or a list of blocks of text"]
    return unfit_each(name, value, kind("text"), spec("text", type="string"), CACHE)


_TURNS: dict[str, tuple[Spec, ...]] = {
    "assistant": (
        maybe("content"),
        maybe("refusal"),
        maybe("name", type="string"),
        maybe("tool_calls", type="array", min_items=1, items=_CALLS),
        maybe("annotations"),
        maybe("audio"),
        maybe("reasoning_content", type="string"),
    ),
    "tool": (spec("content"), spec("tool_call_id", type="string")),
}
"""Role -> the fields of its messages in openai-chat; all others have a content and may have a name."""


def chat(record: Record, protocol: str, name: str, value: Any) -> list[str]:
    """Say what is wrong with the messages of openai-chat."""
    if not isinstance(value, list) or not value:
        return [f"{name}: must be a list of messages, not empty"]
    found = []
    if "system_messages" in record["lacks"] and any(_role(each) in {"system", "developer"} for each in value):
        found.append(f"{name}: this model takes no system messages")
    for position, message in enumerate(value):
        where, role = f"{name}[{position}]", _role(message)
        fields = _TURNS.get(str(role), (spec("content"), maybe("name", type="string")))
        problems = unfit(where, message, spec("role", type="string", enum=[*_ROLES, "tool"]), *fields)
        found += problems
        if problems or (role == "assistant" and "tool_calls" in message and message.get("content") is None):
            continue
        wrong = content_problems(record, protocol, message["role"], message.get("content"))
        found += [f"{where}.content: {each}" for each in wrong]
    return found or unasked(_steps_of_chat(value))


def _role(message: Any) -> Any:
    return message.get("role") if isinstance(message, dict) else None


def _steps_of_chat(value: list[Any]) -> Iterator[tuple[str, Any]]:
    for message in value:
        for call in message.get("tool_calls", ()):
            yield "called", call["id"]
        if message["role"] == "tool":
            yield "found", message["tool_call_id"]


_ITEMS: dict[str, tuple[Spec, ...]] = {
    "message": (
        spec("role", type="string", enum=_ROLES),
        spec("content"),
        maybe("type", type="string"),
        *(_ID, _STATUS, maybe("phase")),
    ),
    "function_call": (
        *(kind("function_call"), spec("call_id", type="string"), _NAME, _ARGUMENTS),
        *(_ID, _STATUS, maybe("caller"), maybe("async", type="boolean"), maybe("namespace")),
    ),
    "function_call_output": (
        *(kind("function_call_output"), spec("call_id", type="string"), spec("output")),
        *(_ID, _STATUS, maybe("caller"), maybe("name"), maybe("namespace")),
    ),
    "reasoning": (
        *(kind("reasoning"), spec("id", type="string"), spec("summary", type="array")),
        *(_STATUS, maybe("content"), maybe("encrypted_content")),
    ),
}


def items(record: Record, protocol: str, name: str, value: Any) -> list[str]:
    """Say what is wrong with the input of openai-responses: a text, or items."""
    if isinstance(value, str):
        return [] if value else [f"{name}: must not be empty"]
    if not isinstance(value, list) or not value:
        return [f"{name}: must be text or a list of items, not empty"]
    found = []
    for position, item in enumerate(value):
        where = f"{name}[{position}]"
        named = item.get("type", "message") if isinstance(item, dict) else None
        if named not in list(_ITEMS):
            found.append(f"{where}: no item of this protocol: {item!r}")
        else:
            problems = unfit(where, item, *_ITEMS[named])
            found += problems or [f"{where}: {each}" for each in _held(record, protocol, named, item)]
    return found or unasked(_steps_of_items(value))


def _held(record: Record, protocol: str, named: str, item: dict[str, Any]) -> list[str]:
    if named == "message":
        return content_problems(record, protocol, item["role"], item["content"])
    if named == "function_call_output" and item["output"] != "":
        return content_problems(record, protocol, "user", item["output"])
    return []


def _steps_of_items(value: list[Any]) -> Iterator[tuple[str, Any]]:
    for item in value:
        if item.get("type") == "function_call":
            yield "called", item["call_id"]
        elif item.get("type") == "function_call_output":
            yield "found", item["call_id"]


_MIME = spec("mimeType", type="string", min_length=1)
_PARTS: dict[str, Spec] = {
    "text": spec("text", type="string"),
    "fileData": nested("fileData", spec("fileUri"), _MIME),
    "inlineData": nested("inlineData", spec("data"), spec("mimeType", enum=[*PICTURES, DOCUMENT, *SOUNDS])),
    "functionCall": nested("functionCall", _NAME, maybe("args", type="object"), _ID),
    "functionResponse": nested("functionResponse", _NAME, spec("response", type="object"), _ID),
}
_THOUGHT = (maybe("thought", type="boolean"), maybe("thoughtSignature", type="string"))


def contents(record: Record, protocol: str, name: str, value: Any) -> list[str]:
    """Say what is wrong with the contents of gemini-generate-content."""
    role = maybe("role", type="string", enum=["user", "model", "tool", "function"])
    found = unfit_each(name, value, role, spec("parts", type="array", min_items=1))
    for part in [part for entry in value for part in entry["parts"]] if not found else []:
        found += [f"{name}: {each}" for each in _part(record, part)]
    return found or unasked(_steps_of_contents(value))


def instruction(record: Record, protocol: str, name: str, value: Any) -> list[str]:
    """Say what is wrong with the systemInstruction of gemini-generate-content: parts of text."""
    items = {"type": "object", "properties": [_PARTS["text"]]}
    return unfit(name, value, maybe("role", type="string"), spec("parts", type="array", items=items))


def _part(record: Record, part: Any) -> list[str]:
    kinds = [name for name in _PARTS if isinstance(part, dict) and name in part]
    if len(kinds) != 1:
        return [f"neither text nor a file, a call or its answer: {part!r}"]
    found = unfit(kinds[0], part, _PARTS[kinds[0]], *_THOUGHT)
    if not found and kinds[0] == "fileData":
        found = image_problems(record, is_web(part["fileData"]["fileUri"]))
    elif not found and kinds[0] == "inlineData":
        found = file_problems(record, part["inlineData"]["mimeType"], part["inlineData"]["data"])
    return found


def _steps_of_contents(value: list[Any]) -> Iterator[tuple[str, Any]]:
    for part in [part for entry in value for part in entry["parts"]]:
        if "functionCall" in part:
            yield "called", part["functionCall"]["name"]
        elif "functionResponse" in part:
            yield "found", part["functionResponse"]["name"]
