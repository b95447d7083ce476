"""When an official SDK can make a request, and with which base URL."""

from typing import Any
from urllib.parse import quote

from catalog.snippets.protocols import DIALECTS
from catalog.snippets.request import Request
from catalog.snippets.snippet import SiteSettings


def base_url(request: Request, site: SiteSettings) -> str | None:
    """Return the base URL for an Anthropic or OpenAI SDK, if it fits."""
    own = DIALECTS[request.protocol].sdk_path
    return site.url(request.path.removesuffix(own)) if own and request.path.endswith(own) else None


def gemini_base(request: Request, site: SiteSettings) -> tuple[str, str] | None:
    """Return base URL and API version for Google's SDK, if it fits."""
    pattern = DIALECTS[request.protocol].sdk_pattern
    match = pattern.fullmatch(request.path) if pattern else None
    # The SDK writes the ID into the path unquoted, and refuses some.
    plain = quote(request.model_id, safe="", errors="surrogatepass") == request.model_id
    if match is None or not plain or ".." in request.model_id:
        return None
    # Always with a version: google-genai 3.4.0 for Python calls `/v1` by default.
    return site.url(match["before"]), match["version"]


def first_text(body: dict[str, Any]) -> str | None:
    """Return the text of a Gemini body that holds nothing else."""
    contents = body["contents"]
    text = contents[0]["parts"][0].get("text")
    return text if contents == [{"role": "user", "parts": [{"text": text}]}] else None


def gemini_config(body: dict[str, Any]) -> dict[str, Any]:
    """Return the `config` for Google's SDKs."""
    rest = {name: value for name, value in body.items() if name not in {"contents", "generationConfig"}}
    return {**body.get("generationConfig", {}), **rest}
