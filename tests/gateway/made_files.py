"""Files that tasks have made: where a result lists them, and what is in each."""

import base64
import re
from typing import Any

from catalog.records.record import Record
from catalog.snippets.result_files import result_files
from gateway.arrivals import KEY_HEADERS, Arrival, RefusedError

FILE = re.compile(r"/files/(?P<task_id>[^/]+)/[0-9]+\.\w+")


def listed(record: Record, action: str | None, task_id: str, host: str) -> dict[str, Any]:
    """Give the part of a result that lists its files: two tracks of music, one of all else."""
    files = result_files(record, action or "")
    if files is None:
        return {}
    count = 1 if files.url == "url" else 2
    paths = [f"/files/{task_id}/{number}{files.ending}" for number in range(1, count + 1)]
    return {files.key: [{files.url: f"http://{host}{path}"} for path in paths]}


def content(path: str) -> bytes:
    """Give what is in a file: bytes of each kind, and where it lies, so that no two are alike."""
    return bytes(range(256)) + path.encode()


def with_picture(record: Record, answer: dict[str, Any]) -> dict[str, Any]:
    """Add a picture to an answer of a model that makes some: as base64, behind the text."""
    if "image" in record["output_modalities"] and "candidates" in answer:
        data = base64.b64encode(content(record["model_id"])).decode()
        parts = answer["candidates"][0]["content"]["parts"]
        parts.append({"inlineData": {"mimeType": "image/png", "data": data}})
    return answer


def task_of(arrival: Arrival) -> str | None:
    """Give the ID of the task whose file is asked for, None where no file is; refuse a key beside it.

    Files lie with another host than the API: who sends the key there gives it away.
    """
    found = FILE.fullmatch(arrival.path)
    if found and any(arrival.headers.get(name) for name in ("authorization", *KEY_HEADERS)):
        raise RefusedError(400, "invalid_header", "the address of a file takes no key")
    return found["task_id"] if found else None
