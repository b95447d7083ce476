"""What a message may hold, per protocol and role: text, images, thoughts, calls and what they found."""

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from typing import Any

from catalog.records.record import Record
from gateway.specs import Spec, kind, maybe, nested, spec, unfit

ASKING = {"user", "developer", "system"}
EVERYONE = {*ASKING, "assistant", "tool"}
ANSWERING = {"assistant"}
PICTURES = ["image/jpeg", "image/png", "image/gif", "image/webp"]
DOCUMENT = "application/pdf"
SOUNDS = ["audio/wav", "audio/mp3", "audio/aac", "audio/ogg", "audio/flac"]
DATA = re.compile("data:([a-z]+/[a-z]+);base64,(.+)", re.DOTALL)
BEGINNINGS = {
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/gif": b"GIF8",
    "image/webp": b"RIFF",
    DOCUMENT: b"%PDF-",
    "audio/wav": b"RIFF",
    "audio/flac": b"fLaC",
    "audio/ogg": b"OggS",
}
"""Type of a file -> how its bytes begin; of the others nobody asks."""

_TEXT = spec("text", type="string")
_KEPT = nested("cache_control", kind("ephemeral"), maybe("ttl", type="string", enum=["5m", "1h"]))
CACHE = {**_KEPT, "required": False}
_BREAKPOINT = {
    **nested("prompt_cache_breakpoint", spec("mode", type="string", enum=["explicit"])),
    "required": False,
}
_DETAIL = maybe("detail", type="string", enum=["auto", "low", "high", "original"])
_FILE = (spec("filename", type="string", min_length=1), spec("file_data", type="string"))
_BLOCKS: dict[str, dict[str, tuple[set[str], tuple[Spec, ...]]]] = {
    "anthropic-messages": {
        "text": (EVERYONE, (_TEXT, CACHE, maybe("citations"))),
        "image": ({"user"}, (spec("source", type="object"), CACHE)),
        "tool_use": (
            ANSWERING,
            (
                spec("id", type="string", min_length=1),
                spec("name", type="string", min_length=1),
                spec("input", type="object"),
                CACHE,
                maybe("caller"),
            ),
        ),
        "tool_result": (
            {"user"},
            (
                spec("tool_use_id", type="string", min_length=1),
                maybe("content"),
                maybe("is_error", type="boolean"),
                CACHE,
            ),
        ),
        "document": (
            {"user"},
            (
                spec("source", type="object"),
                *(maybe("title", type="string"), maybe("context", type="string"), maybe("citations")),
                CACHE,
            ),
        ),
        "thinking": (ANSWERING, (spec("thinking", type="string"), spec("signature", type="string"))),
    },
    "openai-chat": {
        "text": (EVERYONE, (_TEXT, _BREAKPOINT)),
        "image_url": ({"user"}, (nested("image_url", spec("url"), _DETAIL), _BREAKPOINT)),
        "file": ({"user"}, (nested("file", *_FILE), _BREAKPOINT)),
        "input_audio": (
            {"user"},
            (
                nested(
                    "input_audio",
                    spec("data", type="string"),
                    spec("format", type="string", enum=["wav", "mp3"]),
                ),
                _BREAKPOINT,
            ),
        ),
    },
    "openai-responses": {
        "input_text": (ASKING, (_TEXT, _BREAKPOINT)),
        "input_image": (ASKING, (spec("image_url"), _DETAIL, _BREAKPOINT)),
        "input_file": (ASKING, (*_FILE, _BREAKPOINT)),
        "output_text": (ANSWERING, (_TEXT, maybe("annotations", type="array"), maybe("logprobs"))),
    },
}
"""Protocol -> kind of block -> whose messages may hold it, and its fields, by the types of the SDKs."""
_TEXTS = {"text", "input_text", "output_text"}
_IMAGES = {"image", "image_url", "input_image"}
_PDFS = {"document", "file", "input_file"}


def content_problems(record: Record, protocol: str, role: str, content: Any) -> list[str]:
    """Say what is wrong with what a message holds: a text or a list of blocks."""
    if isinstance(content, str) and content:
        return []
    if not isinstance(content, list) or not content:
        return ["must be text or a list of blocks"]
    return [each for block in content for each in block_problems(record, protocol, role, block)]


