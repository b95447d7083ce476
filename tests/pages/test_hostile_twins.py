"""The twins of hostile IDs and names: Markdown stays Markdown, JSON is the record, never 500."""

import json
import re
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

import hostile
from catalog.models import Family, Provider, Variant
from catalog.models.variant import model_path
from catalog.publishing.publish import publish
from catalog.vocabulary import ChangeKind, Origin
from pages import markdown_pages
from twin_reader import read

# What a page says is the same on both.
pytestmark = [pytest.mark.django_db, pytest.mark.engine("sqlite"), pytest.mark.slow, pytest.mark.soak]
IDS = hostile.entries("model_ids")
NAMES = [*hostile.entries("markdown"), *hostile.entries("prompts"), *hostile.entries("zip_names")]
BELOW = [
    "/",
    "/models/",
    "/models/linden/",
    "/providers/",
    "/docs/",
    "/compare/",
    "/compare/linden-aubade-4-8-vs-",
]
OWN = re.compile(r"^(?:h[1-6]|p|ul|ol|li|table|thead|tbody|tr|th|td|a|code|pre|strong|em|blockquote|hr|br)$")
"""What a page's Markdown is made of: anything else came in with a name."""


@pytest.fixture
def client():
    """A client that sees what a visitor would see of an exception: 500."""
    return Client(raise_request_exception=False)


@pytest.fixture
def planted():
    """Models whose IDs and names are hostile words, written behind the doors that refuse them."""
    ids = [word for word in dict.fromkeys(IDS) if 0 < len(word) <= 200 and "\0" not in word]
    provider = Provider.objects.create(slug="hostile", name=NAMES[0].replace("\0", "")[:100])
    family = Family.objects.create(slug="hostile", name=NAMES[1].replace("\0", "")[:100], provider=provider)
    with publish(actor=None, origin=Origin.FILE, reason="") as edition:
        made = [
            edition.add(Variant(family=family, model_id=word, slug=word, name=_name(number), modality="text"))
            for number, word in enumerate(ids)
        ]
        for variant in made:
            edition.record(ChangeKind.CATALOG, variant, "added", after=variant.model_id)
    return made


def _name(number):
    return NAMES[number % len(NAMES)].replace("\0", "")[:200]


def tags(node):
    """The names of all elements of a tree."""
    for part in node.parts:
        if not isinstance(part, str):
            yield part.tag
            yield from tags(part)


def test_the_twins_of_planted_ids_are_read_as_what_they_are(client, planted):
    read_as = {"md": 0, "json": 0}
    for variant in planted:
        path = model_path("hostile", variant.slug)
        page = client.get(path)
        assert page.status_code in {200, 301, 400, 404}, (path, page.status_code)
        for kind in markdown_pages.BOTH:
            answer = client.get(f"{path}.{kind}")
            assert answer.status_code in {page.status_code, 200, 301, 400, 404}, (
                path,
                kind,
                answer.status_code,
            )
            if page.status_code != 200:
                continue
            assert answer.status_code == 200, (path, kind)
            read_as[kind] += 1
            if kind == "json":
                assert json.loads(answer.content)["model_id"] == variant.model_id
            else:
                assert_is_plain(answer.content.decode(), variant.model_id)
    assert min(read_as.values()) > 60


def assert_is_plain(markdown, model_id):
    """The page is Markdown alone, with one title, and shows the ID in code."""
    page, sections = read(markdown)
    assert len(page.all("h1")) == 1
    assert {tag for tag in tags(page) if not OWN.match(tag)} == set(), model_id
    shown = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", model_id).split())
    assert not shown or any(" ".join(code.raw.split()) == shown for code in page.all("code")), model_id
    outside = [
        link.attributes["href"]
        for link in page.all("a")
        if not link.attributes["href"].startswith((settings.SITE_URL, "https://"))
    ]
    assert outside == [], model_id
    assert len(sections) > 8


def test_lists_and_indexes_that_hold_planted_names_stay_in_their_form(client, planted):
    for path in (
        "/models.md?family=hostile",
        "/models/hostile.md",
        "/providers/hostile.md",
        "/models/hostile/llms.txt",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        page, _ = read(answer.content.decode())
        assert {tag for tag in tags(page) if not OWN.match(tag)} == set(), path
        assert len(page.all("h1")) == 1, path
    index = client.get("/llms.txt").content.decode()
    for line in index[index.index("## Start here") :].splitlines():
        assert not line or re.match(r"## |- \[(?:\\.|[^\]])+\]\([^)\s]+\)(?:: .+)?$", line), line


@pytest.mark.parametrize("below", BELOW)
def test_the_twin_of_no_identifier_fails(client, below):
    failed = []
    for name in hostile.some(IDS, BELOW.index(below)):
        for spelt in (quote(name, safe=""), quote(name, safe="/:@.~")):
            for kind in markdown_pages.TYPES:
                answer = client.get(f"{below}{spelt}.{kind}")
                form = answer.headers.get("Content-Type", "").partition(";")[0]
                if answer.status_code >= 500 or (
                    answer.status_code == 404
                    and form not in ("text/markdown", "application/problem+json", "text/html")
                ):
                    failed.append((answer.status_code, form, name[:80]))
    assert failed == []
