"""Renders a request as Python, with an SDK or requests."""

import re
from base64 import b64decode
from typing import Any

from catalog.snippets import pictures
from catalog.snippets.attached import Attached
from catalog.snippets.call import Request
from catalog.snippets.language import Language
from catalog.snippets.literals import PYTHON, Code
from catalog.snippets.pictures import saves_picture
from catalog.snippets.protocol import ASYNC
from catalog.snippets.protocols import DIALECTS
from catalog.snippets.python_async import async_code
from catalog.snippets.python_http import arguments_code, http_code, imports, key_code, literal
from catalog.snippets.sdk import base_url, first_text, gemini_base, gemini_config
from catalog.snippets.sdk_calls import PythonSdk, ToolLoop
from catalog.snippets.sdk_code.sample_tool import PYTHON_FUNCTION
from catalog.snippets.snippet import Reading, SiteSettings, Snippet
from catalog.snippets.timeouts import gemini_python, python_client
from catalog.snippets.tool_rounds import loop_of, python_rounds, turned


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
    if request.option == ASYNC and (at_once := async_code(request, site)):
        return at_once
    sdk, base, gemini = DIALECTS[request.protocol].python, base_url(request, site), gemini_base(request, site)
    if sdk is not None and base is not None:
        return sdk.package, _sdk(request, site, sdk, base)
    if sdk is not None and gemini is not None:
        return sdk.package, _genai(request, sdk, site, *gemini)
    return "requests", http_code(request, site)


def _sdk(request: Request, site: SiteSettings, sdk: PythonSdk, base: str) -> str:
    loop = loop_of(request, sdk)
    body = turned(request.body, loop)
    known = {name: value for name, value in body.items() if name in sdk.arguments}
    rest = {name: value for name, value in body.items() if name not in sdk.arguments}
    call, show = sdk.calls.get(request.option, sdk.call), sdk.shows.get(request.option, sdk.show)
    if request.is_streaming:
        call = f"stream = {sdk.call.partition(' = ')[2]}"
        show = f"for event in stream:\n    {sdk.stream}\nprint()\n"
    call = f"{call}(\n{arguments_code(known | ({'extra_body': rest} if rest else {}))})\n"
    sent = python_rounds(loop, request.body[loop.name], call, show) if loop else call + show
    return f"""\
{_opening(sdk, loop, imports(request, _modules(loop)))}client = {sdk.client}(
    base_url={literal(base)},
    api_key={key_code(site)},
{python_client(request)})
{PYTHON.attaching(request.body)}{sent}"""


def _modules(loop: ToolLoop | None) -> list[str]:
    return ["os", *(loop.loads if loop else ())]


def _opening(sdk: PythonSdk, loop: ToolLoop | None, loads: str) -> str:
    return f"{loads}\n{sdk.load}\n\n" + (f"\n{PYTHON_FUNCTION}\n\n" if loop else "")


def _genai(request: Request, sdk: PythonSdk, site: SiteSettings, base: str, version: str) -> str:
    loop = loop_of(request, sdk)
    turns = _snake(request.body["contents"])
    contents = Code(loop.turns) if loop else first_text(request.body) or turns
    arguments = {"model": request.model_id, "contents": contents}
    if config := gemini_config(request.body):
        arguments["config"] = _snake(config)
    show = pictures.PYTHON if saves_picture(request) else sdk.shows.get(request.option, sdk.show)
    given = arguments_code(arguments)
    if request.is_streaming:
        made = sdk.call.partition(" = ")[2]
        sent = f"for chunk in {made}_stream(\n{given}):\n"
        sent += sdk.streams.get(request.option, sdk.stream)
    elif loop:
        sent = python_rounds(loop, turns, f"{sdk.call}(\n{given})\n", show)
    else:
        sent = f"{sdk.call}(\n{given})\n{show}"
    # The SDK encodes bytes by itself.
    loads = imports(request, _modules(loop), is_encoded=False)
    files = "".join(f'{each.name} = Path("{each.file}").read_bytes()\n' for each in request.attached)
    return f"""\
{_opening(sdk, loop, loads)}client = {sdk.client}(
    api_key={key_code(site)},
    http_options={gemini_python(request, literal(base), literal(version))},
)
{files}{sent}"""


def _snake(value: Any) -> Any:
    """Rename fields of a Google body to snake case."""
    if isinstance(value, list):
        return [_snake(entry) for entry in value]
    if isinstance(value, Attached):
        return Code(value.name)
    if not isinstance(value, dict):
        return value
    # Names inside a JSON Schema, and in what a function takes and returns, are the caller's.
    schemas = {"parameters", "responseJsonSchema", "args", "response"}
    return {
        re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name): entry
        if name in schemas
        else _signature(entry)
        if name == "thoughtSignature"
        else _snake(entry)
        for name, entry in value.items()
    }


def _signature(value: str) -> Code:
    return Code(f'b"{b64decode(value).decode()}"')


LANGUAGE = Language("python", render, Reading('os.environ["VARIABLE"]', "python"))
