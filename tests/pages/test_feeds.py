"""Whoever follows the catalog is told each change once, in plain words, under an ID that stays."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

import databases
import dom
import feed_reading
from catalog.exchange.load import load_files
from catalog.models import Family, Price, Variant
from catalog.publishing.incidents import close, open_event
from catalog.publishing.price_changes import Successor, succeed
from catalog.publishing.publish import current_revision, publish
from catalog.text.instants import rfc3339
from catalog.vocabulary import Origin, PriceState, Severity
from feed_reading import KINDS, both
from forms import filled
from rows import a_family, a_variant
from small import FAMILIES, MODELS, TOKENS, TOKENS_PATH

pytestmark = pytest.mark.django_db


@pytest.fixture
def dearer():
    """The input price of the model TOKENS, announced to rise tomorrow."""
    old = Price.objects.get(variant__model_id=TOKENS, kind="sell", meter="input_tokens")
    start = timezone.now() + timedelta(days=1)
    with publish(actor=None, origin=Origin.ADMIN, reason="Not for the public") as edition:
        dearer = old.value.becoming(PriceState.KNOWN, Decimal("1.625"))
        new = Successor(dearer, start, "https://example.com", "E", "Secret")
        succeed(edition, old, new)


def test_every_stream_of_the_catalog_is_read_and_its_two_forms_agree(client):
    streams = ["/changes", *(f"/changes/{kind}" for kind in KINDS)]
    streams += [f"/models/{slug}/changes" for slug in Family.objects.values_list("slug", flat=True)]
    streams += [f"{variant.path}/changes" for variant in Variant.objects.select_related("family")]
    read = {stream: both(client, stream) for stream in streams}
    assert len(read) == 1 + len(KINDS) + FAMILIES + MODELS
    assert sum(map(len, read.values())) > 3 * MODELS
    # Of one change all streams say the same.
    said = {}
    for entries in read.values():
        for entry in entries:
            assert said.setdefault(entry.id, entry) == entry


def test_a_changed_price_is_told_with_both_amounts_in_each_stream_it_belongs_to(client, dearer):
    belongs = ["/changes", "/changes/price", "/models/linden/changes", f"{TOKENS_PATH}/changes"]
    newest = [both(client, stream)[0] for stream in belongs]
    assert newest == [newest[0]] * 4
    entry = newest[0]
    assert "changes from $1.50 per 1M tokens to $1.625 per 1M tokens" in entry.title
    assert "Before: $1.50 per 1M tokens\nAfter: $1.625 per 1M tokens" in entry.text
    kept = feed_reading.json_feed(client, "/changes.feed.json")["items"][0]["_catalog"]
    assert (kept["before"]["amount"], kept["after"]["amount"], kept["after"]["unit"]) == (
        "1.5",
        "1.625",
        "1M tokens",
    )
    assert entry.kind == "price"
    assert entry.url.endswith(TOKENS_PATH)
    assert "Secret" not in entry.text
    assert "Not for the public" not in client.get("/changes.atom").content.decode()
    for stream in ("/changes/lifecycle", "/changes/status", "/changes/new", "/models/oriel/changes"):
        assert entry.id not in [one.id for one in both(client, stream)]


def test_lifecycle_and_trouble_are_told_as_they_were_and_are(client):
    variant = a_variant(name="Short-lived")
    with publish(actor=None, origin=Origin.ADMIN, reason="") as edition:
        edition.change(variant, {"retires_on": timezone.now().date().replace(year=2030, month=2, day=1)})
    entry = both(client, "/changes/lifecycle")[0]
    assert entry.text.endswith("Before: Not stated\nAfter: 2030-02-01")
    with publish(actor=None, origin=Origin.ADMIN, reason="") as edition:
        event = open_event(edition, variant, Severity.OUTAGE, "Nothing answers")
    assert "outage. Nothing answers" in both(client, "/changes/status")[0].title
    with publish(actor=None, origin=Origin.ADMIN, reason="") as edition:
        close(edition, event)
    assert "over" in both(client, "/changes/status")[0].title


def test_a_new_model_is_told_by_whichever_door_it_came(client, admin_client):
    by_file = a_variant()
    family = a_family()
    answer = admin_client.get("/admin/catalog/variant/add/")
    sent = {**filled(answer), "family": family.pk, "model_id": "testfam-by-hand", "slug": "by-hand"}
    added = admin_client.post("/admin/catalog/variant/add/", {**sent, "change_reason": "Asked for"})
    assert added.status_code == 302, added.content.decode()
    told = [entry.title for entry in both(client, "/changes/new")[:2]]
    assert told == ["testfam-by-hand added to the catalog", f"{by_file} added"]
    assert "Arbor added" not in [entry.title for entry in both(client, "/changes/new")]


def test_ids_and_instants_stay_when_records_are_rebuilt_and_the_catalog_loaded_again(
    client, dearer, settings
):
    def seen():
        found = feed_reading.atom(client, "/models/linden/changes.atom")
        return found.feed.id, [(entry.id, entry.updated) for entry in found.entries]

    before = seen()
    timed = client.get("/models/linden/changes.atom")["ETag"]
    call_command("rebuild_records", verbosity=0)
    load_files(sorted(databases.FILES["small"].glob("*.toml")))
    assert seen() == before
    assert client.get("/models/linden/changes.atom")["ETag"] == timed
    settings.SITE_URL = "https://elsewhere.example.com"
    settings.ALLOWED_HOSTS = ["testserver"]
    assert seen() == before
    assert len({entry[0] for entry in before[1]}) == len(before[1])


def test_the_instant_is_that_of_the_change_whenever_the_feed_is_asked_for(client, dearer):
    found = feed_reading.atom(client, f"{TOKENS_PATH}/changes.atom")
    assert found.feed.updated == found.entries[0].updated == rfc3339(current_revision()[1])


@pytest.mark.parametrize(
    "path", ["/changes.atom", "/changes.feed.json", "/lifecycle.ics", f"{TOKENS_PATH}/changes.atom"]
)
def test_a_reader_that_has_a_feed_is_told_304_until_the_catalog_changes(client, path):
    first = client.get(path)
    assert first["Cache-Control"] == "public, max-age=60"
    assert first["Access-Control-Allow-Origin"] == "*"
    assert not first["ETag"].startswith("W/")
    known = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (known.status_code, known.content, known["ETag"]) == (304, b"", first["ETag"])
    since = client.get(path, headers={"if-modified-since": first["Last-Modified"]})
    assert since.status_code == 304
    head = client.head(path)
    assert (head.status_code, head["ETag"]) == (200, first["ETag"])
    variant = Variant.objects.get(model_id=TOKENS)
    with publish(actor=None, origin=Origin.ADMIN, reason="") as edition:
        edition.change(variant, {"retires_on": variant.retires_on + timedelta(days=1)})
    later = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (later.status_code, later["ETag"] != first["ETag"]) == (200, True)
    assert not later.cookies


def test_a_feed_holds_the_newest_hundred_and_its_queries_do_not_grow(client, django_assert_num_queries):
    for _ in range(30):
        a_variant()
    with django_assert_num_queries(3):
        assert len(both_forms_once(client, "/changes.atom")) == 100
    with django_assert_num_queries(4):
        assert len(both_forms_once(client, "/models/linden/changes.atom")) == 10
    with django_assert_num_queries(4):
        assert len(both_forms_once(client, "/models/sona/changes.atom")) < 10
    with django_assert_num_queries(4):
        assert len(both_forms_once(client, f"{TOKENS_PATH}/changes.atom")) == 1


def both_forms_once(client, path):
    return feed_reading.atom(client, path).entries


def test_a_stream_without_changes_is_a_feed_all_the_same(client):
    found = feed_reading.atom(client, "/changes/status.atom")
    assert found.entries == []
    assert found.feed.updated
    assert feed_reading.json_feed(client, "/changes/status.feed.json")["items"] == []


@pytest.mark.parametrize("form", ["atom", "feed.json"])
def test_an_alias_leads_to_the_feed_of_its_snapshot_and_what_is_unknown_is_404(client, form):
    moved = client.get(f"/models/linden/linden-ballad-4-5/changes.{form}")
    assert (moved.status_code, moved["Location"]) == (301, f"{TOKENS_PATH}/changes.{form}")
    for path in ("/models/nobody/changes", "/models/linden/nothing/changes", "/changes/secrets"):
        assert client.get(f"{path}.{form}").status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/changes", "/models/linden", TOKENS_PATH])
def test_the_head_of_a_page_names_its_feeds(client, path):
    page = dom.tree(client.get(path).content.decode())
    links = [(one.attributes["type"], one.attributes["href"]) for one in page.all("link", rel="alternate")]
    stream = path if path == "/changes" else f"{path}/changes"
    for form, type_ in (("atom", "application/atom+xml"), ("feed.json", "application/feed+json")):
        (href,) = [href for kind, href in links if kind == type_]
        assert href.endswith(f"{stream}.{form}")
        assert client.get(href.removeprefix("http://127.0.0.1:8000")).status_code == 200


@pytest.mark.parametrize(
    ("kind", "stream"), [("price", "/changes/price"), ("", "/changes"), ("catalog", "/changes")]
)
def test_a_narrowed_list_of_changes_names_the_feed_of_its_kind(client, kind, stream):
    page = client.get("/changes", {"kind": kind}).content.decode()
    assert f'href="{settings.SITE_URL}{stream}.atom"' in page
    assert f'<a href="{stream}.atom">' in page
    answer = client.get("/changes.atom", {"kind": kind})
    assert answer.get("Location", "/changes.atom") == f"{stream}.atom"


def test_the_reason_of_an_admin_and_who_it_was_are_not_told(client):
    editor = User.objects.create_user("edith-the-editor")
    with publish(actor=editor, origin=Origin.ADMIN, reason="Our margin fell") as edition:
        edition.change(Variant.objects.get(model_id=TOKENS), {"name": "Ballad of September"})
    for form in ("atom", "feed.json"):
        text = client.get(f"/changes.{form}").content.decode()
        assert "Ballad of September" in text
        assert "margin" not in text
        assert "edith" not in text
