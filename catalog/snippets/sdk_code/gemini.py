"""Google's SDKs for generateContent."""

from catalog.snippets.protocol import THINKING, TOOLS
from catalog.snippets.sample_values import TOOL
from catalog.snippets.sdk_calls import JavascriptSdk, PythonSdk, ToolLoop
from catalog.snippets.sdk_code.sample_tool import JAVASCRIPT_TOOL, TYPED_ARGUMENTS

PYTHON = PythonSdk(
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
    loop=ToolLoop(
        name="contents",
        turns="contents",
        calls="calls = response.function_calls or []\n",
        add=f"""\
contents.append(response.candidates[0].content)
results = [
    {{"function_response": {{"name": call.name, "response": {{"result": {TOOL}(**call.args)}}}}}}
    for call in calls
]
contents.append({{"role": "user", "parts": results}})
""",
    ),
)
JAVASCRIPT = JavascriptSdk(
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
    loop=ToolLoop(
        name="contents",
        turns="contents",
        type="Content[]",
        calls="const calls = response.functionCalls ?? [];\n",
        add=f"""\
contents.push(response.candidates«!»[0]«!».content«!»);
contents.push({{
  role: "user",
  parts: calls.map((call) => ({{
    functionResponse: {{
      name: call.name,
      response: {{ result: {JAVASCRIPT_TOOL}(call.args« as {TYPED_ARGUMENTS}») }},
    }},
  }})),
}});
""",
    ),
)
