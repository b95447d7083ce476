"""The server card: what clients may know before connecting (SEP-2127)."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

VERSION = "0.1.0"
NAME = "model-catalog"
SCHEMA = "https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json"
PROTOCOLS = ("2025-11-25", "2026-07-28")
"""Versions that the tests speak; the SDK also answers older ones."""
LONGEST_DESCRIPTION = 100


def card() -> dict[str, Any]:
    """Return this site's card."""
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
    """Return what the tools are for."""
    return "AI models: facts, exact prices, quotes, comparisons, runnable snippets and what changed."


def _reversed(host: str) -> str:
    """Return `models.example.com` as `com.example.models`."""
    parts = host.split(".")
    if ":" in host:  # IPv6, which a name cannot hold
        return "localhost"
    # An IP address has no order to reverse.
    if all(part.isdigit() for part in parts):
        return host
    return ".".join(reversed(parts))
