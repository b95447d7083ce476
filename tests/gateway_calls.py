"""Requests to the reference gateway as a test writes them, without an SDK."""

import json
import urllib.error
import urllib.request
from datetime import UTC, datetime

AT = datetime(2026, 11, 22, tzinfo=UTC)
CLAUDE = "claude-sonnet-5"
GPT = "gpt-5.6-sol"
HELLO = [{"role": "user", "content": "Hello"}]
MESSAGE = {"model": CLAUDE, "max_tokens": 64, "messages": HELLO}
TASK = "/api/v1/flux_2/text_to_image"
REMIX = "/api/v1/flux_2/remix_image"
SPEECH = "/api/v1/openai_transcription/speech_to_text"
PICTURE = {"model": "flux-2-pro-text-to-image", "prompt": "A lighthouse at dusk"}


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
