"""Anthropic's Messages API."""

from catalog.snippets import sample_values as known
from catalog.snippets.constraints import parameter
from catalog.snippets.option_bodies import (
    CITY,
    EFFORT,
    FACTS,
    STREAM,
    STRICT,
    TOOLS_FIELD,
    called,
    schema,
    user,
)
from catalog.snippets.protocol import (
    CACHING,
    IMAGE,
    STREAMING,
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

_PRINT_BLOCKS = """\
for block in message.content:
    if block.type == "text":
        print(block.text)
"""
_PRINT_THOUGHTS = """\
for block in message.content:
    if block.type == "thinking":
        print(block.thinking)
    elif block.type == "text":
        print(block.text)
"""
_PRINT_TOOLS = """\
for block in message.content:
    if block.type == "tool_use":
        print(block.name, block.input)
"""
_PRINT_CACHE = """\
print(message.usage.cache_creation_input_tokens, "tokens written to the cache")
print(message.usage.cache_read_input_tokens, "tokens read from the cache")
"""
_PYTHON = PythonSdk(
    "anthropic",
    "from anthropic import Anthropic",
    "Anthropic",
    "message = client.messages.create",
    frozenset({"model", "max_tokens", "messages", "stream", "tools", "system", "thinking", "output_config"}),
    _PRINT_BLOCKS,
    'if event.type == "content_block_delta" and event.delta.type == "text_delta":\n'
    '        print(event.delta.text, end="", flush=True)',
    {TOOLS: _PRINT_TOOLS, THINKING: _PRINT_THOUGHTS, CACHING: _PRINT_BLOCKS + _PRINT_CACHE},
)

_TEXT = '  if (block.type === "text") console.log(block.text);\n'


def _blocks(inside: str) -> str:
    return f"for (const block of message.content) {{\n{inside}}}\n"


_JAVASCRIPT = JavascriptSdk(
    "@anthropic-ai/sdk",
    "Anthropic",
    "const message = await client.messages.create",
    _blocks(_TEXT),
    'if (event.type === "content_block_delta" && event.delta.type === "text_delta") {\n'
    "    process.stdout.write(event.delta.text);\n  }",
    {
        TOOLS: _blocks('  if (block.type === "tool_use") console.log(block.name, block.input);\n'),
        THINKING: _blocks('  if (block.type === "thinking") console.log(block.thinking);\n' + _TEXT),
        CACHING: _blocks(_TEXT)
        + 'console.log(message.usage.cache_creation_input_tokens, "tokens written to the cache");\n'
        'console.log(message.usage.cache_read_input_tokens, "tokens read from the cache");\n',
    },
)
_FORMS = {
    STREAMING: STREAM,
    TOOLS: Form(
        {"messages": user(known.TOOL_PROMPT), "tools": [called(input_schema=schema(str, CITY))]},
        TOOLS_FIELD,
    ),
    IMAGE: Form(
        {
            "messages": user(
                [
                    {"type": "image", "source": {"type": "url", "url": known.PHOTO}},
                    {"type": "text", "text": known.IMAGE_PROMPT},
                ]
            )
        }
    ),
    STRUCTURED: Form(
        {"output_config": {"format": {"type": "json_schema", "schema": schema(str, FACTS) | STRICT}}},
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
}
_NAMED = {
    "cache_control": Field(
        "object", "Marks the last part that can be cached, as a mark on that part itself would."
    ),
    "container": Field(None, "A container of an earlier request to go on in."),
    "diagnostics": Field("object", "Asks to be told why an earlier request's cache was not met."),
    "inference_geo": Field("string", "The region in which the request is worked on."),
    "max_tokens": Field(
        "integer", "The most tokens that the answer may have, thinking included; it may end sooner."
    ),
    "messages": Field("array", "The conversation so far, turn by turn; the model says what comes next."),
    "metadata": Field("object", "What describes the request, such as an ID of the end user."),
    "model": Field("string", "The ID of the model."),
    "output_config": Field("object", "How the answer is made: its format, and how much effort goes into it."),
    "service_tier": Field(
        "string", "Whether capacity that was set aside may be used, or only the standard one."
    ),
    "speed": Field("string", "The standard speed, or a fast one."),
    "stop_sequences": Field("array", "Texts at which the model stops."),
    "stream": Field("boolean", "Whether the answer comes piece by piece, as server-sent events."),
    "system": Field(None, "What the model is told before all messages: its role and its task."),
    "thinking": Field(
        "object", "Whether the model thinks before it answers, and how many tokens it may spend on that."
    ),
    "tool_choice": Field(
        "object", "Whether the model may call tools, must, must call a certain one, or may not."
    ),
    "tools": Field("array", "The tools that the model may call; the caller runs them."),
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
    sdk_path="/v1/messages",
    python=_PYTHON,
    javascript=_JAVASCRIPT,
    usage="anthropic",
    elsewhere=Elsewhere("anthropic", "chat", "@ai-sdk/anthropic"),
)
