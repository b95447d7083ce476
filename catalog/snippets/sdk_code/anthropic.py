"""Anthropic's SDKs for its Messages API."""

from catalog.snippets.protocol import (
    CACHING,
    COUNT,
    THINKING,
    TOOLS,
)
from catalog.snippets.sample_values import TOOL
from catalog.snippets.sdk_calls import JavascriptSdk, PythonSdk, ToolLoop
from catalog.snippets.sdk_code.sample_tool import JAVASCRIPT_TOOL, TYPED_ARGUMENTS

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
PYTHON = PythonSdk(
    "anthropic",
    "from anthropic import Anthropic",
    "Anthropic",
    "message = client.messages.create",
    frozenset({"model", "max_tokens", "messages", "stream", "tools", "system", "thinking", "output_config"}),
    _PRINT_BLOCKS,
    'if event.type == "content_block_delta" and event.delta.type == "text_delta":\n'
    '        print(event.delta.text, end="", flush=True)',
    {
        TOOLS: _PRINT_TOOLS,
        THINKING: _PRINT_THOUGHTS,
        CACHING: _PRINT_BLOCKS + _PRINT_CACHE,
        COUNT: 'print(count.input_tokens, "input tokens")\n',
    },
    calls={COUNT: "count = client.messages.count_tokens"},
    loop=ToolLoop(
        name="messages",
        turns="messages",
        calls='calls = [block for block in message.content if block.type == "tool_use"]\n',
        add=f"""\
results = [
    {{"type": "tool_result", "tool_use_id": call.id, "content": {TOOL}(**call.input)}}
    for call in calls
]
messages += [
    {{"role": "assistant", "content": message.content}},
    {{"role": "user", "content": results}},
]
""",
    ),
)

_TEXT = '  if (block.type === "text") console.log(block.text);\n'


def _blocks(inside: str) -> str:
    return f"for (const block of message.content) {{\n{inside}}}\n"


JAVASCRIPT = JavascriptSdk(
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
        COUNT: 'console.log(count.input_tokens, "input tokens");\n',
    },
    calls={COUNT: "const count = await client.messages.countTokens"},
    loop=ToolLoop(
        name="messages",
        turns="messages",
        type="Anthropic.MessageParam[]",
        calls='const calls = message.content.filter((block) => block.type === "tool_use");\n',
        add=f"""\
messages.push(
  {{ role: "assistant", content: message.content }},
  {{
    role: "user",
    content: calls.map((call) => ({{
      type: "tool_result",
      tool_use_id: call.id,
      content: {JAVASCRIPT_TOOL}(call.input« as {TYPED_ARGUMENTS}»),
    }})),
  }},
);
""",
    ),
)
