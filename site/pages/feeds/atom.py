"""Writes a feed as Atom (RFC 4287)."""

from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from pages.feeds.streams import Feed

CONTENT_TYPE = Atom1Feed.content_type
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # Atom demands an instant, even of an empty feed


class _Atom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        # Django would say now for a feed without entries.
        at: datetime = self.feed["at"]
        return at

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        # Django writes HTML summaries only, and these entries are plain text.
        handler.addQuickElement("content", item["text"], {"type": "text"})


def render(feed: Feed) -> bytes:
    """Return the whole document."""
    atom = _Atom(
        title=feed.title,
        link=feed.page_url,
        description="",
        language="en",
        author_name=feed.site.name,
        author_link=feed.site.url,
        feed_url=feed.url,
        feed_guid=feed.id.urn,
        at=_naive(feed.at or NEVER),
    )
    for entry in feed.entries:
        atom.add_item(
            title=entry.title,
            link=entry.url,
            description=None,  # type: ignore[arg-type]  # no summary beside the content
            unique_id=entry.id.urn,
            pubdate=_naive(entry.at),
            updateddate=_naive(entry.at),
            categories=[entry.change.kind],
            text=entry.text,
        )
    return atom.writeString("utf-8").encode()


def _naive(instant: datetime) -> datetime:
    # Django ends such an instant in `Z`, as the API does, others in `+00:00`.
    return instant.astimezone(UTC).replace(tzinfo=None)
