"""Says when an official SDK can make a request, and with which base URL it then reaches the right address."""

from typing import Any
from urllib.parse import quote

from catalog.snippets.protocols import DIALECTS
from catalog.snippets.request import Request
from catalog.snippets.snippet import SiteSettings


def base_url(request: Request, site: SiteSettings) -> str | None:
    """Return the base URL of an Anthropic or OpenAI SDK, or None where it would call another address."""
    own = DIALECTS[request.protocol].sdk_path
    return site.url(request.path.removesuffix(own)) if own and request.path.endswith(own) else None


def gemini_base(request: Request, site: SiteSettings) -> tuple[str, str] | None:
    """Return base URL and API version of the Google SDK, or None where it would call another address.

    The SDK writes the model ID into the path unquoted and refuses some: one that needs quoting goes without.
    Both SDKs are told the version: google-genai 3.4.0 for Python by default calls `/v1`.
    """
    pattern = DIALECTS[request.protocol].sdk_pattern
    match = pattern.fullmatch(request.path) if pattern else None
    plain = quote(request.model_id, safe="", errors="surrogatepass") == request.model_id
    if match is None or not plain or ".." in request.model_id:
        return None
    return site.url(match["before"]), match["version"]


def first_text(body: dict[str, Any]) -> str | None:
    """Return the text of a Gemini body that holds one user text and nothing else."""
    contents = body["contents"]
    text = contents[0]["parts"][0].get("text")
    return text if contents == [{"role": "user", "parts": [{"text": text}]}] else None


def gemini_config(body: dict[str, Any]) -> dict[str, Any]:
    """Return the `config` of the Google SDKs: all of a Gemini body except the contents."""
    rest = {name: value for name, value in body.items() if name not in {"contents", "generationConfig"}}
    return {**body.get("generationConfig", {}), **rest}
