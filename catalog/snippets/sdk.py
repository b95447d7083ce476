"""Says when an official SDK can make a request, and with which base URL it then reaches the right address."""

from typing import Any
from urllib.parse import quote

from catalog.snippets.request import Request
from catalog.snippets.snippet import SiteSettings

SDK_PATHS = {
    "anthropic-messages": "/v1/messages",
    "openai-chat": "/chat/completions",
    "openai-responses": "/responses",
    "openai-embeddings": "/embeddings",
    "gemini-generate-content": "/v1beta/models/",
}
"""Protocol -> the part of the path that its SDK adds to the base URL by itself."""


def base_url(request: Request, site: SiteSettings) -> str | None:
    """Give the SDK's base URL, or None where the SDK would call another address than the one meant."""
    own = SDK_PATHS.get(request.protocol)
    if own is None:
        return None
    if own.endswith("/"):
        before, found, _ = request.path.partition(own)
        # The SDK puts the ID into the path unquoted, so only an ID that needs no quoting arrives.
        plain = quote(request.model_id, safe="", errors="surrogatepass") == request.model_id
        return site.url(before) if found and plain and ".." not in request.model_id else None
    return site.url(request.path.removesuffix(own)) if request.path.endswith(own) else None


def first_text(body: dict[str, Any]) -> str | None:
    """Give the text of a Gemini body that holds one text of the user and nothing else."""
    contents = body["contents"]
    text = contents[0]["parts"][0].get("text")
    return text if contents == [{"role": "user", "parts": [{"text": text}]}] else None
