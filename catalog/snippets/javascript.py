"""Writes a request as a JavaScript module for Node: with the protocol's official SDK, else with fetch."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from catalog.snippets.javascript_sdks import GEMINI, SDKS, Sdk
from catalog.snippets.literals import JAVASCRIPT, layout
from catalog.snippets.request import TASK_ID, Request
from catalog.snippets.sdk import base_url, first_text, gemini_base
from catalog.snippets.snippet import SiteSettings, Snippet


@dataclass(frozen=True, slots=True)
class Types:
    """What a module says of its types: nothing in JavaScript."""

    declared: str = ""
    response: str = ""
    task: str = ""
    parsed: str = "await response.json()"


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
    """Give the package that a module needs, or nothing, and its code."""
    base = base_url(request, site)
    if base is not None and request.protocol in SDKS:
        return SDKS[request.protocol].package, _sdk(request, site, SDKS[request.protocol], base)
    gemini = gemini_base(request, site)
    if gemini is not None:
        return GEMINI.package, _genai(request, site, *gemini)
    return "", _http(request, site, types)


def _called(request: Request, sdk: Sdk, given: str) -> str:
    if not request.is_streaming:
        return f"{sdk.call}({given});\n{sdk.shows.get(request.option, sdk.show)}"
    call = sdk.call.partition(" = ")[2] + ("Stream" if sdk is GEMINI else "")
    loop = f"for await (const event of stream) {{\n  {sdk.stream}\n}}\n"
    return f"const stream = {call}({given});\n{loop}"


def _sdk(request: Request, site: SiteSettings, sdk: Sdk, base: str) -> str:
    return f"""\
import {sdk.client} from "{sdk.package}";

const client = new {sdk.client}({{
  baseURL: {_text(base)},
  apiKey: {_key(site)},
}});
{_called(request, sdk, _object(request.body))}"""


def _genai(request: Request, site: SiteSettings, base: str, version: str) -> str:
    contents, *rest = request.body["contents"], *request.body.items()
    given: dict[str, Any] = {
        "model": request.model_id,
        "contents": first_text(request.body) or contents,
    }
    config: dict[str, Any] = {}
    for name, value in rest:
        if name == "generationConfig":
            config |= value
        elif name != "contents":
            config[name] = [_declared(tool) for tool in value] if name == "tools" else value
    if config:
        given["config"] = config
    code = _called(request, GEMINI, _object(given))
    loaded = "GoogleGenAI, Type" if "tools" in config else "GoogleGenAI"
    return f"""\
import {{ {loaded} }} from "@google/genai";

const client = new GoogleGenAI({{
  apiKey: {_key(site)},
  httpOptions: {{ baseUrl: {_text(base)}, apiVersion: {_text(version)} }},
}});
{code}"""
