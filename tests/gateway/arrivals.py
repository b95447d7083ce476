"""What reached the gateway: each request as it was read, for tests to compare with what was meant."""

import json
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any

KEY_HEADERS = ("authorization", "x-api-key", "x-goog-api-key")


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
    found = {headers[name] for name in KEY_HEADERS[1:] if headers.get(name)}
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    if "authorization" in headers:
        found.add(bearer.strip() if scheme == "Bearer" else "")
    return found.pop() or None if len(found) == 1 else None


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
