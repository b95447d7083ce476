"""Writes a request as a JavaScript module for Node: with the protocol's official SDK, else with fetch."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from catalog.snippets.literals import JAVASCRIPT, layout
from catalog.snippets.request import TASK_ID, Request
from catalog.snippets.sdk import base_url, first_text, gemini_base
from catalog.snippets.snippet import SiteSettings, Snippet


@dataclass(frozen=True, slots=True)
class _Sdk:
    """One call of one SDK; it sends every field of the object it is given."""

    package: str
    client: str
    call: str
    show: str
    stream: str = ""


_PRINT_BLOCKS = """\
for (const block of message.content) {
  if (block.type === "text") console.log(block.text);
}
"""

SDKS = {
    "anthropic-messages": _Sdk(
        "@anthropic-ai/sdk",
        "Anthropic",
        "const message = await client.messages.create",
        _PRINT_BLOCKS,
        'if (event.type === "content_block_delta" && event.delta.type === "text_delta") {\n'
        "    process.stdout.write(event.delta.text);\n  }",
    ),
    "openai-chat": _Sdk(
        "openai",
        "OpenAI",
        "const completion = await client.chat.completions.create",
        "console.log(completion.choices[0].message.content);\n",
        'process.stdout.write(event.choices[0]?.delta?.content ?? "");',
    ),
    "openai-responses": _Sdk(
        "openai",
        "OpenAI",
        "const response = await client.responses.create",
        "console.log(response.output_text);\n",
        'if (event.type === "response.output_text.delta") process.stdout.write(event.delta);',
    ),
    "openai-embeddings": _Sdk(
        "openai",
        "OpenAI",
        "const response = await client.embeddings.create",
        "console.log(response.data[0].embedding);\n",
    ),
}


def render(request: Request, site: SiteSettings) -> Snippet:
    """Write one runnable ES module that prints the answer."""
    package, code = _module(request, site)
    return Snippet(
        language="javascript",
        label="JavaScript",
        protocol=request.protocol,
        action=request.action,
        option=request.option,
        code=code.rstrip(),
        install=f"npm install {package}" if package else "",
        lexer="javascript",
    )


def _module(request: Request, site: SiteSettings) -> tuple[str, str]:
    base = base_url(request, site)
    if base is not None and request.protocol in SDKS:
        return SDKS[request.protocol].package, _sdk(request, site, SDKS[request.protocol], base)
    gemini = gemini_base(request, site)
    if gemini is not None:
        return "@google/genai", _genai(request, site, *gemini)
    return "", _http(request, site)


def _sdk(request: Request, site: SiteSettings, sdk: _Sdk, base: str) -> str:
    call, show = sdk.call, sdk.show
    if request.is_streaming:
        call = f"const stream = {sdk.call.partition(' = ')[2]}"
        show = f"for await (const event of stream) {{\n  {sdk.stream}\n}}\n"
    return f"""\
import {sdk.client} from "{sdk.package}";

const client = new {sdk.client}({{
  baseURL: {_text(base)},
  apiKey: {_key(site)},
}});
{call}({_object(request.body)});
{show}"""


def _genai(request: Request, site: SiteSettings, base: str, version: str) -> str:
    given = _object(
        {"model": request.model_id, "contents": first_text(request.body) or request.body["contents"]}
    )
    call = f"const response = await client.models.generateContent({given});\nconsole.log(response.text);\n"
    if request.is_streaming:
        call = (
            f"const stream = await client.models.generateContentStream({given});\n"
            'for await (const chunk of stream) {\n  process.stdout.write(chunk.text ?? "");\n}\n'
        )
    return f"""\
import {{ GoogleGenAI }} from "@google/genai";

const client = new GoogleGenAI({{
  apiKey: {_key(site)},
  httpOptions: {{ baseUrl: {_text(base)}, apiVersion: {_text(version)} }},
}});
{call}"""


def _http(request: Request, site: SiteSettings) -> str:
    polls = request.poll_path is not None
    load, before, body = _payload(request)
    return f"""\
{load}const url = {_text(site.url(request.address))};
const headers = {{
  Authorization: `Bearer ${{{_key(site)}}}`,
{"".join(f"  {JAVASCRIPT.key(name)}: {_text(value)},{chr(10)}" for name, value in request.headers.items())}}};
{before}
{"let" if polls else "const"} response = await fetch(url, {{
  method: "{request.method}",
  headers,
  body{body},
}});
if (!response.ok) throw new Error(await response.text());
{_polling(request, site) if polls else _shown(request)}"""


def _payload(request: Request) -> tuple[str, str, str]:
    if not request.uploads:
        return "", "", f": JSON.stringify({layout(request.body, JAVASCRIPT, depth=1, taken=22)})"
    lines = ["", "const body = new FormData();"]
    for name, value in request.body.items():
        if name in request.uploads:
            lines.append(f"body.append({_text(name)}, await openAsBlob({_text(value)}), {_text(value)});")
        else:
            text = value if isinstance(value, str) else layout(value, JAVASCRIPT)
            lines.append(f"body.append({_text(name)}, {_text(text)});")
    return 'import { openAsBlob } from "node:fs";\n\n', "\n".join([*lines, ""]), ""


def _shown(request: Request) -> str:
    if request.is_streaming:
        return "for await (const chunk of response.body) process.stdout.write(chunk);\n"
    return "console.log(await response.json());\n"


def _polling(request: Request, site: SiteSettings) -> str:
    before, _, after = (request.poll_path or "").partition(TASK_ID)
    address = "`${url}/${id}`"
    if (before, after) != (request.path + "/", "") or request.query:
        address = f"{_text(site.url(before))} + id" + (f" + {_text(after)}" if after else "")
    return f"""\
const {{ id }} = await response.json();

let task;
do {{
  await new Promise((resolve) => setTimeout(resolve, 2000));
  response = await fetch({address}, {{ headers }});
  if (!response.ok) throw new Error(await response.text());
  task = await response.json();
}} while (["pending", "processing"].includes(task.status));
console.log(task);
"""


def _object(value: dict[str, Any]) -> str:
    """Print an object over lines always, as people write a call's argument."""
    lines = "".join(
        f"  {JAVASCRIPT.key(name)}: {layout(entry, JAVASCRIPT, depth=1, taken=len(name) + 3)},\n"
        for name, entry in value.items()
    )
    return f"{{\n{lines}}}"


def _key(site: SiteSettings) -> str:
    return f"process.env.{site.api_key_env}"


_text: Callable[[str], str] = JAVASCRIPT.scalar
