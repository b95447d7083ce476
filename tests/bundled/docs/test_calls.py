"""The calls that the documentation shows ask bundled models for what they take, and find what there is."""

import json
import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from django.conf import settings

import docs_source
from catalog.search import lookup
from catalog.snippets import describe, validate_request
from catalog.text.dates_and_ratios import spoken

BODY = re.compile(r"--data-raw '(.*?)'", re.DOTALL)
NOT_READ = {"/mcp", "/api/v1/usage"}
"""Paths that take no GET."""
ADDRESS = re.compile(r"https?://[^\s\"'`\\<>),]+")


@pytest.mark.parametrize(
    "code", [code for code in docs_source.codes("bash") if BODY.search(code.text)], ids=str
)
@pytest.mark.django_db
def test_the_body_of_a_curl_command_is_one_that_its_model_takes(code):
    address = next(found for found in ADDRESS.findall(code.text) if found.startswith(settings.API_BASE_URL))
    path = urlsplit(address).path
    for text in BODY.findall(code.text):
        body = json.loads(text)
        name = body.get("model") or re.search(r"/models/([^:]+):", path)[1]
        record = lookup.by_model_id(name)
        assert record is not None, f"{code} asks for {name}"
        assert record["stated_lifecycle"] != "retired"
        made = [request for request in describe(record) if request.path == path]
        assert made, f"{code} calls {path}, which {name} has not"
        if body.pop("stream", False):
            assert "streaming" in record["capabilities"]
        assert validate_request(record, replace(made[0], body=body)) == []


@pytest.mark.django_db
def test_the_catalogs_own_addresses_in_samples_are_answered(client):
    asked = {
        found.rstrip("/")
        for code in docs_source.codes()
        if code.language in {"bash", "python"}
        for found in ADDRESS.findall(code.text)
        if found.startswith(f"{settings.SITE_URL}/")
    }
    assert len(asked) > 8
    for address in sorted(asked):
        parts = urlsplit(address)
        if "{" in parts.path or "$" in parts.path or parts.path in NOT_READ:
            continue
        response = client.get(f"{parts.path}?{parts.query}")
        refused = parts.query == "limit=0"
        assert response.status_code == (422 if refused else 200), address
        is_json = "json" in response["Content-Type"]
        assert refused or parts.path.endswith("/status") or not is_json or response.json(), address


@pytest.mark.django_db
def test_filters_in_samples_find_something(client):
    for code in docs_source.codes():
        for found in ADDRESS.findall(code.text):
            parts = urlsplit(found)
            if parts.path == "/api/v1/models" and parts.query and parts.query != "limit=0":
                assert client.get(f"{parts.path}?{parts.query}").json()["count"], found


TELLS_OF_AN_END = {"feeds", "importing"}
"""Pages whose blocks show an ending model, or another catalog's file, on purpose."""


@pytest.mark.django_db
def test_samples_call_models_that_go_on(client):
    words = {
        word: code
        for code in docs_source.codes()
        if code.page not in TELLS_OF_AN_END
        for word in re.findall(r"[\w][\w.:-]+", code.text)
    }
    records = {word: record for word in words if (record := lookup.by_model_id(word))}
    assert len(records) > 3
    ending = {f"{words[word]}: {word}" for word, record in records.items() if record["retires_on"]}
    assert ending == set()


@pytest.mark.django_db
def test_a_day_in_the_text_of_deprecations_is_that_of_the_model_that_it_names():
    named = re.findall(
        r"\[([\w.-]+)\]\(/models/[^)]+\) is (\d+ \w+ \d{4})", docs_source.pages()["deprecations"]
    )
    assert named
    for model_id, day in named:
        assert spoken(lookup.by_model_id(model_id)["retires_on"]) == day
