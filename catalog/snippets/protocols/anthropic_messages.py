"""Anthropic's Messages API."""

from catalog.snippets import sample_values as known
from catalog.snippets.attached import Attached
from catalog.snippets.constraints import parameter
from catalog.snippets.option_bodies import (
    CALL_ID,
    EFFORT,
    FACTS,
    INVOICE,
    ORDER,
    RECEIPT,
    STREAM,
    STRICT,
    TOOLS_FIELD,
    called,
    schema,
    turns,
    user,
)
from catalog.snippets.protocol import (
    CACHING,
    CONVERSATION,
    COUNT,
    IMAGE,
    IMAGE_FILE,
    PDF,
    STREAMING,
    STRUCTURED,
    THINKING,
    TOOL_RESULT,
    TOOLS,
    Dialect,
    Elsewhere,
    Field,
    Form,
)
from catalog.snippets.sdk_code import anthropic as sdk_code

_TOOLS = [called(input_schema=schema(str, ORDER))]
_CALL = {"type": "tool_use", "id": CALL_ID, "name": known.TOOL, "input": known.TOOL_ARGUMENTS}
_RESULT = {"type": "tool_result", "tool_use_id": CALL_ID, "content": known.TOOL_RESULT}


def _about(kind: str, source: dict[str, str], prompt: str) -> Form:
    """Return a prompt about a file."""
    return Form({"messages": user([{"type": kind, "source": source}, {"type": "text", "text": prompt}])})


def _base64(file: str, kind: str) -> dict[str, str]:
    return {"type": "base64", "media_type": kind, "data": Attached(file)}


_FORMS = {
    STREAMING: STREAM,
    CONVERSATION: Form({"system": known.SYSTEM, "messages": turns()}),
    TOOLS: Form({"messages": user(known.TOOL_PROMPT), "tools": _TOOLS}, TOOLS_FIELD),
    TOOL_RESULT: Form(
        {
            "messages": [
                *user(known.TOOL_PROMPT),
                {"role": "assistant", "content": [_CALL]},
                *user([_RESULT]),
            ],
            "tools": _TOOLS,
        },
        TOOLS_FIELD,
    ),
    IMAGE: _about("image", {"type": "url", "url": known.PHOTO}, known.IMAGE_PROMPT),
    IMAGE_FILE: _about("image", _base64(RECEIPT, "image/png"), known.RECEIPT_PROMPT),
    PDF: _about("document", _base64(INVOICE, "application/pdf"), known.INVOICE_PROMPT),
    STRUCTURED: Form(
        {
            "messages": user(known.EXTRACT_PROMPT),
            "output_config": {"format": {"type": "json_schema", "schema": schema(str, FACTS) | STRICT}},
        },
        parameter("output_config", "object"),
    ),
    CACHING: Form(
        {"system": [{"type": "text", "text": known.HANDBOOK, "cache_control": {"type": "ephemeral"}}]},
        # A text, or blocks of which one is marked: no single type.
        parameter("system", None),
    ),
    # The budget counts towards the longest output and is at least 1024 tokens (types of anthropic 2.12.0).
    THINKING: Form(
        {"max_tokens": 4096, "thinking": {"type": "enabled", "budget_tokens": 2048}},
        parameter("thinking", "object"),
        recorded=EFFORT,
        without="thinking_budget",
        instead=Form(
            {"max_tokens": 4096, "thinking": {"type": "adaptive"}},
            parameter("thinking", "object"),
            needs="adaptive_thinking",
            recorded=EFFORT,
        ),
    ),
    COUNT: Form({"messages": turns()}),
}
_NAMED = {
    "cache_control": Field("object", "Caches the prompt up to its last cacheable block."),
    "container": Field(None, "ID of a code container of an earlier request to use again."),
    "diagnostics": Field("object", "Asks for the reason of a prompt-cache miss against an earlier message."),
    "inference_geo": Field("string", "Region where the request is processed."),
    "max_tokens": Field(
        "integer", "Upper limit of generated tokens, thinking included; the answer may stop earlier."
    ),
    "messages": Field("array", "The conversation so far, as user and assistant turns."),
    "metadata": Field("object", "Data about the request, such as an opaque user_id."),
    "model": Field("string", "ID of the model that answers."),
    "output_config": Field("object", "How the answer is shaped: output format and effort."),
    "service_tier": Field("string", "Whether priority capacity may be used (auto) or only standard."),
    "speed": Field("string", "The value fast asks for faster output, where the model offers it."),
    "stop_sequences": Field(
        "array", "Texts at which the answer ends; the matching one is named in stop_sequence."
    ),
    "stream": Field("boolean", "Whether the answer comes piece by piece, as server-sent events."),
    "system": Field(None, "Instructions and context that hold for the whole conversation."),
    "thinking": Field(
        "object", "Switches thinking: adaptive, disabled, or enabled with budget_tokens (1,024 or more)."
    ),
    "tool_choice": Field(
        "object", "Whether the model decides on tools (auto), must use any or one named tool, or none."
    ),
    "tools": Field("array", "Tools the model may ask to have run, each with a JSON Schema of its input."),
}

DIALECT = Dialect(
    "anthropic-messages",
    calls=("/messages",),
    fields=(
        parameter("model", "string", required=True),
        parameter("max_tokens", "integer", required=True, minimum="1"),
        parameter("messages", "array", required=True, min_items=1),
    ),
    given=lambda: {"messages": user(known.CHAT_PROMPT)},
    action="message",
    named=_NAMED,
    forms=_FORMS,
    counting="/count_tokens",
    uncounted=("max_tokens",),
    sdk_path="/v1/messages",
    python=sdk_code.PYTHON,
    javascript=sdk_code.JAVASCRIPT,
    usage="anthropic",
    elsewhere=Elsewhere("anthropic", "chat", "@ai-sdk/anthropic"),
)
