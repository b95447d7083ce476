"""The schema of a model stands below its page, whatever its slug holds, and is linked from it."""

import json

import pytest
from jsonschema import Draft202012Validator

from catalog.models import Document, Variant
from dom import tree

pytestmark = pytest.mark.django_db
SONNET = "/models/claude/sonnet-4-5-20250929"


def test_a_schema_is_answered_as_such_and_says_where_it_stands(client, settings):
    answer = client.get(f"{SONNET}/schema.json")
    body = json.loads(answer.content)
    Draft202012Validator.check_schema(body)
    assert answer["Content-Type"] == "application/schema+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert body["$id"] == f"{settings.SITE_URL}{SONNET}/schema.json"
    assert body["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert not answer.cookies
    again = client.get(f"{SONNET}/schema.json", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_every_page_links_the_schema_that_there_is(client):
    for variant in Variant.objects.select_related("family")[::6]:
        path = json.loads(Document.objects.get(variant=variant).body)["path"]
        section = tree(client.get(path).content).one("section", id="parameters")
        links = [link.attributes["href"] for link in section.all("a")]
        found = client.get(f"{path}/schema.json").status_code
        assert (found, links) in [(200, [f"{path}/schema.json"]), (404, [])]


def test_an_alias_leads_to_the_schema_of_its_snapshot(client):
    answer = client.get("/models/claude/sonnet-4-5/schema.json")
    assert (answer.status_code, answer["Location"]) == (301, f"{SONNET}/schema.json")


def test_a_model_that_there_is_not_has_no_schema(client):
    assert client.get("/models/claude/nothing/schema.json").status_code == 404


def test_a_slug_may_hold_slashes_and_may_end_as_a_schema_does(client):
    variant = Variant.objects.get(model_id="claude-sonnet-4-5-20250929")
    for slug, address, kind in (
        ("a/b@1", "/models/claude/a/b@1/schema.json", "application/schema+json"),
        ("a/schema.json", "/models/claude/a/schema.json", "text/html; charset=utf-8"),
        ("a/schema.json", "/models/claude/a/schema.json/schema.json", "application/schema+json"),
    ):
        Variant.objects.filter(pk=variant.pk).update(slug=slug)
        body = json.loads(Document.objects.get(variant=variant).body)
        body |= {"slug": slug, "path": f"/models/claude/{slug}"}
        Document.objects.filter(variant=variant).update(body=json.dumps(body))
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)


def test_the_tables_of_a_page_and_its_schema_name_the_same_parameters(client):
    for path in (SONNET, "/models/gpt/5.6-sol", "/models/flux-2/flex-text-to-image"):
        calls = json.loads(client.get(f"{path}/schema.json").content)["$defs"]
        section = tree(client.get(path).content).one("section", id="parameters")
        for name, schema in calls.items():
            table = section.one("details", id=f"parameters-{name}")
            rows = {row[0].one("code").text: row for row in table.rows() if row}
            needed = schema.get("required", [])
            stated = {key for key, value in schema["properties"].items() if value or key in needed}
            assert set(rows) == stated, (path, name)
            for key in stated:
                kind = schema["properties"][key].get("type", "Not stated")
                assert rows[key][1].text.split(" of ")[0] == kind, (path, name, key)
                assert ("required" in rows[key][0].text) is (key in needed), (path, key)
            others = [code.text for code in table.all("p", class_="unknown") for code in code.all("code")]
            assert set(others) == set(schema["properties"]) - stated, (path, name)
