"""What each protocol's fields look like inside: messages, tools and forms of answers."""

from collections.abc import Callable, Mapping
from typing import Any

from catalog.record import Record
from catalog.snippets.constraints import misfits, parameter
from catalog.snippets.options import CACHING, OPTIONS
from gateway import conversations
from gateway.specs import Spec, kind, maybe, nested, spec, unfit, unfit_each

Check = Callable[[Record, str, str, Any], list[str]]
SAID = {
    "anthropic-messages": {"system"},
    "openai-responses": {"instructions"},
    "gemini-generate-content": {"systemInstruction"},
}
"""Protocol -> fields that are no parameters of a model: what is said to it before all else."""


def shape_problems(record: Record, protocol: str, body: Mapping[str, Any]) -> list[str]:
    """List what is wrong inside the fields of a body; whether a model takes a field is asked elsewhere."""
    found = []
    for name, check in _CHECKS.get(protocol, {}).items():
        if name in body:
            found += check(record, protocol, name, body[name])
    return found


def _of_lists(*properties: Spec) -> Check:
    return lambda record, protocol, name, value: unfit_each(name, value, *properties)


def _of(*properties: Spec) -> Check:
    return lambda record, protocol, name, value: unfit(name, value, *properties)


def _text(**known: Any) -> Check:
    return lambda record, protocol, name, value: misfits(parameter(name, "string", **known), value)


def _system(record: Record, protocol: str, name: str, value: Any) -> list[str]:
    """Read the system, of which only a model that caches keeps something."""
    found = conversations.system(record, protocol, name, value)
    keeps = not found and isinstance(value, list) and any("cache_control" in block for block in value)
    can = OPTIONS[CACHING].can
    if keeps and not (can and can(record)):
        found.append(f"{name}: this model caches no prompts")
    return found


def _embedded(record: Record, protocol: str, name: str, value: Any) -> list[str]:
    """Read what is embedded: a text, a list of texts, a list of tokens, or several such lists."""
    several = value if isinstance(value, list) else [value]
    if not several or "" in several or [] in several:
        return [f"{name}: must not be empty"]
    is_text = all(isinstance(each, str) for each in several)
    lists = [several] if isinstance(value, list) and not isinstance(several[0], list) else several
    is_tokens = all(isinstance(each, list) and all(type(token) is int for token in each) for each in lists)
    return [] if is_text or is_tokens else [f"{name}: must be text, tokens or a list of either"]


_NAMES = (spec("name", type="string", min_length=1), maybe("description", type="string"))
_SCHEMA = spec("schema", type="object")
_NAMED = (spec("name", type="string"), maybe("strict", type="boolean"), _SCHEMA)
_PARAMETERS = spec("parameters", type="object")
_EFFORTS = ["minimal", "low", "medium", "high", "xhigh", "max", "none"]
_CHECKS: dict[str, dict[str, Check]] = {
    "anthropic-messages": {
        "messages": conversations.messages,
        "tools": _of_lists(*_NAMES, spec("input_schema", type="object")),
        "system": _system,
        "thinking": _of(kind("enabled"), spec("budget_tokens", type="integer", minimum=1024)),
        "output_config": _of(nested("format", kind("json_schema"), _SCHEMA)),
    },
    "openai-chat": {
        "messages": conversations.chat,
        "tools": _of_lists(kind("function"), nested("function", *_NAMES, _PARAMETERS)),
        "response_format": _of(kind("json_schema"), nested("json_schema", *_NAMED)),
        "reasoning_effort": _text(enum=_EFFORTS),
    },
    "openai-responses": {
        "input": conversations.items,
        "instructions": _text(),
        "tools": _of_lists(kind("function"), *_NAMES, _PARAMETERS, maybe("strict", type="boolean")),
        "text": _of(nested("format", kind("json_schema"), *_NAMED)),
        "reasoning": _of(spec("effort", type="string", enum=_EFFORTS)),
    },
    "openai-embeddings": {"input": _embedded},
    "gemini-generate-content": {
        "contents": conversations.contents,
        "systemInstruction": conversations.instruction,
        "tools": _of_lists(
            spec(
                "functionDeclarations",
                type="array",
                min_items=1,
                items={"type": "object", "properties": [*_NAMES, _PARAMETERS]},
            )
        ),
        "generationConfig": _of(
            maybe("responseMimeType", type="string", enum=["application/json"]),
            maybe("responseJsonSchema", type="object"),
            maybe("thinkingConfig", type="object", properties=[spec("includeThoughts", type="boolean")]),
        ),
    },
}
"""Protocol -> field -> what it must look like inside, by the types of the official SDKs."""
