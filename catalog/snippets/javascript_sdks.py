"""What the official SDKs of JavaScript are called with, and how what they answer is printed."""

from dataclasses import dataclass, field

from catalog.snippets.options import CACHING, THINKING, TOOLS


@dataclass(frozen=True, slots=True)
class Sdk:
    """One call of one SDK; it sends every field of the object it is given.

    `shows` are the options whose answer is printed otherwise than a plain one, `streams` so of its pieces.
    """

    package: str
    client: str
    call: str
    show: str
    stream: str = ""
    shows: dict[str, str] = field(default_factory=dict)
    streams: dict[str, str] = field(default_factory=dict)


_TEXT = '  if (block.type === "text") console.log(block.text);\n'


def _blocks(inside: str) -> str:
    return f"for (const block of message.content) {{\n{inside}}}\n"


SDKS = {
    "anthropic-messages": Sdk(
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
    ),
    "openai-chat": Sdk(
        "openai",
        "OpenAI",
        "const completion = await client.chat.completions.create",
        "console.log(completion.choices[0]?.message.content);\n",
        'process.stdout.write(event.choices[0]?.delta?.content ?? "");',
        {
            TOOLS: "for (const call of completion.choices[0]?.message.tool_calls ?? []) {\n"
            '  if (call.type === "function") console.log(call.function.name, call.function.arguments);\n}\n',
        },
    ),
    "openai-responses": Sdk(
        "openai",
        "OpenAI",
        "const response = await client.responses.create",
        "console.log(response.output_text);\n",
        'if (event.type === "response.output_text.delta") process.stdout.write(event.delta);',
        {
            TOOLS: "for (const item of response.output) {\n"
            '  if (item.type === "function_call") console.log(item.name, item.arguments);\n}\n',
        },
    ),
    "openai-embeddings": Sdk(
        "openai",
        "OpenAI",
        "const response = await client.embeddings.create",
        "console.log(response.data[0]?.embedding);\n",
    ),
}
GEMINI = Sdk(
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
