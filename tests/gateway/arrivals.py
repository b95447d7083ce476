"""What reached the gateway: each request as it was read, for tests to compare with what was meant."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any, BinaryIO

KEY_HEADERS = ("x-api-key", "x-goog-api-key")
"""Headers that hold nothing but a key; the third, Authorization, names a scheme before it."""
LINE = 4096
"""How many bytes a line between the chunks of a body may have."""


class RefusedError(Exception):
    """A request that is not answered, and why: status, code and message of the error body."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message

    @property
    def body(self) -> dict[str, Any]:
        """The error body that the documentation shows."""
        return {"error": {"code": self.code, "message": self.message}}


@dataclass(slots=True)
class Arrival:
    """One request: `body` is parsed (of a form: its plain fields), `files` are names by field."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    raw: bytes = b""
    key: str | None = None
    body: Any = None
    files: dict[str, str] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    status: int = 0
    said: str = ""

    @property
    def address(self) -> str:
        """Path and query together."""
        return f"{self.path}?{self.query}" if self.query else self.path


def key_of(headers: dict[str, str]) -> str | None:
    """Read the key from one of the three headers that may carry it; two that differ are no key."""
    given = [headers[name] for name in KEY_HEADERS if headers.get(name)]
    if "authorization" in headers:
        given.append(_bearer(headers["authorization"]))
    if not given:
        return None
    if any(key != given[0] for key in given):
        return None
    return given[0] or None


def _bearer(value: str) -> str:
    """Give what stands behind `Bearer`; of another scheme it is no key, which is empty here."""
    scheme, _, key = value.partition(" ")
    return key.strip() if scheme == "Bearer" else ""


def read_body(headers: dict[str, str], source: BinaryIO) -> bytes:
    """Read a body of a stated length or in chunks, or refuse what says neither rightly."""
    if "transfer-encoding" in headers:
        if headers["transfer-encoding"].strip().lower() != "chunked":
            raise RefusedError(400, "invalid_header", "Transfer-Encoding: only chunked is read")
        return b"".join(_chunks(source))
    length = headers.get("content-length", "0").strip()
    if not re.fullmatch("[0-9]{1,12}", length):
        raise RefusedError(400, "invalid_header", f"Content-Length: {length!r} is no length")
    return _exactly(source, int(length))


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    while size := _size(source):
        yield _exactly(source, size)
        if _line(source):
            raise RefusedError(400, "invalid_body", "a chunk is longer than it says")
    while _line(source):
        """Fields behind the last chunk say nothing that is asked here."""


def _size(source: BinaryIO) -> int:
    size = _line(source).partition(b";")[0].strip()
    if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
        raise RefusedError(400, "invalid_body", f"{size!r} is not the size of a chunk")
    return int(size, 16)


def _line(source: BinaryIO) -> bytes:
    line = source.readline(LINE)
    if not line.endswith(b"\n"):
        raise RefusedError(400, "invalid_body", "the body ends within a chunk")
    return line.rstrip(b"\r\n")


def _exactly(source: BinaryIO, length: int) -> bytes:
    found = source.read(length)
    if len(found) < length:
        raise RefusedError(400, "invalid_body", "the body is shorter than it says")
    return found


def read_json(arrival: Arrival) -> None:
    """Parse a JSON object, or refuse."""
    if _media_type(arrival) != "application/json":
        raise RefusedError(400, "invalid_content_type", "Content-Type must be application/json")
    try:
        body = json.loads(arrival.raw)
    except ValueError as error:
        raise RefusedError(400, "invalid_json", f"the body is not JSON: {error}") from error
    if not isinstance(body, dict):
        raise RefusedError(400, "invalid_json", "the body is not a JSON object")
    arrival.body = body


def read_form(arrival: Arrival) -> None:
    """Parse a multipart form, or refuse."""
    if _media_type(arrival) != "multipart/form-data":
        raise RefusedError(400, "invalid_content_type", "Content-Type must be multipart/form-data")
    head = f"Content-Type: {arrival.headers['content-type']}\r\n\r\n".encode()
    form = message_from_bytes(head + arrival.raw, policy=policy.HTTP)
    if not form.is_multipart():
        raise RefusedError(400, "invalid_form", "the body is not a multipart form")
    arrival.body = {}
    for part in form.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True) or b""
        if part.get_filename() is None:
            arrival.body[name] = content.decode()
        else:
            arrival.files[name] = part.get_filename()
            arrival.contents[name] = content


def _media_type(arrival: Arrival) -> str:
    return arrival.headers.get("content-type", "").partition(";")[0].strip().lower()
