"""What a link to a page shows elsewhere: its title, its words, and a picture drawn on the server."""

from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image

import hostile
from catalog.models import Variant
from catalog.publishing.publish import publish
from catalog.vocabulary import ChangeKind, Origin
from dom import tree
from page_types import PAGE_TYPES
from pages.social_card import HEIGHT, WIDTH, Card, Fact, draw, has_letters
from small import TOKENS_PATH

# What a page says is the same on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.engine("sqlite"), pytest.mark.slow, pytest.mark.soak]
NOT_FOUND_BY_SEARCH = {"search", "styleguide", "reference", "nothing there"}
KINDS = ("model_ids", "markdown", "prompts")
HOSTILE = [word for kind in KINDS for word in hostile.entries(kind)]
WORDS = [*hostile.some(HOSTILE, 0), "", "W" * 5_000]


def metas(page):
    """Name or property of each `meta` -> what it says."""
    return {
        node.attributes.get("name") or node.attributes.get("property"): node.attributes.get("content")
        for node in page.all("meta")
    }


def opened(answer):
    """The picture of an answer, read to its last byte."""
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/png"
    picture = Image.open(BytesIO(answer.content))
    picture.load()
    return picture


@pytest.mark.parametrize("name", [name for name in PAGE_TYPES if name not in NOT_FOUND_BY_SEARCH])
def test_a_page_says_elsewhere_what_it_says_of_itself(client, name):
    page = tree(client.get(PAGE_TYPES[name]).content.decode())
    said = metas(page)
    title = page.one("head").one("title").text
    assert title == f"{said['og:title']} · {settings.SITE_NAME}"
    assert said["og:description"] == said["description"]
    assert len(said["description"]) >= 20
    (canonical,) = page.all("link", rel="canonical")
    assert said["og:url"] == canonical.attributes["href"]
    assert said["og:url"].startswith(settings.SITE_URL)
    path = said["og:image"].removeprefix(settings.SITE_URL)
    assert path.endswith("/card.png")
    assert opened(client.get(path)).size == (int(said["og:image:width"]), int(said["og:image:height"]))


def test_titles_and_descriptions_tell_pages_apart(client):
    shown = [
        metas(tree(client.get(PAGE_TYPES[name]).content.decode()))
        for name in (
            "home",
            "models",
            "family",
            "model",
            "provider",
            "pricing",
            "status",
            "changes",
            "skills",
        )
    ]
    for key in ("og:title", "og:description"):
        assert len({said[key] for said in shown}) == len(shown)


def test_a_page_that_is_not_to_be_found_has_no_card(client):
    for name in ("search", "styleguide"):
        said = metas(tree(client.get(PAGE_TYPES[name]).content.decode()))
        assert said["robots"] == "noindex"
        assert "og:title" not in said


def test_another_price_makes_another_picture_and_the_same_one_is_not_sent_again(client):
    before = client.get(f"{TOKENS_PATH}/card.png")
    known = client.get(f"{TOKENS_PATH}/card.png", headers={"If-None-Match": before["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
    later = client.get(f"{TOKENS_PATH}/card.png", {"at": "2026-12-01T00:00:00Z"})
    assert opened(later).size == (WIDTH, HEIGHT)
    assert later.content != before.content  # retired by then
    other = client.get("/models/linden/aubade-4-8/card.png")
    assert other.content != before.content


def test_an_alias_leads_to_the_picture_of_its_snapshot_and_what_is_unknown_is_404(client):
    moved = client.get("/models/linden/ballad-4-5/card.png")
    assert (moved.status_code, moved["Location"]) == (301, f"{TOKENS_PATH}/card.png")
    assert client.get("/models/linden/no-such-model/card.png").status_code == 404


@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
def test_whatever_words_there_are_a_picture_is_drawn(words):
    fact = Fact(words, words, words, is_known=len(words) % 2 == 0)
    card = Card(site=words, name=words, line=words, warning=words, facts=(fact, fact, fact))
    picture = Image.open(BytesIO(draw(card)))
    picture.load()
    assert picture.size == (WIDTH, HEIGHT)
    # The margin stays free: what does not fit is cut.
    assert len(picture.convert("RGB").crop((WIDTH - 60, 0, WIDTH, HEIGHT)).getcolors()) == 1


def test_letters_that_the_font_lacks_are_written_plainly_or_as_one_box():
    assert draw(Card(site="", name="Größe É")) == draw(Card(site="", name="Grosse E"))
    assert draw(Card(site="", name="模型 العربية x")) == draw(Card(site="", name="\U0001f680 x"))
    assert draw(Card(site="", name="Grosse")) != draw(Card(site="", name="Grosse \U0001f680"))
    assert has_letters("Oriel-5 模型")
    assert not has_letters("模型 العربية")


def test_a_model_whose_name_cannot_be_drawn_is_called_by_its_id(client):
    with publish(actor=None, origin=Origin.FILE, reason="") as edition:
        row = Variant.objects.get(slug="ballad-4-5-20250929")
        edition.change(row, {"name": row.model_id})
    called = client.get(f"{TOKENS_PATH}/card.png").content
    with publish(actor=None, origin=Origin.FILE, reason="") as edition:
        edition.change(row, {"name": "模型"})
    assert client.get(f"{TOKENS_PATH}/card.png").content == called


def test_the_sites_own_card_counts_what_its_first_page_counts(client):
    before = client.get("/card.png").content
    with publish(actor=None, origin=Origin.FILE, reason="") as edition:
        family = Variant.objects.first().family
        row = edition.add(Variant(family=family, model_id="one-more", slug="one-more"))
        edition.record(ChangeKind.CATALOG, row, "added", after=row.model_id)
    assert client.get("/card.png").content != before
