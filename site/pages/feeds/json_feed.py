"""Writes a feed as JSON Feed 1.1."""

from typing import Any

import orjson

from catalog.text.instants import rfc3339
from pages.feeds.streams import Entry, Feed

CONTENT_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def render(feed: Feed) -> bytes:
    """Return the document; `_catalog` holds values as in the API."""
    return orjson.dumps(
        {
            "version": VERSION,
            "title": feed.title,
            "home_page_url": feed.page_url,
            "feed_url": feed.url,
            "language": "en",
            "authors": [{"name": feed.site.name, "url": feed.site.url}],
            "items": [_item(entry, feed) for entry in feed.entries],
        }
    )


def _item(entry: Entry, feed: Feed) -> dict[str, Any]:
    change = entry.change
    return {
        "id": entry.id.urn,
        "url": entry.url,
        "title": entry.title,
        "content_text": entry.text,
        "date_published": rfc3339(entry.at),
        "date_modified": rfc3339(entry.at),
        "tags": [change.kind],
        "_catalog": {
            "about": f"{feed.site.url}/docs/feeds",
            "revision": change.revision,
            "model_id": change.model_id,
            "subject": change.subject,
            "before": _writable(change.before),
            "after": _writable(change.after),
        },
    }


def _writable(value: Any) -> Any:
    # UTF-8 cannot hold half of a surrogate pair, which a name in the catalog may.
    if isinstance(value, dict):
        return {_writable(key): _writable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_writable(item) for item in value]
    return value.encode(errors="ignore").decode() if isinstance(value, str) else value
