"""Calls a model until it asks for no more tools, in Python and in JavaScript."""

import re
from collections.abc import Mapping
from textwrap import indent
from typing import Any

from catalog.snippets.call import Request
from catalog.snippets.literals import JAVASCRIPT, PYTHON, Code, layout
from catalog.snippets.protocol import TOOL_RESULT
from catalog.snippets.sdk_calls import JavascriptSdk, PythonSdk, ToolLoop

ROUNDS = 5
"""The most calls of one loop: a model that asks for tools without end would cost without end."""


def loop_of(request: Request, sdk: PythonSdk | JavascriptSdk) -> ToolLoop | None:
    """Return the loop of a request that runs a tool; a stream is not read for calls."""
    return sdk.loop if request.option == TOOL_RESULT and not request.is_streaming else None


def turned(body: Mapping[str, Any], loop: ToolLoop | None) -> dict[str, Any]:
    """Return a body whose turns are the loop's variable."""
    return {**body, **({loop.name: Code(loop.turns)} if loop else {})}


def python_rounds(loop: ToolLoop, turns: list[Any], call: str, show: str) -> str:
    """Return the loop around a call in Python; `turns` are all, of which the first is sent first."""
    first = layout(turns[:1], PYTHON, taken=len(loop.turns) + 3)
    return f"""\
{loop.turns} = {first}
for _ in range({ROUNDS}):
{indent(call + loop.calls, "    ")}\
    if not calls:
{indent(show, "        ")}\
        break
{indent(loop.add, "    ")}"""


def javascript_rounds(loop: ToolLoop, turns: list[Any], call: str, show: str) -> str:
    """Return the loop around a call in JavaScript."""
    declared = f"const {loop.turns}«: {loop.type}»"
    first = layout(turns[:1], JAVASCRIPT, taken=len(declared) + 4)
    return f"""\
{declared} = {first};
for (let round = 0; round < {ROUNDS}; round += 1) {{
{indent(call + loop.calls, "  ")}\
  if (calls.length === 0) {{
{indent(show, "    ")}\
    break;
  }}
{indent(loop.add, "  ")}}}
"""


def with_types(code: str, *, is_typed: bool) -> str:
    """Return code with what only TypeScript has, or without."""
    return re.sub("«([^»]*)»", r"\1" if is_typed else "", code)
