"""Renders a request as JavaScript for Node, with an SDK or fetch."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from catalog.snippets.javascript_http import Types, http_code, key_code, literal
from catalog.snippets.language import Language
from catalog.snippets.literals import JAVASCRIPT, layout
from catalog.snippets.protocol import JavascriptSdk
from catalog.snippets.protocols import DIALECTS
from catalog.snippets.request import Request
from catalog.snippets.sdk import base_url, first_text, gemini_base
from catalog.snippets.snippet import Reading, SiteSettings, Snippet


def render(request: Request, site: SiteSettings) -> Snippet:
    """Render one ES module that prints the answer."""
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
    """Return a module's package, if any, and its code."""
    sdk, base = DIALECTS[request.protocol].javascript, base_url(request, site)
    gemini = gemini_base(request, site)
    if sdk is not None and base is not None:
        return sdk.package, _sdk(request, site, sdk, base, types)
    if sdk is not None and gemini is not None:
        return sdk.package, _genai(request, sdk, site, *gemini)
    return "", http_code(request, site, types)


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
  baseURL: {literal(base)},
  apiKey: {key_code(site)},
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
        # The SDK types a schema's `type` as an enum: in TypeScript a plain string does not compile.
        names += ", Type"
    if config:
        given["config"] = config
    return f"""\
import {{ {names} }} from "{sdk.package}";

const client = new {sdk.client}({{
  apiKey: {key_code(site)},
  httpOptions: {{ baseUrl: {literal(base)}, apiVersion: {literal(version)} }},
}});
{_called(request, sdk, _object(given, given))}"""


def _schema_types(value: Any) -> Any:
    if isinstance(value, list):
        return [_schema_types(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    typed = {name: _schema_types(entry) for name, entry in value.items()}
    return typed | ({"type": _Code(f"Type.{typed['type']}")} if typed.get("type") in _SCHEMA_TYPES else {})


def _object(value: dict[str, Any], known: Collection[str]) -> str:
    """Lay an object out over several lines, even a short one."""
    lines = "".join(
        # Only TypeScript knows fields; elsewhere all count as known.
        ("" if name in known else _UNKNOWN)
        + f"  {JAVASCRIPT.key(name)}: {layout(entry, _NOTATION, depth=1, taken=len(name) + 3)},\n"
        for name, entry in value.items()
    )
    return f"{{\n{lines}}}"


class _Code(str):
    """A value that is code, not text."""

    __slots__ = ()


_NOTATION = replace(
    JAVASCRIPT, scalar=lambda value: str(value) if isinstance(value, _Code) else literal(value)
)
_UNKNOWN = "  // @ts-expect-error: the SDK sends this field too, but has no type for it\n"
_SCHEMA_TYPES = {"OBJECT", "STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY"}


LANGUAGE = Language("javascript", render, Reading("process.env.VARIABLE", "javascript"))
