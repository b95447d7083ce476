"""The server card: what a client may know of /mcp before it connects (SEP-2127)."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

VERSION = "0.1.0"
NAME = "model-catalog"
SCHEMA = "https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json"
PROTOCOLS = ("2025-11-25", "2026-07-28")
"""The versions that the tests speak with it; the SDK also answers older ones."""
LONGEST_DESCRIPTION = 100


def card() -> dict[str, Any]:
    """Return the card of this site."""
    return {
        "$schema": SCHEMA,
        "name": f"{_reversed(urlsplit(settings.SITE_URL).hostname or 'localhost')}/{NAME}",
        "version": VERSION,
        "description": description(),
        "title": f"{settings.SITE_NAME} models",
        "websiteUrl": settings.SITE_URL,
        "remotes": [
            {
                "type": "streamable-http",
                "url": f"{settings.SITE_URL}/mcp",
                "supportedProtocolVersions": list(PROTOCOLS),
            }
        ],
    }


def description() -> str:
    """Return what the tools are for, in one line."""
    return "AI models: facts, exact prices, quotes, comparisons, runnable snippets and what changed."


def _reversed(host: str) -> str:
    """Return `models.example.com` as `com.example.models`; an IP address stays as it is."""
    parts = host.split(".")
    if ":" in host:  # IPv6, which a name cannot hold
        return "localhost"
    if all(part.isdigit() for part in parts):
        return host
    return ".".join(reversed(parts))
