"""Renders a JavaScript request with fetch."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from catalog.snippets.call import PATIENCE, TASK_ID, Request
from catalog.snippets.literals import JAVASCRIPT, layout
from catalog.snippets.protocol import TIMEOUTS
from catalog.snippets.snippet import SiteSettings
from catalog.snippets.timeouts import ANSWER


@dataclass(frozen=True, slots=True)
class Types:
    """Type annotations of a module; empty in JavaScript."""

    declared: Callable[[Request], str] = lambda _request: ""
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
    declared = types.declared(request) if polls or request.saved else ""
    head = f"""\
{load}{declared}const url = {literal(site.url(request.address))};
const headers = {{
  Authorization: `Bearer ${{{key_code(site)}}}`,
{named}}};
{before}"""
    end = _polling(request, site, types) if polls else _shown(request, types)
    if request.is_retried:
        return f"{head}{_attempts(request, types, body)}{end}"
    return f"""\
{head}
{"let" if polls else "const"} response = await fetch(url, {{
  method: "{request.method}",
  headers,
  body{body(1)},
{f"  signal: AbortSignal.timeout({ANSWER}_000),{chr(10)}" if request.option == TIMEOUTS else ""}}});
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
            _loads(request),
            JAVASCRIPT.attaching(request.body),
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


def _shown(request: Request, types: Types) -> str:
    if request.is_streaming:
        return "for await (const chunk of response.body ?? []) process.stdout.write(chunk);\n"
    if request.saved:
        return f"const result = {types.parsed};\n{_saved(request, 'result')}"
    return "console.log(await response.json());\n"


def _saved(request: Request, result: str) -> str:
    if (files := request.saved) is None:
        return f"console.log({result});\n"
    return f"""\
for (const [index, {files.noun}] of {result}.{files.key}.entries()) {{
  const file = await fetch({files.noun}.{files.url});
  if (!file.ok) throw new Error(await file.text());
  const name = `output-${{index + 1}}{files.ending}`;
  await writeFile(name, await file.bytes());
  console.log(`Saved ${{name}}`);
}}
"""


def _polling(request: Request, site: SiteSettings, types: Types) -> str:
    before, _, after = (request.poll_path or "").partition(TASK_ID)
    address = "`${url}/${id}`"
    if (before, after) != (request.path + "/", "") or request.query:
        address = f"{literal(site.url(before))} + id" + (f" + {literal(after)}" if after else "")
    return f"""\
const {{ id }} = {types.parsed};

const deadline = Date.now() + {PATIENCE} * 60_000;
let task{types.task};
while (true) {{
  if (Date.now() > deadline) throw new Error(`Task ${{id}} has not ended after {PATIENCE} minutes`);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  response = await fetch({address}, {{ headers }});
  if (response.status === 429 || response.status >= 500) continue;
  if (!response.ok) throw new Error(await response.text());
  task = {types.parsed};
  if (!["pending", "processing"].includes(task.status)) break;
}}
if (!["completed", "success"].includes(task.status)) {{
  throw new Error(`Task ${{id}} failed: ${{JSON.stringify(task)}}`);
}}
{_saved(request, "task")}"""


def _loads(request: Request) -> str:
    loads = READ_FILES if request.attached else ""
    loads += 'import { writeFile } from "node:fs/promises";\n' if request.saved else ""
    return f"{loads}\n" if loads else ""


READ_FILES = 'import { readFileSync } from "node:fs";\n'


def key_code(site: SiteSettings) -> str:
    """Return the code that reads the key."""
    return f"process.env.{site.api_key_env}"


literal: Callable[[str], str] = JAVASCRIPT.scalar
