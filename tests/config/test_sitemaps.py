"""What search engines are told is so: every address answers, is its page's own, and bears the true day."""

import re
from datetime import UTC, datetime, timedelta
from html import escape
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db.models import Max

import hostile
from catalog.exchange.synthetic import make
from catalog.history.changes import last_changes, newest
from catalog.models import Family, Price, Provider, Revision, Variant
from catalog.publishing.publish import publish
from catalog.text.instants import rfc3339
from catalog.vocabulary import ChangeKind, Origin
from config import sitemaps
from docs import library
from small import SIBLING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
NAMESPACE = {"s": SCHEMA}
W3C_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
def empty_cache():
    cache.clear()
    yield
    cache.clear()


def read(client, path):
    """Address -> last modification, or None, of everything that a sitemap or its index names."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"].startswith("application/xml")
    root = ET.fromstring(answer.content)
    assert root.tag in (f"{{{SCHEMA}}}urlset", f"{{{SCHEMA}}}sitemapindex")
    for one in root:
        # As the schema has it: an address, then an instant or none.
        assert [part.tag.removeprefix(f"{{{SCHEMA}}}") for part in one] in (["loc"], ["loc", "lastmod"])
        assert W3C_INSTANT.fullmatch(one.findtext("s:lastmod", "2026-01-01T00:00:00Z", NAMESPACE))
    found = [
        (one.findtext("s:loc", None, NAMESPACE), one.findtext("s:lastmod", None, NAMESPACE)) for one in root
    ]
    assert len(found) == len(dict(found)), "an address is named twice"
    assert all(address.startswith(f"{settings.SITE_URL}/") for address, _ in found)
    return {address.removeprefix(settings.SITE_URL): at for address, at in found}


def everything(client):
    return {path: at for file in read(client, "/sitemap.xml") for path, at in read(client, file).items()}


def test_every_model_family_provider_page_and_skill_is_named(client):
    found = everything(client)
    assert {one.path for one in Variant.objects.select_related("family")} <= found.keys()
    assert {f"/models/{slug}" for slug in Family.objects.values_list("slug", flat=True)} <= found.keys()
    assert {f"/providers/{slug}" for slug in Provider.objects.values_list("slug", flat=True)} <= found.keys()
    assert {f"/docs/{source.slug}" for source in library.shelf()} <= found.keys()
    assert {"/", "/models", "/skills/model-catalog", "/skills/linden", "/pricing"} <= found.keys()


@pytest.mark.slow
@pytest.mark.engine("sqlite")  # what a page says is the same on both
def test_every_address_answers_and_is_the_one_that_its_page_calls_its_own(client):
    for path in everything(client):
        answer = client.get(path)
        assert answer.status_code == 200, path
        head = answer.content.decode().partition("</head>")[0]
        assert f'<link rel="canonical" href="{settings.SITE_URL}{escape(path)}">' in head
        assert 'name="robots"' not in head, path


@pytest.mark.clock(goes_on=True)  # one write comes after the other
def test_a_model_was_last_changed_when_a_publish_touched_it_last(client):
    found = everything(client)
    with publish(actor=None, origin=Origin.FILE, reason="") as edition:
        one = Variant.objects.get(model_id=SIBLING)
        edition.change(one, {"context_window": 1_234_567})
    after = everything(client)
    at = rfc3339(Revision.objects.latest("number").at.replace(microsecond=0))
    changed = {path for path, said in after.items() if said != found[path]}
    # The models that it replaces name it on their pages.
    replaced = {other.path for other in Variant.objects.filter(replacement=one)}
    assert changed >= {one.path, "/models/linden", "/providers/arbor", "/", "/changes"}
    assert {after[path] for path in changed} == {at}
    assert changed <= {one.path, "/models/linden", "/providers/arbor", "/", "/changes"} | replaced
    assert read(client, "/sitemap.xml")["/sitemaps/models-1.xml"] == at


def test_no_model_changed_before_its_last_event(client):
    found = everything(client)
    for one in Variant.objects.select_related("family")[::10]:
        (last,) = newest(1, model_id=one.model_id)
        assert found[one.path] >= rfc3339(last.at.replace(microsecond=0))
    assert len({*found.values()}) > 1


def test_a_price_that_comes_by_itself_changes_its_page_on_that_day():
    one = Variant.objects.get(model_id=SIBLING)
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)
    with publish(actor=None, origin=Origin.FILE, reason="") as edition:
        later = {
            "conditions": {"region": "later"},
            "conditions_key": '{"region":"later"}',
            "effective_from": at,
        }
        edition.add(Price(variant=one, kind="sell", meter="input_tokens", per=1_000_000, amount=7, **later))
        edition.record(ChangeKind.PRICE, one, "announced")
    before = {change.path: change.at for change in last_changes(at - timedelta(seconds=1))}
    after = {change.path: change.at for change in last_changes(at)}
    assert before[one.path] < at
    assert [path for path in after if after[path] != before[path]] == [one.path]
    assert after[one.path] == at


def test_what_is_not_known_to_have_changed_says_no_day(client):
    found = everything(client)
    assert not [path for path, at in found.items() if at and path.startswith(("/docs", "/skills"))]
    index = read(client, "/sitemap.xml")
    assert index["/sitemaps/docs-1.xml"] is None
    models = read(client, "/sitemaps/models-1.xml").values()
    assert index["/sitemaps/models-1.xml"] == max(models)


@pytest.mark.slow
@pytest.mark.parametrize("slug", [*hostile.entries("markdown")][:6])
def test_names_that_xml_could_trip_over_stay_one_address(client, slug):
    slug = "".join(mark for mark in slug if mark.isprintable()).replace("/", "")[:90]
    with publish(actor=None, origin=Origin.FILE, reason="") as edition:
        row = edition.add(Provider(slug=f"a&b<c>'{slug}"[:100], name="Hostile"))
        edition.record(ChangeKind.CATALOG, row, "added")
    answers = [client.get(path).status_code for path in read(client, "/sitemaps/providers-1.xml")]
    assert {*answers} == {200}


def test_a_large_section_is_cut_into_files_and_asks_no_more_of_the_database(
    client, monkeypatch, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        client.get("/sitemap.xml")
    make(300, force=True)
    monkeypatch.setattr(sitemaps, "PER_FILE", 100)
    cache.clear()
    with django_assert_max_num_queries(12):
        files = [path for path in read(client, "/sitemap.xml") if "/models-" in path]
    assert len(files) == -(-Variant.objects.count() // 100)
    named = [path for file in files for path in read(client, file)]
    assert len(named) == len({*named}) == Variant.objects.count()
    assert [len(read(client, file)) for file in files[:-1]] == [100] * (len(files) - 1)
    for path in (
        "/sitemaps/models-0.xml",
        f"/sitemaps/models-{len(files) + 1}.xml",
        "/sitemaps/nothing-1.xml",
    ):
        assert client.get(path).status_code == 404


@pytest.mark.clock(goes_on=True)  # by a second at least: it names no shorter time
@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemaps/models-1.xml"])
def test_it_is_kept_until_the_catalog_changes(client, path, django_assert_num_queries):
    first = client.get(path)
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    with django_assert_num_queries(1):
        assert client.get(path).content == first.content
    with publish(actor=None, origin=Origin.FILE, reason="") as edition:
        edition.change(Variant.objects.first(), {"name": "Another"})
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_robots_are_led_to_the_sitemap_and_kept_from_the_admin_and_from_endless_lists(client):
    text = client.get("/robots.txt").content.decode()
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    assert rules.site_maps() == [f"{settings.SITE_URL}/sitemap.xml"]
    assert not rules.can_fetch("any", "/admin/")
    assert all(rules.can_fetch("any", path) for path in everything(client))
    assert rules.can_fetch("any", "/models.md?input_modality=image&sort=input_price&at=2026-11-01")


def test_the_newest_day_is_that_of_the_last_publish(client):
    last = Revision.objects.aggregate(at=Max("at"))["at"]
    assert everything(client)["/changes"] == rfc3339(last.replace(microsecond=0))


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemaps/docs-1.xml"])
def test_addresses_are_those_of_the_site_whichever_host_is_asked(client, settings, path):
    settings.SITE_URL = "https://models.example.com/catalog"
    settings.ALLOWED_HOSTS = ["other.example.com"]
    answer = client.get(path, headers={"host": "other.example.com"})
    named = [one.findtext("s:loc", None, NAMESPACE) for one in ET.fromstring(answer.content)]
    assert len(named) > 5
    assert all(address.startswith("https://models.example.com/catalog/") for address in named)
