"""Writes a feed as Atom (RFC 4287)."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from catalog.text.instants import rfc3339
from pages.feeds.streams import Entry, Feed

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
NAMESPACE = "http://www.w3.org/2005/Atom"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def render(feed: Feed) -> bytes:
    """Write the whole document."""
    root = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en"})
    _text(root, "id", feed.id.urn)
    _text(root, "title", feed.title)
    _text(root, "updated", rfc3339(feed.at or NEVER))
    _link(root, "self", feed.url, "application/atom+xml")
    _link(root, "alternate", feed.page_url, "text/html")
    author = ET.SubElement(root, "author")
    _text(author, "name", feed.site.name)
    _text(author, "uri", feed.site.url)
    for entry in feed.entries:
        _entry(root, entry)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: ET.Element, entry: Entry) -> None:
    element = ET.SubElement(root, "entry")
    _text(element, "id", entry.id.urn)
    _text(element, "title", entry.title)
    _text(element, "updated", rfc3339(entry.at))
    _text(element, "published", rfc3339(entry.at))
    _link(element, "alternate", entry.url, "text/html")
    ET.SubElement(element, "category", {"term": entry.change.kind})
    content = ET.SubElement(element, "content", {"type": "text"})
    content.text = entry.text


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _link(parent: ET.Element, rel: str, href: str, content_type: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "href": href, "type": content_type})
