"""What each protocol's fields look like inside: messages, tools, images and forms of answers."""

from collections.abc import Callable, Mapping
from typing import Any

from catalog.record import Record
from catalog.snippets.constraints import misfits, parameter
from catalog.snippets.options import IMAGE, OPTIONS

_KINDS: dict[str, type | tuple[type, ...]] = {"text": str, "object": dict, "number": int}
_CACHE = ("cache_control", {"type": "ephemeral"})
_BREAKPOINT = ("prompt_cache_breakpoint", {"mode": "explicit"})
_ROLES = {
    "anthropic-messages": ["user", "assistant"],
    "openai-chat": ["developer", "system", "user", "assistant"],
    "openai-responses": ["developer", "system", "user", "assistant"],
}


def shape_problems(record: Record, protocol: str, body: Mapping[str, Any]) -> list[str]:
    """List what is wrong inside the fields of a body; whether a model takes a field is asked elsewhere."""
    found = []
    for name, check in _CHECKS.get(protocol, {}).items():
        if name in body:
            found += check(record, protocol, name, body[name])
    return found


def _spec(name: str, **known: Any) -> dict[str, Any]:
    return {"name": name, "required": True, **known}


def _object(name: str, *properties: dict[str, Any]) -> dict[str, Any]:
    return _spec(name, type="object", properties=list(properties))


def _all(name: str, *properties: dict[str, Any]) -> Any:
    items = {"type": "object", "properties": list(properties)}
    return parameter(name, "array", min_items=1, items=items)


def _messages(record: Record, protocol: str, name: str, value: Any) -> list[str]:
    if protocol == "openai-responses" and isinstance(value, str):
        return [] if value else [f"{name}: must not be empty"]
    role = _spec("role", type="string", enum=_ROLES[protocol])
    found = misfits(_all(name, role, _spec("content")), value)
    for position, message in enumerate(value if isinstance(value, list) else []):
        content = message.get("content") if isinstance(message, dict) else None
        where = f"{name}[{position}].content"
        if isinstance(content, str) and content:
            continue
        if not isinstance(content, list) or not content:
            found.append(f"{where}: must be text or a list of blocks")
            continue
        found += [f"{where}: {each}" for block in content for each in _block(record, protocol, block)]
    return found


def _block(record: Record, protocol: str, block: Any) -> list[str]:
    """Say what is wrong with one block of a message: text, or an image where the model sees."""
    if not isinstance(block, dict):
        return ["a block must be an object"]
    block = {name: value for name, value in block.items() if (name, value) not in (_CACHE, _BREAKPOINT)}
    images = {
        "anthropic-messages": lambda: block == {"type": "image", "source": _source(block, "url")},
        "openai-chat": lambda: block == {"type": "image_url", "image_url": {"url": _url(block, "image_url")}},
        "openai-responses": lambda: (
            block == {"type": "input_image", "image_url": _web(block.get("image_url")), "detail": "auto"}
        ),
    }
    kind = {"openai-responses": "input_text"}.get(protocol, "text")
    if block.keys() == {"type", "text"} and block["type"] == kind and isinstance(block["text"], str):
        return []
    if not images[protocol]():
        return [f"no block of this protocol: {block!r}"]
    can = OPTIONS[IMAGE].can
    return [] if can and can(record) else ["this model takes no images"]


def _web(address: Any) -> str:
    """Give an address that a gateway could fetch, or one that equals nothing."""
    return address if isinstance(address, str) and address.startswith("https://") else "\0"


def _url(block: Mapping[str, Any], name: str) -> str:
    inside = block.get(name)
    return _web(inside.get("url") if isinstance(inside, dict) else None)


def _source(block: Mapping[str, Any], kind: str) -> dict[str, str]:
    return {"type": kind, "url": _url(block, "source")}


def _contents(record: Record, protocol: str, name: str, value: Any) -> list[str]:
    role = {"name": "role", "type": "string", "enum": ["user", "model"]}
    found = misfits(_all(name, role, _spec("parts", type="array", min_items=1)), value)
    can = OPTIONS[IMAGE].can
    for part in [part for entry in value for part in entry["parts"]] if not found else []:
        file = part.get("fileData", {}) if isinstance(part, dict) else {}
        if isinstance(part, dict) and part.keys() == {"text"} and isinstance(part["text"], str):
            continue
        if file.keys() != {"fileUri", "mimeType"} or _web(file["fileUri"]) == "\0":
            found.append(f"{name}: neither text nor a file: {part!r}")
        elif not (can and can(record)):
            found.append(f"{name}: this model takes no images")
    return found


_NAMES = (_spec("name", type="string", min_length=1), _spec("description", type="string"))


def _of_lists(*properties: dict[str, Any]) -> Callable[[Record, str, str, Any], list[str]]:
    return lambda record, protocol, name, value: misfits(_all(name, *properties), value)


def _of(*properties: dict[str, Any]) -> Callable[[Record, str, str, Any], list[str]]:
    spec = {"properties": list(properties)}
    return lambda record, protocol, name, value: misfits(parameter(name, "object", items=spec), value)


def _kind(value: str) -> dict[str, Any]:
    return _spec("type", type="string", enum=[value])


_SCHEMA = _spec("schema", type="object")
_NAMED = (_spec("name", type="string"), _spec("strict", type="boolean"), _SCHEMA)
_EFFORTS = ["minimal", "low", "medium", "high", "xhigh", "max", "none"]
_THINKING = {
    "name": "thinkingConfig",
    "type": "object",
    "properties": [_spec("includeThoughts", type="boolean")],
}
_CHECKS: dict[str, dict[str, Callable[[Record, str, str, Any], list[str]]]] = {
    "anthropic-messages": {
        "messages": _messages,
        "tools": _of_lists(*_NAMES, _spec("input_schema", type="object")),
        "system": _of_lists(
            _kind("text"), _spec("text", type="string"), _object("cache_control", _kind("ephemeral"))
        ),
        "thinking": _of(_kind("enabled"), _spec("budget_tokens", type="integer", minimum=1024)),
        "output_config": _of(_object("format", _kind("json_schema"), _SCHEMA)),
    },
    "openai-chat": {
        "messages": _messages,
        "tools": _of_lists(
            _kind("function"), _object("function", *_NAMES, _spec("parameters", type="object"))
        ),
        "response_format": _of(_kind("json_schema"), _object("json_schema", *_NAMED)),
        "reasoning_effort": lambda record, protocol, name, value: misfits(
            parameter(name, "string", enum=_EFFORTS), value
        ),
    },
    "openai-responses": {
        "input": _messages,
        "tools": _of_lists(
            _kind("function"), *_NAMES, _spec("parameters", type="object"), _spec("strict", type="boolean")
        ),
        "text": _of(_object("format", _kind("json_schema"), *_NAMED)),
        "reasoning": _of(_spec("effort", type="string", enum=_EFFORTS)),
    },
    "gemini-generate-content": {
        "contents": _contents,
        "tools": _of_lists(
            _spec(
                "functionDeclarations",
                type="array",
                min_items=1,
                items={"type": "object", "properties": [*_NAMES, _spec("parameters", type="object")]},
            )
        ),
        "generationConfig": _of(
            {"name": "responseMimeType", "type": "string", "enum": ["application/json"]},
            {"name": "responseJsonSchema", "type": "object"},
            _THINKING,
        ),
    },
}
"""Protocol -> field -> what it must look like inside, by the types of the official SDKs."""
