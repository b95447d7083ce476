"""Parts of bodies that several protocols share."""

import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from catalog.snippets import sample_values as known
from catalog.snippets.attached import Attached
from catalog.snippets.constraints import parameter
from catalog.snippets.protocol import Form

Body = dict[str, Any]
ORDER = tuple(known.TOOL_ARGUMENTS)
FACTS = ("order_id", "problem")
STRICT: Body = {"additionalProperties": False}
BREAKPOINT: Body = {"prompt_cache_breakpoint": {"mode": "explicit"}}
EFFORT: Body = {"reasoning_effort": "high"}
STREAM = Form({"stream": True}, parameter("stream", "boolean"))
TOOLS_FIELD = parameter("tools", "array", min_items=1)
CALL_ID = "call_01"
# Newer models of Google refuse a call without a signature: this stands for the one that came with it.
UNSIGNED = b64encode(b"skip_thought_signature_validator").decode()
ARGUMENTS = json.dumps(known.TOOL_ARGUMENTS)
RECEIPT, INVOICE, VOICEMAIL = "receipt.png", "invoice.pdf", "voicemail.wav"


def user(content: Any) -> list[Body]:
    """Return one turn of the user."""
    return [{"role": "user", "content": content}]


def turns() -> list[Body]:
    """Return the turns of the sample conversation."""
    return [{"role": role, "content": text} for role, text in known.TURNS]


def data_url(file: str, kind: str) -> Attached:
    """Return a file as a `data:` URL."""
    return Attached(file, f"data:{kind};base64,")


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
