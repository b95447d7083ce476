"""Renders a Python request with requests."""

from collections.abc import Callable, Mapping
from typing import Any

from catalog.snippets.literals import PYTHON, layout
from catalog.snippets.request import TASK_ID, Request
from catalog.snippets.snippet import SiteSettings


def http_code(request: Request, site: SiteSettings) -> str:
    """Render the request with requests."""
    show = "print(response.json())\n"
    if request.is_streaming:
        show = "for line in response.iter_lines():\n    if line:\n        print(line.decode())\n"
    polls = request.poll_path is not None
    loads = ["os", *["time"] * (polls or request.is_retried), *["uuid"] * request.is_retried]
    post = f"""\
response = requests.post(
    url,
    headers=headers,
{_payload(request)}{"    stream=True," + chr(10) if request.is_streaming else ""}    timeout=300,
)
"""
    return f"""\
{"".join(f"import {name}{chr(10)}" for name in loads)}
import requests

url = {literal(site.url(request.address))}
headers = {{"Authorization": "Bearer " + {key_code(site)}}}

{_retried(post) if request.is_retried else post}response.raise_for_status()
{_polling(request, site) if polls else show}"""


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
    files = ", ".join(
        f'{literal(name)}: open({literal(request.body[name])}, "rb")' for name in request.uploads
    )
    return arguments_code({"data": fields}) + f"    files={{{files}}},\n"


def _polling(request: Request, site: SiteSettings) -> str:
    before, _, after = (request.poll_path or "").partition(TASK_ID)
    address = 'f"{url}/{task_id}"'
    if (before, after) != (request.path + "/", "") or request.query:
        address = f"{literal(site.url(before))} + task_id" + (f" + {literal(after)}" if after else "")
    return f"""\
task_id = response.json()["id"]

while True:
    time.sleep(2)
    response = requests.get({address}, headers=headers, timeout=60)
    response.raise_for_status()
    task = response.json()
    if task["status"] not in ("pending", "processing"):
        break
print(task)
"""


def arguments_code(values: Mapping[str, Any]) -> str:
    """Return a body as Python arguments."""
    return "".join(
        f"    {name}={layout(value, PYTHON, depth=1, taken=len(name) + 2)},\n"
        for name, value in values.items()
    )


def key_code(site: SiteSettings) -> str:
    """Return the code that reads the key."""
    return f'os.environ["{site.api_key_env}"]'


literal: Callable[[str], str] = PYTHON.scalar
