"""The fields of each protocol are those of the SDKs, of the types that these state, and have a meaning."""

import inspect
import re
import types
from typing import Any, Literal, Required, Union, get_args, get_origin, get_type_hints

import pytest

import needs
from catalog.snippets.protocols import LENGTHS, PROTOCOL_FIELDS

TYPES = {
    "anthropic-messages": ("anthropic.types.message_create_params", "MessageCreateParamsNonStreaming"),
    "openai-chat": ("openai.types.chat.completion_create_params", "CompletionCreateParamsNonStreaming"),
    "openai-responses": ("openai.types.responses.response_create_params", "ResponseCreateParamsNonStreaming"),
    "openai-embeddings": ("openai.types.embedding_create_params", "EmbeddingCreateParams"),
}
HEADERS = {"user_profile_id", "workspace_id"}
"""What the SDK of Anthropic takes beside the fields of the body, and sends as headers."""
PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


def kinds(hint: Any) -> set[str]:
    """Name the JSON types of a type hint, null left out."""
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        return {kind for each in get_args(hint) for kind in kinds(each)}
    if origin is Required:
        return kinds(get_args(hint)[0])
    if origin is Literal:
        return {PLAIN[type(value)] for value in get_args(hint)}
    if hint is type(None):
        return set()
    if hint in PLAIN:
        return {PLAIN[hint]}
    return {"object"} if hasattr(hint, "__total__") or origin is dict else {"array"}


@pytest.mark.slow
@pytest.mark.parametrize("protocol", TYPES)
def test_the_fields_and_their_types_are_those_of_the_sdk(protocol: str) -> None:
    module, name = TYPES[protocol]
    hints = get_type_hints(getattr(needs.client(module), name), include_extras=True)
    stated = {name: kinds(hint) for name, hint in hints.items() if name not in HEADERS}
    known = {name: field.kind for name, field in PROTOCOL_FIELDS[protocol].items()}
    assert known == {name: next(iter(found)) if len(found) == 1 else None for name, found in stated.items()}


@pytest.mark.slow
def test_the_fields_of_google_are_among_those_that_its_sdk_writes() -> None:
    source = inspect.getsource(needs.client("google.genai.models"))
    written = set(re.findall(r"setv\(\s*(?:to|parent)_object,\s*\['(\w+)'", source))
    assert PROTOCOL_FIELDS["gemini-generate-content"].keys() <= written


def test_each_field_has_a_meaning_of_one_sentence() -> None:
    for protocol, fields in PROTOCOL_FIELDS.items():
        for name, field in fields.items():
            assert re.fullmatch(r"[A-Z][^.]+\.", field.meaning), (protocol, name)
    assert {name for fields in PROTOCOL_FIELDS.values() for name in fields} > {*LENGTHS}
