"""Parts of bodies that several protocols share."""

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
    """Return the schema of an object of texts; `kind` writes type names."""
    return {
        "type": kind("object"),
        "properties": {name: {"type": kind("string")} for name in names},
        "required": list(names),
    }


def called(**schema: Any) -> Body:
    """Return the sample tool with its parameters."""
    return {"name": known.TOOL, "description": known.TOOL_PURPOSE, **schema}


def answer_format() -> Body:
    """Return the answer's schema for OpenAI's protocols."""
    return {"name": "answer", "strict": True, "schema": schema(str, FACTS) | STRICT}
