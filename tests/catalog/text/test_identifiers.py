"""A name that looks like a file is refused at every door; what was stored before stays and is named."""

import json

import pytest
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from catalog.exchange import catalog_file
from catalog.exchange.file_table import CatalogFileError
from catalog.models import Variant
from catalog.records.facts import facts
from catalog.search import lookup
from catalog.text.identifiers import FILE_ENDINGS, check_model_id, check_slug, file_ending
from catalog_files import SMALL, write
from forms import filled
from lint.record_rules import RECORD_RULES
from other_catalogs import read
from rows import a_family, a_variant

LIKE_FILES = [*(f"x{ending}" for ending in FILE_ENDINGS), "llms.txt", "a/schema.json", "a/changes.feed.json"]
NO_FILES = ["x.jsonl", "x.gguf", "x-json", "json", "x.md-1", "gpt-3.5", "x.zip/y", "x.tar", "llama.txt2"]


@pytest.mark.parametrize("name", [*LIKE_FILES, "X.JSON"])
def test_a_model_id_that_looks_like_a_file_is_refused(name):
    with pytest.raises(ValueError, match=r"looks like a file: end it otherwise than in \."):
        check_model_id(name)


@pytest.mark.parametrize("name", ["x.json", "llms.txt", "claude.tar.gz"])
def test_a_slug_that_looks_like_a_file_is_refused(name):
    with pytest.raises(ValueError, match="looks like a file"):
        check_slug(name)


@pytest.mark.parametrize("name", NO_FILES)
def test_other_names_with_dots_are_taken(name):
    assert check_model_id(name) == name


def _routes(patterns, before=""):
    for one in patterns:
        route = f"{before}{one.pattern}"
        if isinstance(one, URLPattern):
            yield route
        else:
            yield from _routes(one.url_patterns, route)


def test_every_file_below_a_name_ends_as_no_name_may():
    files = [
        route
        for route in _routes(get_resolver().url_patterns)
        if route.startswith(("models/<", "providers/<", "skills/<")) and "." in route.rpartition("/")[2]
    ]
    assert len(files) > 8
    assert [route for route in files if not file_ending(route)] == []
    assert {".json", ".md"} <= {*FILE_ENDINGS}  # forms of every page


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('model_id = "beacon-2"', 'model_id = "beacon.json"', "a.toml:17: family[1].model[1].model_id"),
        ('model_id = "beacon-2"', 'model_id = "b"\nslug = "b.md"', "a.toml:18: family[1].model[1].slug"),
        ('slug = "beacon"', 'slug = "llms.txt"', "a.toml:7: family[1].slug"),
    ],
)
def test_a_catalog_file_is_refused_with_the_place(tmp_path, old, new, place):
    assert old in SMALL
    with pytest.raises(CatalogFileError) as refused:
        catalog_file.read([write(tmp_path, SMALL.replace(old, new, 1), "a.toml")])
    assert place in str(refused.value)
    assert "looks like a file: end it otherwise than in" in str(refused.value)


def test_an_entry_of_another_catalog_is_set_aside_with_the_reason():
    content = {name: {"litellm_provider": "p", "input_cost_per_token": 1e-06} for name in ("a", "a.json")}
    found = read("litellm", json.dumps(content).encode())
    assert [entry.model_id for entry in found.document.models] == ["p/a"]
    assert ["looks like a file" in one.reason for one in found.refused] == [True]


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("sent", [{"model_id": "testfam-x.md"}, {"slug": "x.json"}])
def test_the_admin_refuses_it_beside_the_field(admin_client, sent):
    family = a_family()
    address = "/admin/catalog/variant/add/"
    given = {
        "model_id": "testfam-x",
        "slug": "x",
        "family": str(family.pk),
        "name": "X",
        "change_reason": "Asked",
    }
    answer = admin_client.post(address, filled(admin_client.get(address)) | given | sent)
    assert answer.status_code == 200
    assert "looks like a file" in answer.content.decode()
    assert not Variant.objects.filter(family=family).exists()


@pytest.mark.django_db
def test_a_model_stored_with_such_a_name_is_kept_named_and_can_be_renamed(client, admin_client):
    """As 0.1.0 may have stored it; the page of `x` has its own JSON again."""
    plain, odd = a_variant("testfam-x"), a_variant("testfam-odd", slug="x.json", name="Odd")
    assert client.get("/api/v1/models/testfam-odd").json()["name"] == "Odd"
    assert client.get("/models/testfam/x.json").json()["model_id"] == plain.model_id
    record = lookup.by_model_id("testfam-odd")
    (said,) = RECORD_RULES["address"](facts(record, timezone.now()), [])
    assert said == "'x.json' looks like a file: rename it so that it ends otherwise than in .json"
    address = f"/admin/catalog/variant/{odd.pk}/change/"
    kept = filled(admin_client.get(address)) | {"name": "Odder", "change_reason": "A better name"}
    assert admin_client.post(address, kept).status_code == 302
    renamed = filled(admin_client.get(address)) | {"slug": "x-json", "change_reason": "No file"}
    assert admin_client.post(address, renamed).status_code == 302
    assert client.get("/models/testfam/x-json").status_code == 200
