"""OpenAI's SDKs for its Responses API."""

from catalog.snippets.protocol import TOOLS
from catalog.snippets.sample_values import TOOL
from catalog.snippets.sdk_calls import JavascriptSdk, PythonSdk, ToolLoop
from catalog.snippets.sdk_code.sample_tool import JAVASCRIPT_TOOL

_PRINT_ITEMS = """\
for item in response.output:
    if item.type == "function_call":
        print(item.name, item.arguments)
"""
PYTHON = PythonSdk(
    "openai",
    "from openai import OpenAI",
    "OpenAI",
    "response = client.responses.create",
    frozenset({"model", "input", "instructions", "stream", "tools", "text", "reasoning"}),
    "print(response.output_text)\n",
    'if event.type == "response.output_text.delta":\n        print(event.delta, end="", flush=True)',
    {TOOLS: _PRINT_ITEMS},
    loop=ToolLoop(
        name="input",
        turns="items",
        calls='calls = [item for item in response.output if item.type == "function_call"]\n',
        add=f"""\
items += response.output
for call in calls:
    result = {TOOL}(**json.loads(call.arguments))
    items.append({{"type": "function_call_output", "call_id": call.call_id, "output": result}})
""",
        loads=("json",),
    ),
)
JAVASCRIPT = JavascriptSdk(
    "openai",
    "OpenAI",
    "const response = await client.responses.create",
    "console.log(response.output_text);\n",
    'if (event.type === "response.output_text.delta") process.stdout.write(event.delta);',
    {
        TOOLS: "for (const item of response.output) {\n"
        '  if (item.type === "function_call") console.log(item.name, item.arguments);\n}\n',
    },
    loop=ToolLoop(
        name="input",
        turns="items",
        type="OpenAI.Responses.ResponseInputItem[]",
        calls='const calls = response.output.filter((item) => item.type === "function_call");\n',
        add=f"""\
items.push(...«(»response.output« as OpenAI.Responses.ResponseInputItem[])»);
for (const call of calls) {{
  const output = {JAVASCRIPT_TOOL}(JSON.parse(call.arguments));
  items.push({{ type: "function_call_output", call_id: call.call_id, output }});
}}
""",
    ),
)