def block_problems(record: Record, protocol: str, role: str, block: Any) -> list[str]:
    """Say what is wrong with one block of a message."""
    if not isinstance(block, dict):
        return ["a block must be an object"]
    named = str(block.get("type"))
    roles, fields = _BLOCKS[protocol].get(named, (set(), ()))
    if role not in roles:
        return [f"no block of this protocol that {role} may send: {block!r}"]
    found = unfit(named, block, kind(named), *fields)
    if found:
        return [f"no block of this protocol: {each}" for each in found]
    if named in _IMAGES:
        return image_problems(record, is_picture(block))
    if named in _PDFS:
        return file_problems(record, DOCUMENT, _document(block))
    if named == "input_audio":
        sound = block["input_audio"]
        return file_problems(record, f"audio/{sound['format']}", sound["data"])
    if named == "tool_result" and block.get("content", "") != "":
        return _found_problems(record, protocol, block["content"])
    return []


def _found_problems(record: Record, protocol: str, content: Any) -> list[str]:
    """Say what is wrong with what a tool found: text and images, no more calls."""
    found = content_problems(record, protocol, "user", content)
    if not found and isinstance(content, list) and any(each["type"] == "tool_result" for each in content):
        found.append("a tool_result may not hold another")
    return found


def image_problems(record: Record, is_one: bool) -> list[str]:
    """Say whether this is no image, or the model takes none."""
    if not is_one:
        return ["neither an image at an https address nor one in base64"]
    return _refused(record, "image")


def file_problems(record: Record, kind: str, data: Any) -> list[str]:
    """Say whether these are not the bytes of such a file, or the model takes none."""
    if not is_base64(data) or not is_of_kind(data, kind):
        return [f"no {kind} in base64"]
    word = kind.partition("/")[0]
    return _refused(record, _READS.get(word, word))


_READS = {"application": "file"}
_MANY = {"image": "images", "file": "files", "audio": "audio"}


def _refused(record: Record, word: str) -> list[str]:
    reads = record["input_modalities"]
    # A stated list is complete: what it lacks is refused. Where none is, nobody knows.
    is_denied = reads and word not in reads and "input_modalities" not in record["incomplete"]
    return [f"this model takes no {_MANY[word]}"] if is_denied else []


def _document(block: Mapping[str, Any]) -> Any:
    """Give the base64 of a PDF, by the protocol's own way to say what it is."""
    if block["type"] == "document":
        source = block["source"]
        fields = (kind("base64"), spec("media_type", enum=[DOCUMENT]), spec("data", type="string"))
        return None if unfit("source", source, *fields) else source["data"]
    address = (block["file"] if block["type"] == "file" else block)["file_data"]
    inline = DATA.fullmatch(address)
    return inline[2] if inline and inline[1] == DOCUMENT else None


def is_picture(block: Mapping[str, Any]) -> bool:
    """Say whether a block names an image that can be had."""
    if block["type"] == "image":
        source = block["source"]
        if source.get("type") == "base64":
            fields = (kind("base64"), spec("media_type", enum=PICTURES), spec("data", type="string"))
            return not unfit("source", source, *fields) and _is_file(source["data"], source["media_type"])
        return not unfit("source", source, kind("url"), spec("url")) and is_web(source["url"])
    address = block["image_url"]["url"] if block["type"] == "image_url" else block["image_url"]
    inline = DATA.fullmatch(address) if isinstance(address, str) else None
    return _is_file(inline[2], inline[1]) if inline else is_web(address)


def _is_file(data: Any, kind: str) -> bool:
    return kind in PICTURES and is_base64(data) and is_of_kind(data, kind)


def is_of_kind(data: str, kind: str) -> bool:
    """Say whether base64 begins as a file of this kind does."""
    return _bytes(data).startswith(BEGINNINGS.get(kind, b""))


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)


def is_web(address: Any) -> bool:
    """Say whether a gateway could fetch this."""
    return isinstance(address, str) and address.startswith("https://")


def is_base64(text: Any) -> bool:
    """Say whether this is base64 of something, in either alphabet: Google's SDK writes that of addresses."""
    try:
        return bool(_bytes(text))
    except (AttributeError, binascii.Error, ValueError):
        return False


def unasked(steps: Iterable[tuple[str, Any]]) -> list[str]:
    """List what was found though no call before it had asked: steps are `called` or `found`, and an ID."""
    called, strays = set(), []
    for step, known in steps:
        if step == "called":
            called.add(known)
        elif known not in called:
            strays.append(f"nothing was called as {known!r}")
    return strays
