"""What a model of the gateway says, thinks and calls, and what it answers where nothing is said in pieces."""

import base64
import json
import re
import struct
from collections.abc import Iterable, Mapping
from typing import Any

from catalog.records.record import Record

EMBEDDING = [0.5, -0.25, 0.125]
CREATED = 1_790_000_000
THOUGHT = "A late order calls for an apology."
STRUCTURED = {"order_id": "1042", "problem": "The shade is broken."}
ARGUMENTS = {"order_id": "1042"}
COUNTED = 12
"""How many tokens every request has."""
WRITTEN, READ = 2048, 1024
"""How many tokens of a prompt a caching model says that it wrote to its cache and read from it."""
Event = tuple[str | None, Any]
"""The name of a server-sent event, where the protocol names them, and its data."""


def said(model_id: str) -> str:
    """The text with which a model of the gateway answers every prompt."""
    return f"We are sorry that your order is late. (said by {model_id})"


def spoken(model_id: str, body: Mapping[str, Any]) -> str:
    """Give the text of an answer: the JSON that is asked for where a form is."""
    held = [body.get(name) or {} for name in ("output_config", "text")]
    forms = (*(each.get("format") for each in held), body.get("response_format"))
    generation = body.get("generationConfig") or {}
    is_formed = any(forms) or "responseJsonSchema" in generation
    return json.dumps(STRUCTURED) if is_formed else said(model_id)


def words(text: str) -> list[str]:
    """Cut a text into its words, each with the blanks behind it, as a stream brings it."""
    return re.findall(r"\S+\s*", text)


def cuts(arguments: str) -> list[str]:
    """Cut the arguments of a call where no word ends, as a stream brings them."""
    return [arguments[at : at + 7] for at in range(0, len(arguments), 7)]


def embeddings(model_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer in openai-embeddings, a vector for each input, as numbers unless base64 is asked for."""
    packed = base64.b64encode(struct.pack(f"<{len(EMBEDDING)}f", *EMBEDDING)).decode()
    vector = packed if body.get("encoding_format") == "base64" else EMBEDDING
    asked = body["input"]
    count = len(asked) if isinstance(asked, list) and not isinstance(asked[0], int) else 1
    return {
        "object": "list",
        "data": [{"object": "embedding", "index": at, "embedding": vector} for at in range(count)],
        "model": model_id,
        "usage": {"prompt_tokens": 9, "total_tokens": 9},
    }


def task(
    record: Record, body: Mapping[str, Any], task_id: str, status: str, made: Mapping[str, Any]
) -> dict[str, Any]:
    """Show a task with the model that its request named, and what it made or why it failed."""
    shown: dict[str, Any] = {"id": task_id, "status": status, "model": body.get("model")}
    failed = {"error": {"code": "generation_failed", "message": "it was asked to fail"}}
    return shown | {"completed": made or {"text": said(record["model_id"])}, "failed": failed}.get(status, {})


def models(records: Iterable[Record]) -> dict[str, Any]:
    """List models so that the SDKs of OpenAI and of Anthropic read them."""
    listed = [
        {
            "id": record["model_id"],
            "object": "model",
            "type": "model",
            "display_name": record["name"],
            "created": CREATED,
            "created_at": "2026-09-21T00:00:00Z",
            "owned_by": record["provider"]["slug"],
        }
        for record in records
    ]
    ends = {"first_id": listed[0]["id"], "last_id": listed[-1]["id"]} if listed else {}
    return {"object": "list", "data": listed, "has_more": False} | ends


def written(event: Event) -> bytes:
    """Write one server-sent event."""
    name, data = event
    text = data if isinstance(data, str) else json.dumps(data)
    return (f"event: {name}\n" if name else "").encode() + f"data: {text}\n\n".encode()
