"""Finding a model by whatever people call it, and near misses for whatever they mistype."""

from difflib import get_close_matches

import pytest

from catalog.exchange import synthetic
from catalog.models import Alias, Document, FormerSlug, Variant
from catalog.publishing.publish import publish
from catalog.search import hits, lookup
from catalog.vocabulary import Origin
from rows import a_family, a_variant
from small import MODELS, SIBLING, TIERED

pytestmark = pytest.mark.django_db

HOSTILE = [
    "",
    "\0",
    "linden\0",
    "x" * 10_000,
    "/" * 10_000,
    "é" * 201,
    "🜁🜂",
    "%",
    "'; DROP TABLE catalog_variant; --",
    "../../etc/passwd",
    "{{ 7 * 7 }}",
    "\u202eedualc",
    "\n",
]


def test_every_model_of_the_catalog_is_found_by_its_id_and_by_its_path(django_assert_num_queries):
    rows = list(Variant.objects.values_list("model_id", "family__slug", "slug"))
    assert len(rows) == MODELS
    with django_assert_num_queries(2 * len(rows)):
        for model_id, family, slug in rows:
            assert lookup.by_model_id(model_id)["model_id"] == model_id
            assert lookup.by_path(family, slug)["model_id"] == model_id


def test_every_alias_of_the_catalog_answers_as_its_model():
    rows = list(Alias.objects.values_list("alias_id", "variant__model_id"))
    assert rows
    for alias, model_id in rows:
        assert lookup.by_model_id(alias)["model_id"] == model_id


def test_an_id_is_found_as_it_is_written():
    variant = a_variant("Testfam/Model:v1@x~1", slug="Model:v1@x~1")
    assert lookup.by_model_id("Testfam/Model:v1@x~1")["model_id"] == variant.model_id
    assert lookup.by_model_id("testfam/model:v1@x~1") is None
    assert lookup.by_path("testfam", "Model:v1@x~1")["path"] == "/models/testfam/Model:v1@x~1"


def test_an_alias_and_a_whole_id_lead_to_the_page():
    variant = a_variant("testfam-one-20260101")
    Alias.objects.create(variant=variant, alias_id="testfam-one")
    page = "/models/testfam/one-20260101"
    assert lookup.by_path("testfam", "one") is None
    for slug in ("one", "testfam-one", "testfam-one-20260101"):
        assert lookup.moved_to("testfam", slug) == page
    assert lookup.moved_to("linden", "testfam-one") is None


def test_a_former_slug_leads_to_the_page_and_a_withdrawn_one_to_nothing():
    variant = a_variant("testfam-now", slug="now")
    FormerSlug.objects.create(family_slug="testfam", slug="then", variant=variant)
    FormerSlug.objects.create(family_slug="testfam", slug="never", variant=None)
    assert lookup.moved_to("testfam", "then") == "/models/testfam/now"
    assert lookup.moved_to("testfam", "never") is None
    assert lookup.is_gone("testfam", "never")
    assert not lookup.is_gone("testfam", "then")
    assert not lookup.is_gone("testfam", "now")
    assert not lookup.is_gone("linden", "never")


def test_addresses_answer_as_they_are_found(client):
    variant = a_variant("testfam-now", slug="now")
    Alias.objects.create(variant=variant, alias_id="testfam-latest")
    FormerSlug.objects.create(family_slug="testfam", slug="never", variant=None)
    assert client.get("/models/testfam/now").status_code == 200
    assert client.get("/models/testfam/latest")["Location"] == "/models/testfam/now"
    moved = client.get("/models/testfam/latest?at=2026-01-01&input_tokens=5&action=é%20%22")
    assert moved.status_code == 301
    assert moved["Location"] == "/models/testfam/now?at=2026-01-01&input_tokens=5&action=%C3%A9%20%22"
    assert moved["Cache-Control"] == "max-age=300"
    assert client.get("/models/testfam/never").status_code == 410
    assert client.get("/models/testfam/nowhere").status_code == 404


def test_a_family_is_read_in_the_order_of_its_file(django_assert_num_queries):
    a_family("empty")
    for position, name in enumerate(["c", "a", "b"]):
        a_variant(f"testfam-{name}", position=position)
    with django_assert_num_queries(1):
        found = lookup.family_records("testfam")
    assert [record["slug"] for record in found] == ["c", "a", "b"]
    assert lookup.family_records("empty") == lookup.family_records("nobody") == []


@pytest.mark.parametrize(
    ("typo", "meant"),
    [
        ("linden-balad-4-6", SIBLING),
        ("LINDEN-SONNET-4-6", SIBLING),
        ("linden/ballad-46", SIBLING),
        ("linden ballad 4.6", SIBLING),
        ("oriel54", TIERED),
        ("lidnen-balad-4-6", SIBLING),
        ("ballad-4-6", SIBLING),
        ("oriel-5.4\0", TIERED),
    ],
)
def test_a_typo_is_answered_with_what_was_meant(typo, meant):
    found = lookup.suggestions(typo)
    assert meant in [suggestion.model_id for suggestion in found]
    assert 0 < len(found) <= lookup.SUGGESTIONS
    assert len({suggestion.model_id for suggestion in found}) == len(found)
    for suggestion in found:
        assert Document.objects.get(variant__model_id=suggestion.model_id).body.count(suggestion.path)


def test_an_alias_mistyped_is_answered_with_its_model():
    variant = a_variant("testfam-20260101")
    with publish(actor=None, origin=Origin.FILE) as edition:
        edition.add(Alias(variant=variant, alias_id="wonderful-latest"))
        edition.touch(variant)
    assert [row.model_id for row in lookup.suggestions("wonderfull-latest")][:1] == [variant.model_id]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_no_model_and_no_failure(text):
    assert lookup.by_model_id(text) is None
    assert lookup.by_path("linden", text) is None
    assert lookup.by_path(text, "ballad-4-6") is None
    assert lookup.moved_to("linden", text) is None
    assert lookup.moved_to(text, text) is None
    assert lookup.is_gone("linden", text) is False
    assert lookup.suggestions(text)[lookup.SUGGESTIONS :] == []


def test_nonsense_is_answered_with_nothing():
    assert lookup.suggestions("qqqqqqqqqqqqqqqq") == []


@pytest.mark.slow
@pytest.mark.parametrize("made", [0, 3_000], ids=["small", "large"])
def test_a_suggestion_costs_the_same_in_a_large_catalog(made, monkeypatch, django_assert_max_num_queries):
    """The bundled models lie among thousands of others, and no more are compared than search ranks."""
    if made:
        synthetic.make(made, force=True)
    compared = []

    def close_matches(word, known, **options):
        compared.append(len(known))
        return get_close_matches(word, known, **options)

    monkeypatch.setattr(lookup, "get_close_matches", close_matches)
    with django_assert_max_num_queries(5):
        found = lookup.suggestions("linden-balad-4-6")
    assert found[0].model_id == SIBLING
    assert compared[0] <= 3 * (hits.WIDE.models + hits.WIDE.keys)


def test_a_model_that_changes_its_id_is_found_by_the_one_it_has():
    variant = a_variant("testfam-before")
    with publish(actor=None, origin=Origin.ADMIN) as edition:
        edition.change(variant, {"model_id": "testfam-after"})
    assert lookup.by_model_id("testfam-before") is None
    assert lookup.by_model_id("testfam-after")["slug"] == "before"
