"""What each protocol's fields look like inside: messages, tools and forms of answers."""

from collections.abc import Callable, Mapping
from typing import Any

from catalog.records.record import Record
from catalog.snippets.constraints import parameter
from catalog.snippets.misfits import misfits
from gateway import conversations
from gateway.specs import Spec, kind, maybe, nested, spec, unfit, unfit_each

Check = Callable[[Record, str, str, Any], list[str]]
ASKED = {"messages", "input", "contents"}
"""Fields that may not be null: without them nothing is asked."""


def shape_problems(record: Record, protocol: str, body: Mapping[str, Any]) -> list[str]:
    """List what is wrong inside the fields of a body; whether a model takes a field is asked elsewhere."""
    found = []
    for name, check in _CHECKS.get(protocol, {}).items():
        if name in body and (body[name] is not None or name in ASKED):
            found += check(record, protocol, name, body[name])
    return found


def _of_lists(*properties: Spec) -> Check:
    return lambda record, protocol, name, value: unfit_each(name, value, *properties)


def _of(*properties: Spec) -> Check:
    return lambda record, protocol, name, value: unfit(name, value, *properties)


def _text(**known: Any) -> Check:
    return lambda record, protocol, name, value: misfits(parameter(name, "string", **known), value)


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
_SOME = ["low", "medium", "high"]
_SUMMED = maybe("summary", type="string", enum=["auto", "concise", "detailed"])
_PADDED = maybe("include_obfuscation", type="boolean")
_THINKING = {
    "enabled": (spec("budget_tokens", type="integer", minimum=1024),),
    "adaptive": (),
    "disabled": (),
}


def _thinking(record: Record, protocol: str, name: str, value: Any) -> list[str]:
    """Read how a model of anthropic-messages is to think, in one of three ways."""
    named = value.get("type") if isinstance(value, dict) else None
    shown = maybe("display", type="string", enum=["summarized", "omitted"])
    fields = (*_THINKING.get(str(named), ()), *[shown] * (named != "disabled"))
    return unfit(name, value, spec("type", type="string", enum=[*_THINKING]), *fields)


def _answer_form(record: Record, protocol: str, name: str, value: Any) -> list[str]:
    """Read the form of an answer in openai-chat: of a schema alone something more is told."""
    named = value.get("type") if isinstance(value, dict) else None
    schema = [nested("json_schema", *_NAMED)] * (named == "json_schema")
    return unfit(
        name, value, spec("type", type="string", enum=["text", "json_object", "json_schema"]), *schema
    )


_CHECKS: dict[str, dict[str, Check]] = {
    "anthropic-messages": {
        "messages": conversations.messages,
        "tools": _of_lists(*_NAMES, spec("input_schema", type="object")),
        "system": conversations.system,
        "thinking": _thinking,
        "output_config": _of(
            {**nested("format", kind("json_schema"), _SCHEMA), "required": False},
            maybe("effort", type="string", enum=[*_SOME, "xhigh", "max"]),
        ),
    },
    "openai-chat": {
        "messages": conversations.chat,
        "tools": _of_lists(kind("function"), nested("function", *_NAMES, _PARAMETERS)),
        "response_format": _answer_form,
        "reasoning_effort": _text(enum=_EFFORTS),
        "stream_options": _of(maybe("include_usage", type="boolean"), _PADDED),
    },
    "openai-responses": {
        "input": conversations.items,
        "instructions": _text(),
        "tools": _of_lists(kind("function"), *_NAMES, _PARAMETERS, maybe("strict", type="boolean")),
        "text": _of(
            {**nested("format", kind("json_schema"), *_NAMED), "required": False},
            maybe("verbosity", type="string", enum=_SOME),
        ),
        "reasoning": _of(maybe("effort", type="string", enum=_EFFORTS), _SUMMED),
        "stream_options": _of(_PADDED),
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
            maybe("responseMimeType", type="string", enum=["application/json", "text/plain"]),
            maybe("responseJsonSchema", type="object"),
            maybe("responseSchema", type="object"),
            *(maybe(name, type="number") for name in ("temperature", "topP", "topK")),
            *(maybe(name, type="number") for name in ("presencePenalty", "frequencyPenalty")),
            *(maybe(name, type="integer", minimum=1) for name in ("candidateCount", "maxOutputTokens")),
            maybe("seed", type="integer"),
            maybe("stopSequences", type="array", items={"type": "string"}),
            maybe("thinkingConfig", type="object", properties=[spec("includeThoughts", type="boolean")]),
        ),
    },
}
"""Protocol -> field -> what it must look like inside, by the types of the official SDKs."""
