"""Google's generateContent, which streams at another address."""

import re
from typing import Any

from catalog.snippets import sample_values as known
from catalog.snippets.attached import Attached
from catalog.snippets.constraints import parameter
from catalog.snippets.option_bodies import (
    FACTS,
    INVOICE,
    ORDER,
    RECEIPT,
    TOOLS_FIELD,
    UNSIGNED,
    VOICEMAIL,
    Body,
    called,
    schema,
)
from catalog.snippets.protocol import (
    AUDIO,
    CONVERSATION,
    IMAGE,
    IMAGE_FILE,
    PDF,
    STRUCTURED,
    THINKING,
    TOOL_RESULT,
    TOOLS,
    Dialect,
    Elsewhere,
    Field,
    Form,
)
from catalog.snippets.sdk_code import gemini as sdk_code


def _turn(*parts: Body, role: str = "user") -> Body:
    return {"role": role, "parts": list(parts)}


def _asked(prompt: str, *parts: Body) -> dict[str, Any]:
    return {"contents": [_turn(*parts, {"text": prompt})]}


def _inline(file: str, kind: str) -> Body:
    return {"inlineData": {"mimeType": kind, "data": Attached(file)}}


_GENERATION = parameter("generationConfig", "object")
# Google's own SDK writes the types of a function's parameters in capitals.
_TOOLS = [{"functionDeclarations": [called(parameters=schema(str.upper, ORDER))]}]
_CALL = {
    "functionCall": {"name": known.TOOL, "args": known.TOOL_ARGUMENTS},
    "thoughtSignature": UNSIGNED,
}
_RESULT = {"functionResponse": {"name": known.TOOL, "response": {"result": known.TOOL_RESULT}}}
_ROLES = {"user": "user", "assistant": "model"}
_FORMS = {
    CONVERSATION: Form(
        {
            "contents": [_turn({"text": text}, role=_ROLES[role]) for role, text in known.TURNS],
            "systemInstruction": {"parts": [{"text": known.SYSTEM}]},
        }
    ),
    TOOLS: Form({**_asked(known.TOOL_PROMPT), "tools": _TOOLS}, TOOLS_FIELD),
    TOOL_RESULT: Form(
        {
            "contents": [_turn({"text": known.TOOL_PROMPT}), _turn(_CALL, role="model"), _turn(_RESULT)],
            "tools": _TOOLS,
        },
        TOOLS_FIELD,
    ),
    IMAGE: Form(_asked(known.IMAGE_PROMPT, {"fileData": {"fileUri": known.PHOTO, "mimeType": "image/jpeg"}})),
    IMAGE_FILE: Form(_asked(known.RECEIPT_PROMPT, _inline(RECEIPT, "image/png"))),
    PDF: Form(_asked(known.INVOICE_PROMPT, _inline(INVOICE, "application/pdf"))),
    AUDIO: Form(_asked(known.VOICEMAIL_PROMPT, _inline(VOICEMAIL, "audio/wav"))),
    STRUCTURED: Form(
        {
            **_asked(known.EXTRACT_PROMPT),
            "generationConfig": {
                "responseMimeType": "application/json",
                "responseJsonSchema": schema(str, FACTS),
            },
        },
        _GENERATION,
    ),
    THINKING: Form({"generationConfig": {"thinkingConfig": {"includeThoughts": True}}}, _GENERATION),
}
_NAMED = {
    "cachedContent": Field("string", "Name of a context cache to start from."),
    "contents": Field("array", "The conversation so far, as turns of parts (text, media, function results)."),
    "generationConfig": Field("object", "How the answer is generated: limits, sampling, format, thinking."),
    "labels": Field("object", "Own key-value labels of the request."),
    "safetySettings": Field("array", "Thresholds at which harmful content is blocked, per category."),
    "serviceTier": Field("string", "Processing tier, such as flex."),
    "store": Field("boolean", "Whether the request is logged."),
    "systemInstruction": Field("object", "Instructions that hold for the whole conversation."),
    "toolConfig": Field("object", "How tools may be chosen."),
    "tools": Field("array", "Functions and built-in tools the model may use."),
}

DIALECT = Dialect(
    "gemini-generate-content",
    calls=(":generateContent", ":streamGenerateContent"),
    fields=(parameter("contents", "array", required=True, min_items=1),),
    given=lambda: {"contents": [{"role": "user", "parts": [{"text": known.CHAT_PROMPT}]}]},
    named=_NAMED,
    forms=_FORMS,
    sdk_pattern=re.compile(r"(?P<before>.*)/(?P<version>[^/]+)/models/[^/]+:(stream)?[gG]enerateContent"),
    python=sdk_code.PYTHON,
    javascript=sdk_code.JAVASCRIPT,
    usage="gemini",
    elsewhere=Elsewhere("gemini", "chat", "@ai-sdk/google"),
)
