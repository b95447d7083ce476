"""OpenAI's SDKs for its Chat Completions API."""

from catalog.snippets.protocol import TOOLS
from catalog.snippets.sample_values import TOOL
from catalog.snippets.sdk_calls import JavascriptSdk, PythonSdk, ToolLoop
from catalog.snippets.sdk_code.sample_tool import JAVASCRIPT_TOOL

_PRINT_CALLS = """\
for call in completion.choices[0].message.tool_calls or []:
    print(call.function.name, call.function.arguments)
"""
PYTHON = PythonSdk(
    "openai",
    "from openai import OpenAI",
    "OpenAI",
    "completion = client.chat.completions.create",
    frozenset(
        {"model", "messages", "stream", "stream_options", "tools", "response_format", "reasoning_effort"}
    ),
    "print(completion.choices[0].message.content)\n",
    'if event.choices:\n        print(event.choices[0].delta.content or "", end="", flush=True)',
    {TOOLS: _PRINT_CALLS},
    loop=ToolLoop(
        name="messages",
        turns="messages",
        calls="calls = completion.choices[0].message.tool_calls or []\n",
        add=f"""\
messages.append(completion.choices[0].message)
for call in calls:
    result = {TOOL}(**json.loads(call.function.arguments))
    messages.append({{"role": "tool", "tool_call_id": call.id, "content": result}})
""",
        loads=("json",),
    ),
)
JAVASCRIPT = JavascriptSdk(
    "openai",
    "OpenAI",
    "const completion = await client.chat.completions.create",
    "console.log(completion.choices[0]?.message.content);\n",
    'process.stdout.write(event.choices[0]?.delta?.content ?? "");',
    {
        TOOLS: "for (const call of completion.choices[0]?.message.tool_calls ?? []) {\n"
        '  if (call.type === "function") console.log(call.function.name, call.function.arguments);\n}\n',
    },
    loop=ToolLoop(
        name="messages",
        turns="messages",
        type="OpenAI.ChatCompletionMessageParam[]",
        calls="const calls = completion.choices[0]?.message.tool_calls ?? [];\n",
        add=f"""\
messages.push(completion.choices[0]«!».message);
for (const call of calls) {{
  if (call.type !== "function") continue;
  const content = {JAVASCRIPT_TOOL}(JSON.parse(call.function.arguments));
  messages.push({{ role: "tool", tool_call_id: call.id, content }});
}}
""",
    ),
)
