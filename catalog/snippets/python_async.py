"""Renders several calls at once as Python, with an SDK's async client."""

from dataclasses import replace
from typing import Any

from catalog.snippets import sample_values as known
from catalog.snippets.call import Request
from catalog.snippets.literals import PYTHON, layout
from catalog.snippets.protocols import DIALECTS
from catalog.snippets.python_http import key_code, literal
from catalog.snippets.sdk import base_url, gemini_base
from catalog.snippets.sdk_calls import PythonSdk
from catalog.snippets.snippet import SiteSettings
from catalog.snippets.timeouts import gemini_python

_TEXT = {
    "anthropic-messages": '"".join(block.text for block in message.content if block.type == "text")',
    "openai-chat": "completion.choices[0].message.content",
    "openai-responses": "response.output_text",
    "gemini-generate-content": "response.text",
}
"""Protocol -> the text of its SDK's answer."""


def async_code(request: Request, site: SiteSettings) -> tuple[str, str] | None:
    """Return the package and a script that sends several prompts at once; None without an SDK."""
    sdk, base, gemini = DIALECTS[request.protocol].python, base_url(request, site), gemini_base(request, site)
    if sdk is None:
        return None
    if base is not None:
        load, client = (text.replace(sdk.client, f"Async{sdk.client}") for text in (sdk.load, sdk.client))
        fields = {"base_url": literal(base), "api_key": key_code(site)}
        rest = {name: value for name, value in request.body.items() if name not in sdk.arguments}
        arguments = {name: value for name, value in request.body.items() if name in sdk.arguments}
        arguments |= {"extra_body": rest} if rest else {}
        return sdk.package, _script(request, sdk.call, load, client, fields, arguments)
    if gemini is not None:
        return sdk.package, _gemini(request, site, sdk, *gemini)
    return None


def _gemini(request: Request, site: SiteSettings, sdk: PythonSdk, base: str, version: str) -> str:
    options = gemini_python(request, literal(base), literal(version))
    fields = {"api_key": key_code(site), "http_options": options}
    arguments = {"model": request.model_id, "contents": known.CHAT_PROMPT}
    call = sdk.call.replace("client.", "client.aio.")
    return _script(request, call, sdk.load, sdk.client, fields, arguments)


def _script(
    request: Request, call: str, load: str, client: str, fields: dict[str, str], arguments: dict[str, Any]
) -> str:
    options = "".join(f"    {name}={code},\n" for name, code in fields.items())
    body = "".join(
        f"        {name}={layout(value, _PROMPTED, depth=2, taken=len(name) + 2)},\n"
        for name, value in arguments.items()
    )
    return f"""\
import asyncio
import os

{load}

client = {client}(
{options})
prompts = {layout([*known.PROMPTS_AT_ONCE], PYTHON)}


async def answer(prompt):
    {call.replace(" = ", " = await ")}(
{body}    )
    return {_TEXT[request.protocol]}


async def main():
    for text in await asyncio.gather(*map(answer, prompts)):
        print(text)


asyncio.run(main())
"""


_PROMPTED = replace(
    PYTHON, scalar=lambda value: "prompt" if value == known.CHAT_PROMPT else PYTHON.scalar(value)
)
