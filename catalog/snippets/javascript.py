"""Renders a request as JavaScript for Node, with an SDK or fetch."""

from collections.abc import Collection
from typing import Any

from catalog.snippets import pictures
from catalog.snippets.call import Request
from catalog.snippets.javascript_http import READ_FILES, Types, http_code, key_code, literal
from catalog.snippets.language import Language
from catalog.snippets.literals import JAVASCRIPT, Code, layout
from catalog.snippets.pictures import saves_picture
from catalog.snippets.protocols import DIALECTS
from catalog.snippets.sdk import base_url, first_text, gemini_base
from catalog.snippets.sdk_calls import JavascriptSdk
from catalog.snippets.sdk_code.sample_tool import JAVASCRIPT_FUNCTION
from catalog.snippets.snippet import Reading, SiteSettings, Snippet
from catalog.snippets.timeouts import gemini_javascript, javascript_client
from catalog.snippets.tool_rounds import javascript_rounds, loop_of, turned, with_types


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
        return sdk.package, _genai(request, sdk, site, *gemini, types)
    return "", http_code(request, site, types)


def _called(request: Request, sdk: JavascriptSdk, given: str) -> str:
    loop = loop_of(request, sdk)
    if not request.is_streaming:
        call = f"{sdk.calls.get(request.option, sdk.call)}({given});\n"
        show = pictures.JAVASCRIPT if saves_picture(request) else sdk.shows.get(request.option, sdk.show)
        return javascript_rounds(loop, request.body[loop.name], call, show) if loop else call + show
    call = sdk.call.partition(" = ")[2] + ("Stream" if DIALECTS[request.protocol].sdk_pattern else "")
    piece = sdk.streams.get(request.option, sdk.stream)
    return f"const stream = {call}({given});\nfor await (const event of stream) {{\n  {piece}\n}}\n"


def _sdk(request: Request, site: SiteSettings, sdk: JavascriptSdk, base: str, types: Types) -> str:
    body = turned(request.body, loop_of(request, sdk))
    given = _object(body, types.fields.get(request.protocol, request.body))
    client = f"  baseURL: {literal(base)},\n  apiKey: {key_code(site)},\n{javascript_client(request)}"
    return _program(request, sdk, sdk.client, client, given, types)


def _genai(
    request: Request, sdk: JavascriptSdk, site: SiteSettings, base: str, version: str, types: Types
) -> str:
    body, loop = request.body, loop_of(request, sdk)
    contents = Code(loop.turns) if loop else first_text(body) or body["contents"]
    given = {"model": request.model_id, "contents": contents}
    config = {name: value for name, value in body.items() if name not in {"contents", "generationConfig"}}
    config = body.get("generationConfig", {}) | config
    names = f"«type {loop.type.removesuffix('[]')}, »{sdk.client}" if loop else sdk.client
    if "tools" in config:
        config["tools"] = _schema_types(config["tools"])
        # The SDK types a schema's `type` as an enum: in TypeScript a plain string does not compile.
        names += ", Type"
    if config:
        given["config"] = config
    address = gemini_javascript(request, literal(base), literal(version))
    client = f"  apiKey: {key_code(site)},\n  httpOptions: {address},\n"
    return _program(request, sdk, f"{{ {names} }}", client, _object(given, given), types)


def _program(request: Request, sdk: JavascriptSdk, names: str, client: str, given: str, types: Types) -> str:
    """Return the whole module: imports, the client, and the call with what is `given`."""
    load = pictures.JAVASCRIPT_LOAD if saves_picture(request) else ""
    function = f"{JAVASCRIPT_FUNCTION}\n" if loop_of(request, sdk) else ""
    code = f"""\
{READ_FILES if request.attached else ""}{load}import {names} from "{sdk.package}";

{function}const client = new {sdk.client}({{
{client}}});
{JAVASCRIPT.attaching(request.body)}{_called(request, sdk, given)}"""
    return with_types(code, is_typed=bool(types.fields))


def _schema_types(value: Any) -> Any:
    if isinstance(value, list):
        return [_schema_types(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    typed = {name: _schema_types(entry) for name, entry in value.items()}
    return typed | ({"type": Code(f"Type.{typed['type']}")} if typed.get("type") in _SCHEMA_TYPES else {})


def _object(value: dict[str, Any], known: Collection[str]) -> str:
    """Lay an object out over several lines, even a short one."""
    lines = "".join(
        # Only TypeScript knows fields; elsewhere all count as known.
        ("" if name in known else _UNKNOWN) + f"  {_field(name, entry)},\n"
        for name, entry in value.items()
    )
    return f"{{\n{lines}}}"


def _field(name: str, value: Any) -> str:
    if isinstance(value, Code) and value == name:
        return name
    return f"{JAVASCRIPT.key(name)}: {layout(value, JAVASCRIPT, depth=1, taken=len(name) + 3)}"


_UNKNOWN = "  // @ts-expect-error: the SDK sends this field too, but has no type for it\n"
_SCHEMA_TYPES = {"OBJECT", "STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY"}


LANGUAGE = Language("javascript", render, Reading("process.env.VARIABLE", "javascript"))
