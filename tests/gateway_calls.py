"""Requests to the reference gateway as a test writes them, without an SDK."""

import json
import urllib.error
import urllib.request
from datetime import UTC, datetime

from small import IMAGE, NEWEST
from snippet_records import endpoint, small_records, text_record

AT = datetime(2026, 11, 22, tzinfo=UTC)
ABLE = "able-1"
"""A made model that speaks every protocol of texts, and can all that they ask for."""
HELLO = [{"role": "user", "content": "Hello"}]
MESSAGE = {"model": NEWEST, "max_tokens": 64, "messages": HELLO}
TASK = "/api/v1/prism_2/text_to_image"
REMIX = "/api/v1/prism_2/remix_image"
SPEECH = "/api/v1/octave_transcription/speech_to_text"
PICTURE = {"model": IMAGE, "prompt": "A lighthouse at dusk"}


def models():
    """Make the records of a gateway: those of the tests' catalog, and of one model that is able to do all."""
    able = text_record(ABLE)
    able["endpoints"].append(endpoint("/v1beta/models/{model}:generateContent", "gemini-generate-content"))
    able |= {"input_modalities": ["text", "image"], "parameters": {}}
    able["capabilities"] = ["streaming", "tool_call", "reasoning", "structured_output", "prompt_caching"]
    return [*small_records(), able]


def ask(url, body=None, *, method=None, **headers):
    """Status and parsed body of one request; without another header, the key goes as a bearer."""
    given = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
    if not headers.keys() & {"Authorization", "x_api_key", "x_goog_api_key"}:
        given["Authorization"] = "Bearer a-key"
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    if data is not None:
        given.setdefault("Content-Type", "application/json")
    request = urllib.request.Request(url, data=data, headers=given, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)
