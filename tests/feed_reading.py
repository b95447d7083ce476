"""Feeds and calendars as others read them: feedparser, a strict XML parser, icalendar."""

from types import SimpleNamespace
from xml.etree import ElementTree as ET

import feedparser
import icalendar

ATOM = "{http://www.w3.org/2005/Atom}"
KINDS = ("price", "lifecycle", "status", "new")


def atom(client, path):
    """A feed as feedparser reads it, which a strict parser has taken too."""
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8"), path
    root = ET.fromstring(answer.content)
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    assert len(found.entries) == len(root.findall(f"{ATOM}entry"))
    return found


def json_feed(client, path):
    """A JSON Feed, with what its version asks for in place."""
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/feed+json"), path
    found = answer.json()
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["title"]
    assert found["feed_url"].endswith(path)
    for item in found["items"]:
        assert isinstance(item["id"], str)
        assert item["content_text"]
    return found


def both(client, stream):
    """The entries of a stream, which its two forms give alike: id, title, text, url and instant."""
    entries = [
        SimpleNamespace(
            id=one.id,
            title=one.title,
            text=one.content[0].value,
            url=one.link,
            at=one.updated,
            kind=one.tags[0].term,
        )
        for one in atom(client, f"{stream}.atom").entries
    ]
    items = [
        SimpleNamespace(
            id=one["id"],
            title=one["title"],
            text=one["content_text"],
            url=one["url"],
            at=one["date_modified"],
            kind=one["tags"][0],
        )
        for one in json_feed(client, f"{stream}.feed.json")["items"]
    ]
    assert entries == items
    return entries


def both_loosely(client, stream):
    """The IDs of a stream, which its two forms give alike; readers tidy odd texts each in their way."""
    ids = [one.id for one in atom(client, f"{stream}.atom").entries]
    assert ids == [one["id"] for one in json_feed(client, f"{stream}.feed.json")["items"]]
    assert len(set(ids)) == len(ids)
    return ids


def calendar(client, path):
    """The events of a calendar as icalendar reads it, each line of which is as long as the RFC allows."""
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8"), path
    lines = answer.content.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    found = icalendar.Calendar.from_ical(answer.content)
    assert found["VERSION"] == "2.0"
    assert found.subcomponents, "RFC 5545 allows no calendar that is empty"
    events = list(found.walk("VEVENT"))
    for component in (found, *events):
        assert component.errors == []
    assert len({event["UID"] for event in events}) == len(events)
    return events
