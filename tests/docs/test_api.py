"""The page on the API says of every address, parameter and answer what the API does."""

import re
from urllib.parse import parse_qsl

import pytest
from django.conf import settings
from django.test import Client

import docs_source
from api.urls import api
from catalog.pricing.units import METERS
from catalog.records.usage_tables import USAGE_TABLES
from small import FAMILY, OTHER_FAMILY, TOKENS, TOKENS_ALIAS

PAGE = "catalog-api"
SCHEMA = api.get_openapi_schema(path_prefix="/api/v1/")
FILE = "/api/v1/openapi.json"
OWN = {"at", "limit", "offset", "sort", "facets"}
"""Parameters of the list of models that the page explains in sections of their own."""


def parameters(path):
    operation = SCHEMA["paths"][path].get("get", {})
    return {row["name"]: row["schema"] for row in operation.get("parameters", [])}


def test_the_addresses_documented_are_the_addresses_there_are():
    named = {
        word for row in docs_source.tables(docs_source.pages()[PAGE])[0] for word in docs_source.words(row[0])
    }
    assert named == {*SCHEMA["paths"], FILE}


def test_no_page_names_an_address_of_this_site_that_is_not_answered(client):
    """Addresses of the same form that belong to the platform stand in code with their base URL."""
    known = {*SCHEMA["paths"], FILE, "/api/v1/docs", "/api/v1/", "/api/v1"}
    for word in docs_source.spans(PAGE):
        if word.startswith("/api/v1"):
            assert word in known, word


def test_the_filters_documented_are_the_parameters_there_are():
    rows = docs_source.table(PAGE, "Many models")
    named = {word.partition("=")[0] for row in rows for word in docs_source.words(row[0])}
    assert named == set(parameters("/api/v1/models")) - OWN
    text = docs_source.section(PAGE, "Many models")
    assert [name for name in OWN - {"at"} if f"`{name}" not in text] == []


def test_sort_names_limits_and_defaults_are_those_of_the_api():
    known = parameters("/api/v1/models")
    line = next(
        line for line in docs_source.section(PAGE, "Sorting").splitlines() if line.startswith("`sort`")
    )
    assert set(docs_source.words(line)) - {"sort"} == {
        word for word in known["sort"]["enum"] if not word.startswith("-")
    }
    pages = docs_source.section(PAGE, "Pages of results")
    limit, offset = known["limit"], known["offset"]
    assert f"`limit` is {limit['minimum']} to {limit['maximum']}, by default {limit['default']}" in pages
    assert f"`offset` is {offset['minimum']} to {offset['maximum']:,}" in pages


def test_words_of_filters_are_those_that_the_api_takes():
    rows = {docs_source.words(row[0])[0]: row[1] for row in docs_source.table(PAGE, "Many models")}
    for name in ("modality", "lifecycle", "status"):
        assert docs_source.words(rows[name]) == parameters("/api/v1/models")[name]["items"]["enum"]


@pytest.mark.django_db
def test_repeated_filters_mean_what_the_page_says(client):
    """Some alternatives add models, others narrow the list."""
    said = re.search(
        r"Filters hold together\. (.+?) may be repeated for alternatives\. (.+?) may be",
        docs_source.pages()[PAGE],
    )
    values = {
        "provider": ("arbor", "octave"),
        "family": (FAMILY, OTHER_FAMILY),
        "modality": ("text", "image"),
        "lifecycle": ("active", "retired"),
        "status": ("operational", "outage"),
        "open_weights": ("true", "false"),
        "capability": ("streaming", "reasoning"),
        "protocol": ("anthropic-messages", "openai-chat"),
        "input_modality": ("text", "image"),
        "output_modality": ("text", "image"),
    }

    def count(name, *asked):
        return client.get("/api/v1/models", {name: asked}).json()["count"]

    for name in docs_source.words(said[1]):
        assert count(name, *values[name]) == sum(count(name, value) for value in values[name]), name
    for name in docs_source.words(said[2]):
        assert count(name, *values[name]) <= min(count(name, value) for value in values[name]), name


