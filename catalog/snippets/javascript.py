"""Writes a request as a JavaScript module for Node: with the protocol's official SDK, else with fetch."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.snippets.dialect import JavascriptSdk
from catalog.snippets.language import Language
from catalog.snippets.literals import JAVASCRIPT, layout
from catalog.snippets.protocols import DIALECTS
from catalog.snippets.request import TASK_ID, Request
from catalog.snippets.sdk import base_url, first_text, gemini_base
from catalog.snippets.snippet import Reading, SiteSettings, Snippet


@dataclass(frozen=True, slots=True)
class Types:
    """The types of a module: none in JavaScript; `fields` are those of an SDK's types."""

    declared: str = ""
    response: str = ""
    task: str = ""
    parsed: str = "await response.json()"
    fields: Mapping[str, Collection[str]] = field(default_factory=dict)


def render(request: Request, site: SiteSettings) -> Snippet:
    """Write one runnable ES module that prints the answer."""
    package, code = module(request, site, Types())
    return Snippet(
        language="javascript",
        label="JavaScript",
        protocol=request.protocol,
        action=request.action,
        option=request.option,
        code=code.rstrip(),
        install=f"npm install {package}" if package else "",
        lexer="javascript",
        package=package,
        pin="@",
    )


def module(request: Request, site: SiteSettings, types: Types) -> tuple[str, str]:
    """Return a module's package, or none, and its code."""
    sdk, base = DIALECTS[request.protocol].javascript, base_url(request, site)
    gemini = gemini_base(request, site)
    if sdk is not None and base is not None:
        return sdk.package, _sdk(request, site, sdk, base, types)
    if sdk is not None and gemini is not None:
        return sdk.package, _genai(request, sdk, site, *gemini)
    return "", _http(request, site, types)


def _called(request: Request, sdk: JavascriptSdk, given: str) -> str:
    if not request.is_streaming:
        return f"{sdk.call}({given});\n{sdk.shows.get(request.option, sdk.show)}"
    call = sdk.call.partition(" = ")[2] + ("Stream" if DIALECTS[request.protocol].sdk_pattern else "")
    piece = sdk.streams.get(request.option, sdk.stream)
    return f"const stream = {call}({given});\nfor await (const event of stream) {{\n  {piece}\n}}\n"


def _sdk(request: Request, site: SiteSettings, sdk: JavascriptSdk, base: str, types: Types) -> str:
    known = types.fields.get(request.protocol, request.body)
    return f"""\
import {sdk.client} from "{sdk.package}";

const client = new {sdk.client}({{
  baseURL: {_text(base)},
  apiKey: {_key(site)},
}});
{_called(request, sdk, _object(request.body, known))}"""


def _genai(request: Request, sdk: JavascriptSdk, site: SiteSettings, base: str, version: str) -> str:
    body = request.body
    given = {"model": request.model_id, "contents": first_text(body) or body["contents"]}
    config = {name: value for name, value in body.items() if name not in {"contents", "generationConfig"}}
    config = body.get("generationConfig", {}) | config
    names = sdk.client
    if "tools" in config:
        config["tools"] = _schema_types(config["tools"])
        names += ", Type"
    if config:
        given["config"] = config
    return f"""\
import {{ {names} }} from "{sdk.package}";

const client = new {sdk.client}({{
  apiKey: {_key(site)},
  httpOptions: {{ baseUrl: {_text(base)}, apiVersion: {_text(version)} }},
}});
{_called(request, sdk, _object(given, given))}"""


