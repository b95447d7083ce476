"""Names that have broken other sites: feeds and calendars stay valid, and nothing answers 500."""

from datetime import date
from urllib.parse import quote, unquote

import pytest

import feed_reading
import hostile
from catalog.models import Family, Provider, Variant
from catalog.models.variant import model_path
from catalog.publishing.publish import publish
from catalog.vocabulary import ChangeKind, Origin
from small import TOKENS, TOKENS_PATH

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ODD = (*range(1, 32), 127, *range(128, 160), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF, 0x1FFFE)
CONTROLS = "".join(map(chr, ODD))
NAMES = [
    *(word for kind in ("model_ids", "markdown", "prompts") for word in hostile.entries(kind)),
    *hostile.entries("zip_names"),
    *hostile.entries("urls"),
    CONTROLS,
    "a]]>b",
    "&amp;&#0;&#x1F;<![CDATA[x]]>",
    "BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT",
    "line\nDTSTART;VALUE=DATE:20300101",
]


@pytest.fixture
def planted():
    """Models whose ID, name and replacement are hostile words, written behind the doors that refuse them."""
    kept = dict.fromkeys(word.replace("\0", "")[:190] for word in NAMES)
    words = [f"{number}-{word}" for number, word in enumerate(kept)]
    provider = Provider.objects.create(slug="hostile", name=CONTROLS[:100])
    family = Family.objects.create(slug="hostile", name="<&>" + CONTROLS, provider=provider)
    with publish(actor=None, origin=Origin.FILE, reason="") as edition:
        variants = [
            edition.add(Variant(family=family, model_id=spelt, slug=spelt, name=spelt.partition("-")[2]))
            for spelt in words
        ]
        for variant in variants:
            edition.record(ChangeKind.ADDED, variant, f"{variant} added", after=variant.model_id)
    with publish(actor=None, origin=Origin.ADMIN, reason="") as edition:
        for variant in variants:
            follows = variants[0] if variant.pk != variants[0].pk else None
            edition.change(variant, {"retires_on": date(2031, 1, 1), "replacement": follows})
    return variants


def test_feeds_and_calendars_of_hostile_names_are_read_by_strict_parsers(client, planted):
    assert len(planted) > 200
    for stream in ("/changes", "/changes/new", "/changes/lifecycle", "/models/hostile/changes"):
        entries = feed_reading.both_loosely(client, stream)
        assert len(entries) == 100
    events = feed_reading.calendar(client, "/models/hostile/lifecycle.ics")
    assert len(events) == len(planted)
    assert {event["DTSTART"].dt for event in events} == {date(2031, 1, 1)}
    assert len(feed_reading.calendar(client, "/lifecycle.ics")) >= len(planted)


def test_every_stream_of_a_hostile_model_is_a_feed_or_no_page_at_all(client, planted):
    found = 0
    for variant in planted:
        for form in ("atom", "feed.json"):
            path = f"{model_path('hostile', variant.slug)}/changes.{form}"
            answer = client.get(path)
            assert answer.status_code in {200, 301, 400, 404}, (path, answer.status_code)
            if answer.status_code == 200 and form == "atom":
                found += 1
                assert feed_reading.atom(client, path).entries
    assert found > 200


@pytest.mark.parametrize("word", [*hostile.entries("model_ids")[:60], "a\0b", "%00", "\ud800"], ids=repr)
def test_an_address_that_is_asked_for_never_breaks_a_feed(client, word):
    spelt = quote(word, safe="", errors="surrogatepass")[:1500]
    for path in (
        f"/models/{spelt}/changes.atom",
        f"/models/linden/{spelt}/changes.feed.json",
        f"/models/{spelt}/lifecycle.ics",
        f"/changes/{spelt}.atom",
        f"/.well-known/{spelt}",
    ):
        assert client.get(path).status_code < 500, path
        assert client.get(path, {"kind": word[:100].encode(errors="ignore").decode()}).status_code < 500


@pytest.mark.engine("sqlite")  # PostgreSQL refuses such a value
def test_half_a_letter_in_a_kept_value_is_left_out(client):
    """JSON may spell one half of a surrogate pair, which a database keeps as it is spelt."""
    variant = Variant.objects.get(model_id=TOKENS)
    with publish(actor=None, origin=Origin.FILE, reason="") as edition:
        edition.record(ChangeKind.CATALOG, variant, "Odd", before={"x": "a\ud800b"}, after=["\udfff"])
    newest = feed_reading.json_feed(client, "/changes.feed.json")["items"][0]
    assert newest["_catalog"]["before"] == {"x": "ab"}
    assert feed_reading.atom(client, "/changes.atom").entries[0].title == "Odd"
    assert unquote(newest["url"]).endswith(TOKENS_PATH)
