"""Writes a request as a Python script: with the protocol's official SDK, else with requests."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from catalog.snippets.dialect import PythonSdk
from catalog.snippets.language import Language
from catalog.snippets.literals import PYTHON, layout
from catalog.snippets.protocols import DIALECTS
from catalog.snippets.request import TASK_ID, Request
from catalog.snippets.sdk import base_url, first_text, gemini_base, gemini_config
from catalog.snippets.snippet import Reading, SiteSettings, Snippet


def render(request: Request, site: SiteSettings) -> Snippet:
    """Write one runnable script that prints the answer."""
    package, code = _script(request, site)
    return Snippet(
        language="python",
        label="Python",
        protocol=request.protocol,
        action=request.action,
        option=request.option,
        code=code.rstrip(),
        install=f"pip install {package}",
        lexer="python",
        package=package,
        pin="==",
    )


def _script(request: Request, site: SiteSettings) -> tuple[str, str]:
    sdk, base, gemini = DIALECTS[request.protocol].python, base_url(request, site), gemini_base(request, site)
    if sdk is not None and base is not None:
        return sdk.package, _sdk(request, site, sdk, base)
    if sdk is not None and gemini is not None:
        return sdk.package, _genai(request, sdk, site, *gemini)
    return "requests", _http(request, site)


def _sdk(request: Request, site: SiteSettings, sdk: PythonSdk, base: str) -> str:
    known = {name: value for name, value in request.body.items() if name in sdk.arguments}
    rest = {name: value for name, value in request.body.items() if name not in sdk.arguments}
    call, show = sdk.call, sdk.shows.get(request.option, sdk.show)
    if request.is_streaming:
        call = f"stream = {sdk.call.partition(' = ')[2]}"
        show = f"for event in stream:\n    {sdk.stream}\nprint()\n"
    return f"""\
import os

{sdk.load}

client = {sdk.client}(
    base_url={_text(base)},
    api_key={_key(site)},
)
{call}(
{_arguments(known | ({"extra_body": rest} if rest else {}))})
{show}"""


def _genai(request: Request, sdk: PythonSdk, site: SiteSettings, base: str, version: str) -> str:
    contents = first_text(request.body) or _snake(request.body["contents"])
    arguments = {"model": request.model_id, "contents": contents}
    if config := gemini_config(request.body):
        arguments["config"] = _snake(config)
    if request.is_streaming:
        made = sdk.call.partition(" = ")[2]
        call = f"for chunk in {made}_stream(\n{_arguments(arguments)}):\n"
        call += sdk.streams.get(request.option, sdk.stream)
    else:
        call = f"{sdk.call}(\n{_arguments(arguments)})\n" + sdk.shows.get(request.option, sdk.show)
    return f"""\
import os

{sdk.load}

client = {sdk.client}(
    api_key={_key(site)},
    http_options={{"base_url": {_text(base)}, "api_version": {_text(version)}}},
)
{call}"""


def _snake(value: Any) -> Any:
    """Rename the fields of a Google body for its Python SDK; nothing inside a JSON Schema is a field."""
    if isinstance(value, list):
        return [_snake(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    schemas = {"parameters", "responseJsonSchema"}
    return {
        re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name): entry
        if name in schemas
        else _snake(entry)
        for name, entry in value.items()
    }


def _http(request: Request, site: SiteSettings) -> str:
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

url = {_text(site.url(request.address))}
headers = {{"Authorization": "Bearer " + {_key(site)}}}

{_retried(post) if request.is_retried else post}response.raise_for_status()
{_polling(request, site) if polls else show}"""


def _retried(post: str) -> str:
    """Write the attempts of one POST: with the same key, the second returns the first one's answer."""
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
        return _arguments({"json": request.body})
    fields = {name: value for name, value in request.body.items() if name not in request.uploads}
    files = ", ".join(f'{_text(name)}: open({_text(request.body[name])}, "rb")' for name in request.uploads)
    return _arguments({"data": fields}) + f"    files={{{files}}},\n"


def _polling(request: Request, site: SiteSettings) -> str:
    before, _, after = (request.poll_path or "").partition(TASK_ID)
    address = 'f"{url}/{task_id}"'
    if (before, after) != (request.path + "/", "") or request.query:
        address = f"{_text(site.url(before))} + task_id" + (f" + {_text(after)}" if after else "")
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


def _arguments(values: Mapping[str, Any]) -> str:
    return "".join(
        f"    {name}={layout(value, PYTHON, depth=1, taken=len(name) + 2)},\n"
        for name, value in values.items()
    )


def _key(site: SiteSettings) -> str:
    return f'os.environ["{site.api_key_env}"]'


_text: Callable[[str], str] = PYTHON.scalar


LANGUAGE = Language("python", render, Reading('os.environ["VARIABLE"]', "python"))
