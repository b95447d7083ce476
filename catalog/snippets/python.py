"""Renders a request as Python, with an SDK or requests."""

import re
from typing import Any

from catalog.snippets.language import Language
from catalog.snippets.protocol import PythonSdk
from catalog.snippets.protocols import DIALECTS
from catalog.snippets.python_http import arguments_code, http_code, key_code, literal
from catalog.snippets.request import Request
from catalog.snippets.sdk import base_url, first_text, gemini_base, gemini_config
from catalog.snippets.snippet import Reading, SiteSettings, Snippet


def render(request: Request, site: SiteSettings) -> Snippet:
    """Render one script that prints the answer."""
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
    return "requests", http_code(request, site)


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
    base_url={literal(base)},
    api_key={key_code(site)},
)
{call}(
{arguments_code(known | ({"extra_body": rest} if rest else {}))})
{show}"""


def _genai(request: Request, sdk: PythonSdk, site: SiteSettings, base: str, version: str) -> str:
    contents = first_text(request.body) or _snake(request.body["contents"])
    arguments = {"model": request.model_id, "contents": contents}
    if config := gemini_config(request.body):
        arguments["config"] = _snake(config)
    if request.is_streaming:
        made = sdk.call.partition(" = ")[2]
        call = f"for chunk in {made}_stream(\n{arguments_code(arguments)}):\n"
        call += sdk.streams.get(request.option, sdk.stream)
    else:
        call = f"{sdk.call}(\n{arguments_code(arguments)})\n" + sdk.shows.get(request.option, sdk.show)
    return f"""\
import os

{sdk.load}

client = {sdk.client}(
    api_key={key_code(site)},
    http_options={{"base_url": {literal(base)}, "api_version": {literal(version)}}},
)
{call}"""


def _snake(value: Any) -> Any:
    """Rename fields of a Google body to snake case."""
    if isinstance(value, list):
        return [_snake(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    # Names inside a JSON Schema are the caller's, not fields.
    schemas = {"parameters", "responseJsonSchema"}
    return {
        re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name): entry
        if name in schemas
        else _snake(entry)
        for name, entry in value.items()
    }


LANGUAGE = Language("python", render, Reading('os.environ["VARIABLE"]', "python"))
