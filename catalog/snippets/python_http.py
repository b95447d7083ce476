"""Renders a Python request with requests."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from catalog.snippets.call import PATIENCE, TASK_ID, Request
from catalog.snippets.literals import PYTHON, layout
from catalog.snippets.protocol import TIMEOUTS
from catalog.snippets.snippet import SiteSettings
from catalog.snippets.timeouts import ANSWER, CONNECT


def http_code(request: Request, site: SiteSettings) -> str:
    """Render the request with requests."""
    polls = request.poll_path is not None
    loads = [
        "os",
        *["sys"] * polls,
        *["time"] * (polls or request.is_retried),
        *["uuid"] * request.is_retried,
    ]
    post = _post(request)
    return f"""\
{imports(request, loads)}
import requests

{PYTHON.attaching(request.body)}url = {literal(site.url(request.address))}
headers = {{"Authorization": "Bearer " + {key_code(site)}}}

{_retried(post) if request.is_retried else post}response.raise_for_status()
{_polling(request, site) if polls else _shown(request)}"""


def _post(request: Request) -> str:
    timeout = f"({CONNECT}, {ANSWER})" if request.option == TIMEOUTS else "300"
    post = f"""\
response = requests.post(
    url,
    headers=headers,
{_payload(request)}{"    stream=True," + chr(10) if request.is_streaming else ""}    timeout={timeout},
)
"""
    if not request.uploads:
        return post
    opened = ", ".join(
        f'open({literal(request.body[name])}, "rb") as file{number or ""}'
        for number, name in enumerate(request.uploads)
    )
    indented = "".join(f"    {line}\n" for line in post.splitlines())
    return f"with {opened}:\n{indented}"


def _shown(request: Request) -> str:
    if request.is_streaming:
        return "for line in response.iter_lines():\n    if line:\n        print(line.decode())\n"
    return _saved(request, "response.json()") if request.saved else "print(response.json())\n"


def _saved(request: Request, result: str) -> str:
    if (files := request.saved) is None:
        return f"print({result})\n"
    return f"""\
for number, {files.noun} in enumerate({result}["{files.key}"], 1):
    response = requests.get({files.noun}["{files.url}"], timeout=300)
    response.raise_for_status()
    with open(f"output-{{number}}{files.ending}", "wb") as output:
        output.write(response.content)
    print("Saved", output.name)
"""


def _retried(post: str) -> str:
    # With the same key, a second attempt returns the first one's answer.
    post = post.replace("headers=headers", "headers=headers | once").replace("\n", "\n        ").rstrip()
    return f"""\
once = {{"Idempotency-Key": str(uuid.uuid4())}}
for attempt in range(3):
    time.sleep(2 * attempt)
    try:
        {post}
    except requests.ConnectionError:
        if attempt == 2:
            raise
        continue
    if response.status_code != 429 and response.status_code < 500:
        break
"""


def _payload(request: Request) -> str:
    if not request.uploads:
        return arguments_code({"json": request.body})
    fields = {name: value for name, value in request.body.items() if name not in request.uploads}
    files = ", ".join(f"{literal(name)}: file{number or ''}" for number, name in enumerate(request.uploads))
    return arguments_code({"data": fields}) + f"    files={{{files}}},\n"


def _polling(request: Request, site: SiteSettings) -> str:
    before, _, after = (request.poll_path or "").partition(TASK_ID)
    address = 'f"{url}/{task_id}"'
    if (before, after) != (request.path + "/", "") or request.query:
        address = f"{literal(site.url(before))} + task_id" + (f" + {literal(after)}" if after else "")
    return f"""\
task_id = response.json()["id"]

deadline = time.monotonic() + {PATIENCE} * 60
while True:
    if time.monotonic() > deadline:
        sys.exit(f"Task {{task_id}} has not ended after {PATIENCE} minutes")
    time.sleep(2)
    response = requests.get({address}, headers=headers, timeout=60)
    if response.status_code == 429 or response.status_code >= 500:
        continue
    response.raise_for_status()
    task = response.json()
    if task["status"] not in ("pending", "processing"):
        break
if task["status"] not in ("completed", "success"):
    sys.exit(f"Task {{task_id}} failed: {{task.get('error', task)}}")
{_saved(request, "task")}"""


def arguments_code(values: Mapping[str, Any]) -> str:
    """Return a body as Python arguments."""
    return "".join(
        f"    {name}={layout(value, PYTHON, depth=1, taken=len(name) + 2)},\n"
        for name, value in values.items()
    )


def imports(request: Request, modules: Iterable[str], *, is_encoded: bool = True) -> str:
    """Return the imports from the standard library; `is_encoded`: the code encodes its files itself."""
    known = sorted({*modules, *["base64"] * (is_encoded and bool(request.attached))})
    paths = "from pathlib import Path\n" if request.attached else ""
    return "".join(f"import {name}\n" for name in known) + paths


def key_code(site: SiteSettings) -> str:
    """Return the code that reads the key."""
    return f'os.environ["{site.api_key_env}"]'


literal: Callable[[str], str] = PYTHON.scalar
