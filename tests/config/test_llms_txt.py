"""The indexes for agents keep to their form and size, and what they name is there."""

import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from catalog.models import Family, Variant
from config import llms_txt

LINK = re.compile(r"^- \[(?P<title>(?:\\.|[^\]])+)\]\((?P<url>[^)]+)\)(?:: .+)?$")


@pytest.fixture
def text(client, db):
    return client.get("/llms.txt").content.decode()


def test_the_index_has_the_form_of_llmstxt(text):
    lines = text.splitlines()
    assert lines[0] == f"# {settings.SITE_NAME}"
    assert lines[2].startswith("> ")
    first = lines.index("## Start here")
    assert not any(line.startswith("#") for line in lines[1:first])
    for line in lines[first:]:
        assert not line or line.startswith("## ") or LINK.match(line), line
    assert [line for line in lines if line.startswith("## ")][-1] == "## Optional"


def test_the_index_is_small_and_names_every_model_family_and_page_of_the_docs(text):
    assert len(text) < 50_000
    for variant in Variant.objects.select_related("family"):
        assert f"{settings.SITE_URL}{variant.path}.md)" in text
    for slug in Family.objects.values_list("slug", flat=True):
        assert f"/models/{slug}.md)" in text
        assert f"/models/{slug}/llms.txt)" in text


def test_the_index_counts_what_the_home_page_counts(client, text):
    served = Variant.objects.served(timezone.now()).count()
    retired = Variant.objects.count() - served
    assert retired
    assert f" {served} models served and {retired} retired, " in text
    assert f"{served} models" in client.get("/").content.decode()
    assert f"{served} models" in client.get("/index.md").content.decode()
    counted = re.findall(r"^- \[[^\]]+\]\([^)]+\): (\d+) models?(?: by .*)?, \[index\]", text, re.MULTILINE)
    assert sum(map(int, counted)) == served


@pytest.mark.django_db
def test_a_large_catalog_has_an_index_of_families_only(client, monkeypatch):
    cache.clear()
    monkeypatch.setattr(llms_txt, "MOST_MODELS", 10)
    text = client.get("/llms.txt").content.decode()
    assert "/models/linden/llms.txt" in text
    assert "/models/linden/ballad-4-6.md" not in text
    monkeypatch.setattr(llms_txt, "LONGEST", 6_000)
    cache.clear()
    assert len(client.get("/llms.txt").content.decode()) < 6_000
    cache.clear()


@pytest.mark.django_db
def test_the_full_text_holds_the_docs_and_each_models_prices(client):
    cache.clear()
    text = client.get("/llms-full.txt").content.decode()
    assert len(text) < 1_000_000
    assert "- Input: price $1.50, list price $3.00, per 1M tokens" in text
    assert text.count("- Model ID: `") == Variant.objects.count()
    assert "## Quickstart" in text


@pytest.mark.django_db
def test_an_index_has_a_validator_and_no_cookie(client):
    for path in ("/llms.txt", "/llms-full.txt", "/models/linden/llms.txt"):
        answer = client.get(path)
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert not answer.cookies
        assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
        assert client.post(path).status_code == 405
    assert client.get("/models/none/llms.txt").status_code == 404
