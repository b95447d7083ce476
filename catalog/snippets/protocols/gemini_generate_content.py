"""Google's generateContent, which streams at another address."""

import re

from catalog.snippets import sample_values as known
from catalog.snippets.constraints import parameter
from catalog.snippets.option_bodies import CITY, FACTS, TOOLS_FIELD, called, schema
from catalog.snippets.protocol import (
    IMAGE,
    STRUCTURED,
    THINKING,
    TOOLS,
    Dialect,
    Elsewhere,
    Field,
    Form,
    JavascriptSdk,
    PythonSdk,
)

_PYTHON = PythonSdk(
    "google-genai",
    "from google import genai",
    "genai.Client",
    "response = client.models.generate_content",
    frozenset(),
    "print(response.text)\n",
    '    print(chunk.text or "", end="", flush=True)\nprint()\n',
    shows={
        TOOLS: "for call in response.function_calls or []:\n    print(call.name, call.args)\n",
        THINKING: "for part in response.candidates[0].content.parts:\n    print(part.text)\n",
    },
    streams={
        TOOLS: "    for call in chunk.function_calls or []:\n        print(call.name, call.args)\n",
        THINKING: "    for part in chunk.parts or []:\n"
        '        print(part.text or "", end="", flush=True)\nprint()\n',
    },
)
_JAVASCRIPT = JavascriptSdk(
    "@google/genai",
    "GoogleGenAI",
    "const response = await client.models.generateContent",
    "console.log(response.text);\n",
    'process.stdout.write(event.text ?? "");',
    {
        TOOLS: "for (const call of response.functionCalls ?? []) {\n"
        "  console.log(call.name, call.args);\n}\n",
        THINKING: "for (const part of response.candidates?.[0]?.content?.parts ?? []) {\n"
        "  console.log(part.text);\n}\n",
    },
    {
        TOOLS: "for (const call of event.functionCalls ?? []) console.log(call.name, call.args);",
        THINKING: "for (const part of event.candidates?.[0]?.content?.parts ?? []) {\n"
        '    process.stdout.write(part.text ?? "");\n  }',
    },
)
_GENERATION = parameter("generationConfig", "object")
_FORMS = {
    # Google's own SDK writes the types of a function's parameters in capitals.
    TOOLS: Form(
        {
            "contents": [{"role": "user", "parts": [{"text": known.TOOL_PROMPT}]}],
            "tools": [{"functionDeclarations": [called(parameters=schema(str.upper, CITY))]}],
        },
        TOOLS_FIELD,
    ),
    IMAGE: Form(
        {
            "contents": [
                {
                    "role": "user",
                    "parts": [
                        {"fileData": {"fileUri": known.PHOTO, "mimeType": "image/jpeg"}},
                        {"text": known.IMAGE_PROMPT},
                    ],
                }
            ]
        }
    ),
    STRUCTURED: Form(
        {
            "generationConfig": {
                "responseMimeType": "application/json",
                "responseJsonSchema": schema(str, FACTS),
            }
        },
        _GENERATION,
    ),
    THINKING: Form({"generationConfig": {"thinkingConfig": {"includeThoughts": True}}}, _GENERATION),
}
_NAMED = {
    "cachedContent": Field("string", "The name of cached content that the request builds on."),
    "contents": Field(
        "array", "The conversation so far, turn by turn, each of parts such as text, files and calls."
    ),
    "generationConfig": Field("object", "How the answer is made: its length, form, randomness and thinking."),
    "labels": Field("object", "Labels by which requests are told apart on a bill."),
    "safetySettings": Field(
        "array", "Which kinds of harmful content are blocked, and from which likelihood on."
    ),
    "serviceTier": Field("string", "How the request is processed, such as sooner or at less cost."),
    "store": Field("boolean", "Whether request and answer are kept."),
    "systemInstruction": Field("object", "What the model is told before all contents."),
    "toolConfig": Field("object", "How the tools are used, such as whether one must be called."),
    "tools": Field("array", "The tools that the model may call; the caller runs its functions."),
}

DIALECT = Dialect(
    "gemini-generate-content",
    calls=(":generateContent", ":streamGenerateContent"),
    fields=(parameter("contents", "array", required=True, min_items=1),),
    given=lambda: {"contents": [{"role": "user", "parts": [{"text": known.CHAT_PROMPT}]}]},
    named=_NAMED,
    forms=_FORMS,
    sdk_pattern=re.compile(r"(?P<before>.*)/(?P<version>[^/]+)/models/[^/]+:(stream)?[gG]enerateContent"),
    python=_PYTHON,
    javascript=_JAVASCRIPT,
    usage="gemini",
    elsewhere=Elsewhere("gemini", "chat", "@ai-sdk/google"),
)
