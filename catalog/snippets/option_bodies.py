"""Pieces of bodies that several protocols say an option with."""

from collections.abc import Callable
from typing import Any

from catalog.snippets import sample_values as known
from catalog.snippets.constraints import parameter
from catalog.snippets.protocol import Form

Body = dict[str, Any]
CITY = ("city",)
FACTS = ("color", "reason")
STRICT: Body = {"additionalProperties": False}
BREAKPOINT: Body = {"prompt_cache_breakpoint": {"mode": "explicit"}}
EFFORT: Body = {"reasoning_effort": "high"}
STREAM = Form({"stream": True}, parameter("stream", "boolean"))
TOOLS_FIELD = parameter("tools", "array", min_items=1)


def user(content: Any) -> list[Body]:
    """Return one turn of the user."""
    return [{"role": "user", "content": content}]


def schema(kind: Callable[[str], str], names: tuple[str, ...]) -> Body:
    """Return the schema of an object of texts, its types written by `kind`."""
    return {
        "type": kind("object"),
        "properties": {name: {"type": kind("string")} for name in names},
        "required": list(names),
    }


def called(**schema: Any) -> Body:
    """Return the sample tool, with its parameters under the name that a protocol has for them."""
    return {"name": known.TOOL, "description": known.TOOL_PURPOSE, **schema}


def answer_format() -> Body:
    """Return the schema that OpenAI's protocols hold an answer to."""
    return {"name": "answer", "strict": True, "schema": schema(str, FACTS) | STRICT}