def _schema_types(value: Any) -> Any:
    """Return the types of a schema as the SDK's own: `Type.STRING`, which is sent as `STRING`."""
    if isinstance(value, list):
        return [_schema_types(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    typed = {name: _schema_types(entry) for name, entry in value.items()}
    return typed | ({"type": _Code(f"Type.{typed['type']}")} if typed.get("type") in _SCHEMA_TYPES else {})


def _http(request: Request, site: SiteSettings, types: Types) -> str:
    polls = request.poll_path is not None
    load, before, body = _payload(request)
    head = f"""\
{load}{types.declared if polls else ""}const url = {_text(site.url(request.address))};
const headers = {{
  Authorization: `Bearer ${{{_key(site)}}}`,
{"".join(f"  {JAVASCRIPT.key(name)}: {_text(value)},{chr(10)}" for name, value in request.headers.items())}}};
{before}"""
    end = _polling(request, site, types) if polls else _shown(request)
    if request.is_retried:
        return f"{head}{_attempts(request, types, body)}{end}"
    return f"""\
{head}
{"let" if polls else "const"} response = await fetch(url, {{
  method: "{request.method}",
  headers,
  body{body(1)},
}});
if (!response.ok) throw new Error(await response.text());
{end}"""


def _attempts(request: Request, types: Types, body: Callable[[int], str]) -> str:
    """Write up to three attempts with one key, so that nothing is done twice."""
    return f"""\
const once = {{ ...headers, "Idempotency-Key": crypto.randomUUID() }};

let response{types.response};
for (let attempt = 1; attempt <= 3; attempt += 1) {{
  if (attempt > 1) await new Promise((resolve) => setTimeout(resolve, 2000));
  try {{
    response = await fetch(url, {{
      method: "{request.method}",
      headers: once,
      body{body(3)},
    }});
    if (response.status !== 429 && response.status < 500) break;
  }} catch (error) {{
    if (attempt === 3) throw error;
  }}
}}
if (!response?.ok) throw new Error(await response?.text());
"""


def _payload(request: Request) -> tuple[str, str, Callable[[int], str]]:
    """Return imports, preparations, and what follows `body` at a depth of nesting."""
    if not request.uploads:
        return (
            "",
            "",
            lambda depth: f": JSON.stringify({layout(request.body, JAVASCRIPT, depth=depth, taken=22)})",
        )
    lines = ["", "const body = new FormData();"]
    for name, value in request.body.items():
        if name in request.uploads:
            lines.append(f"body.append({_text(name)}, await openAsBlob({_text(value)}), {_text(value)});")
        else:
            text = value if isinstance(value, str) else layout(value, JAVASCRIPT)
            lines.append(f"body.append({_text(name)}, {_text(text)});")
    return 'import { openAsBlob } from "node:fs";\n\n', "\n".join([*lines, ""]), lambda _: ""


def _shown(request: Request) -> str:
    if request.is_streaming:
        return "for await (const chunk of response.body ?? []) process.stdout.write(chunk);\n"
    return "console.log(await response.json());\n"


def _polling(request: Request, site: SiteSettings, types: Types) -> str:
    before, _, after = (request.poll_path or "").partition(TASK_ID)
    address = "`${url}/${id}`"
    if (before, after) != (request.path + "/", "") or request.query:
        address = f"{_text(site.url(before))} + id" + (f" + {_text(after)}" if after else "")
    return f"""\
const {{ id }} = {types.parsed};

let task{types.task};
do {{
  await new Promise((resolve) => setTimeout(resolve, 2000));
  response = await fetch({address}, {{ headers }});
  if (!response.ok) throw new Error(await response.text());
  task = {types.parsed};
}} while (["pending", "processing"].includes(task.status));
console.log(task);
"""


def _object(value: dict[str, Any], known: Collection[str]) -> str:
    """Print an object over lines always, as people write a call's argument; say what types do not know."""
    lines = "".join(
        ("" if name in known else _UNKNOWN)
        + f"  {JAVASCRIPT.key(name)}: {layout(entry, _NOTATION, depth=1, taken=len(name) + 3)},\n"
        for name, entry in value.items()
    )
    return f"{{\n{lines}}}"


def _key(site: SiteSettings) -> str:
    return f"process.env.{site.api_key_env}"


class _Code(str):
    """A value that stands in code as it is, not as a text."""

    __slots__ = ()


_text: Callable[[str], str] = JAVASCRIPT.scalar
_NOTATION = replace(JAVASCRIPT, scalar=lambda value: str(value) if isinstance(value, _Code) else _text(value))
_UNKNOWN = "  // @ts-expect-error: the SDK sends this field too, but has no type for it\n"
_SCHEMA_TYPES = {"OBJECT", "STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY"}


LANGUAGE = Language("javascript", render, Reading("process.env.VARIABLE", "javascript"))
