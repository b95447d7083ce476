"""When an official SDK can make a request, and with which base URL."""

from typing import Any

from catalog.snippets.call import Request
from catalog.snippets.protocols import DIALECTS
from catalog.snippets.snippet import SiteSettings


def base_url(request: Request, site: SiteSettings) -> str | None:
    """Return the base URL for an Anthropic or OpenAI SDK, if it fits."""
    dialect = DIALECTS[request.protocol]
    if dialect.sdk_pattern or not dialect.fits_sdk(request.path, request.model_id):
        return None
    return site.url(request.path.removesuffix(dialect.counting).removesuffix(dialect.sdk_path))


def gemini_base(request: Request, site: SiteSettings) -> tuple[str, str] | None:
    """Return base URL and API version for Google's SDK, if it fits."""
    dialect = DIALECTS[request.protocol]
    match = dialect.sdk_pattern.fullmatch(request.path) if dialect.sdk_pattern else None
    if match is None or not dialect.fits_sdk(request.path, request.model_id):
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
