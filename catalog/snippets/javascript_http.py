"""Renders a JavaScript request with fetch."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from catalog.snippets.literals import JAVASCRIPT, layout
from catalog.snippets.request import TASK_ID, Request
from catalog.snippets.snippet import SiteSettings


@dataclass(frozen=True, slots=True)
class Types:
    """Type annotations of a module; empty in JavaScript."""

    declared: str = ""
    response: str = ""
    task: str = ""
    parsed: str = "await response.json()"
    # Protocol -> the fields that its SDK's types know.
    fields: Mapping[str, Collection[str]] = field(default_factory=dict)


def http_code(request: Request, site: SiteSettings, types: Types) -> str:
    """Render the request with fetch."""
    polls = request.poll_path is not None
    load, before, body = _payload(request)
    named = "".join(
        f"  {JAVASCRIPT.key(name)}: {literal(value)},\n" for name, value in request.headers.items()
    )
    head = f"""\
{load}{types.declared if polls else ""}const url = {literal(site.url(request.address))};
const headers = {{
  Authorization: `Bearer ${{{key_code(site)}}}`,
{named}}};
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
    """Return imports, preparations, and what follows `body`."""
    if not request.uploads:
        return (
            "",
            "",
            lambda depth: f": JSON.stringify({layout(request.body, JAVASCRIPT, depth=depth, taken=22)})",
        )
    lines = ["", "const body = new FormData();"]
    for name, value in request.body.items():
        if name in request.uploads:
            lines.append(
                f"body.append({literal(name)}, await openAsBlob({literal(value)}), {literal(value)});"
            )
        else:
            text = value if isinstance(value, str) else layout(value, JAVASCRIPT)
            lines.append(f"body.append({literal(name)}, {literal(text)});")
    return 'import { openAsBlob } from "node:fs";\n\n', "\n".join([*lines, ""]), lambda _: ""


def _shown(request: Request) -> str:
    if request.is_streaming:
        return "for await (const chunk of response.body ?? []) process.stdout.write(chunk);\n"
    return "console.log(await response.json());\n"


def _polling(request: Request, site: SiteSettings, types: Types) -> str:
    before, _, after = (request.poll_path or "").partition(TASK_ID)
    address = "`${url}/${id}`"
    if (before, after) != (request.path + "/", "") or request.query:
        address = f"{literal(site.url(before))} + id" + (f" + {literal(after)}" if after else "")
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


def key_code(site: SiteSettings) -> str:
    """Return the code that reads the key."""
    return f"process.env.{site.api_key_env}"


literal: Callable[[str], str] = JAVASCRIPT.scalar