def test_every_parameter_of_an_address_is_named():
    """What is paging, an instant or a part of the path is said once for all; meters stand on another page."""
    everywhere = {"limit", "offset", "at", "slug", "model_id", "format", *METERS}
    named = {word.partition("=")[0] for word in docs_source.spans(PAGE)}
    for code in docs_source.codes("bash"):
        named |= set(re.findall(r"[?&](\w+)=", code.text)) if code.page == PAGE else set()
    for path in SCHEMA["paths"]:
        assert set(parameters(path)) - everywhere - named == set(), path


def test_addresses_in_samples_ask_with_parameters_that_there_are():
    """The API ignores a name that it does not know, so a misspelt one would go unseen."""
    for code in docs_source.codes():
        for path, query in re.findall(rf"{settings.SITE_URL}(/api/v1/[^\s\"?]+)\?([^\s\"]+)", code.text):
            patterns = {known: re.sub(r"\{\w+\}", "[^/]+", known) for known in SCHEMA["paths"]}
            (match,) = [known for known, pattern in patterns.items() if re.fullmatch(pattern, path)]
            asked = {name for name, _value in parse_qsl(query) if not name.startswith("param.")}
            assert asked <= set(parameters(match)), f"{code}: {asked}"


@pytest.mark.django_db
def test_the_fields_of_a_change_are_those_that_the_page_names(client):
    (item,) = client.get("/api/v1/changes?limit=1").json()["items"]
    line = next(line for line in docs_source.section(PAGE, "Changes").splitlines() if line.startswith("Each"))
    said = docs_source.words(line.partition(". [Changes]")[0])
    assert set(said) - {"price", "lifecycle", "status", "catalog", "null"} == set(item)


@pytest.mark.django_db
def test_headers_caching_and_errors_are_as_the_page_says(client, settings):
    first = client.get("/api/v1/status")
    assert {"ETag", "X-Catalog-Revision", "Cache-Control"} <= set(first.headers)
    assert first["Access-Control-Allow-Origin"] == "*"
    again = client.get("/api/v1/status", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert not first.cookies
    statuses = {row[0] for row in docs_source.table(PAGE, "Errors")}
    settings.RATE_LIMIT, visitor = 1, Client(REMOTE_ADDR="8.8.8.8")
    given = {
        client.get("/api/v1/models?q=%FF").status_code,
        client.get("/api/v1/models/nothing").status_code,
        client.post("/api/v1/models").status_code,
        client.get("/api/v1/models?limit=0").status_code,
        client.post("/api/v1/usage", "x" * 100_001, content_type="application/json").status_code,
        [visitor.get("/api/v1/search?q=a") for _ in range(11)][-1].status_code,
    }
    # What is answered while the database is away is held by tests/config/test_unavailable.py.
    assert {int(status) for status in statuses} == given | {503}
    assert client.get("/api/v1/models/linden-ballad-4-7").json()["suggestions"]
    assert client.post("/api/v1/models")["Allow"]


def test_the_page_on_prices_lists_the_rows_by_which_usage_objects_are_read():
    rows = [row for table in USAGE_TABLES.values() for row in table if row.meter]
    listed = docs_source.table("billing", "From a usage object to meters")
    assert len(listed) == len(rows)
    for (_, fields, meter, within), row in zip(listed, rows, strict=True):
        assert docs_source.words(fields) == [term for path in row.paths for term in path.split(" + ")]
        assert docs_source.words(meter) == [row.meter]
        assert docs_source.words(within) == ([row.within] if row.within else [])


@pytest.mark.django_db
def test_an_alias_is_answered_as_the_page_says(client):
    body = client.get(f"/api/v1/models/{TOKENS_ALIAS}").json()
    assert (body["requested_id"], body["alias_of"]) == (TOKENS_ALIAS, TOKENS)
    for key in ("parameters", "rules", "announced_prices", "differences", "siblings", "sources"):
        assert key in body
        assert f"`{key}`" in docs_source.pages()[PAGE]
