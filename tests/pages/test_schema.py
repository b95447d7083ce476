"""The schema of a model stands below its page, whatever its slug holds, and is linked from it."""

import json
from collections import Counter

import pytest
from jsonschema import Draft202012Validator

from catalog.models import Document, Variant
from catalog.records.record import read_record
from catalog.snippets import describe
from catalog.snippets.call_parameters import parameters_of
from dom import tree
from planted_bodies import planted
from small import MODELS, TOKENS, TOKENS_PATH

pytestmark = pytest.mark.django_db


def test_a_schema_is_answered_as_such_and_says_where_it_stands(client, settings):
    answer = client.get(f"{TOKENS_PATH}/schema.json")
    body = json.loads(answer.content)
    Draft202012Validator.check_schema(body)
    assert answer["Content-Type"] == "application/schema+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert body["$id"] == f"{settings.SITE_URL}{TOKENS_PATH}/schema.json"
    assert body["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert not answer.cookies
    again = client.get(f"{TOKENS_PATH}/schema.json", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.slow
def test_every_page_links_the_schema_that_there_is(client):
    for variant in Variant.objects.select_related("family"):
        path = json.loads(Document.objects.get(variant=variant).body)["path"]
        section = tree(client.get(path).content).one("section", id="parameters")
        links = list(dict.fromkeys(link.attributes["href"] for link in section.all("a")))
        *single, last = [link for link in links if "#" not in link] or [""]
        answer = client.get(f"{path}/schema.json")
        assert (answer.status_code, last) in [(200, f"{path}/schema.json"), (404, "")]
        calls = answer.json()["$defs"] if last else {}
        told = [client.get(address).json()["title"] for address in single]
        model_id = variant.model_id
        assert told == [f"{model_id} {name}" for name in calls] * (len(calls) > 1)
        assert len(single) == len(section.all("details", class_="parameters")) * (len(calls) > 1)


def test_an_alias_leads_to_the_schema_of_its_snapshot(client):
    answer = client.get("/models/linden/ballad-4-5/schema.json")
    assert (answer.status_code, answer["Location"]) == (301, f"{TOKENS_PATH}/schema.json")


def test_a_model_that_there_is_not_has_no_schema(client):
    assert client.get("/models/linden/nothing/schema.json").status_code == 404


def test_a_slug_may_hold_slashes(client):
    variant = Variant.objects.get(model_id=TOKENS)
    for slug, address, kind in (
        ("a/b@1", "/models/linden/a/b@1/schema.json", "application/schema+json"),
        ("a/schema", "/models/linden/a/schema/schema.json", "application/schema+json"),
    ):
        Variant.objects.filter(pk=variant.pk).update(slug=slug)
        body = json.loads(Document.objects.get(variant=variant).body)
        body |= {"slug": slug, "path": f"/models/linden/{slug}"}
        Document.objects.filter(variant=variant).update(body=json.dumps(body))
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)


def test_the_tables_of_a_page_and_its_schema_name_the_same_parameters(client):
    for path in (TOKENS_PATH, "/models/oriel/5.4", "/models/prism-2/flex-text-to-image"):
        calls = json.loads(client.get(f"{path}/schema.json").content)["$defs"]
        section = tree(client.get(path).content).one("section", id="parameters")
        for name, schema in calls.items():
            table = section.one("details", id=f"parameters-{name}")
            rows = {row[0].one("code").text: row for row in table.rows() if row}
            needed = schema.get("required", [])
            others = {code.text for words in table.all("p", class_="unknown") for code in words.all("code")}
            assert set(rows) | others == set(schema["properties"]), (path, name)
            assert set(rows) & others == set(), (path, name)
            assert set(needed) <= set(rows), (path, name)
            for key in others:  # of which only the protocol knows
                assert "null" in schema["properties"][key].get("type", ["null"]), (path, name, key)
            for key, row in rows.items():
                kind = schema["properties"][key].get("type", "Not stated")
                cells = {cell.attributes.get("data-label"): cell.text for cell in row}
                assert cells["Type"].split(" of ")[0] == kind, (path, name, key)
                assert row[1].text == schema["properties"][key].get("description", row[1].text), (path, key)
                assert ("required" in row[0].text) is (key in needed), (path, key)


def checker(client, address):
    """Check bodies by what is served at an address."""
    schema = json.loads(client.get(address).content)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.slow
def test_what_is_served_takes_the_samples_of_each_call_and_refuses_planted_errors(client):
    wrong, seen, models = [], Counter(), 0
    for body in Document.objects.values_list("body", flat=True):
        record = read_record(body)
        address = f"{record['path']}/schema.json"
        # A call that counts tokens takes less than the schema says of messages.
        requests = [request for request in describe(record) if request.option != "count_tokens"]
        models += 1
        assert requests == [] or client.get(address).status_code == 200
        whole = requests and checker(client, address)
        keys = {request.action or request.protocol for request in requests}
        alone = {key: checker(client, f"{address}?call={key}") for key in keys}
        for request in requests:
            one = alone[request.action or request.protocol]
            wrong += [(record["model_id"], error.message) for error in one.iter_errors(request.body)]
            assert whole.is_valid(request.body)
            seen["sample"] += 1
            specs = parameters_of(record, request.protocol, request.action)
            for kind, planted_body in planted(request, specs):
                seen[kind] += 1
                if one.is_valid(planted_body):
                    wrong.append((record["model_id"], kind, planted_body))
    assert wrong == []
    assert models == MODELS
    assert seen["sample"] > models / 2
    assert min(seen.values()) > 0


HELLO = {"messages": [{"role": "user", "content": "Hello"}]}
NAMED = {"model": TOKENS, **HELLO}


@pytest.mark.parametrize("body", [NAMED, NAMED | {"max_tokens": 10**9}, NAMED | {"max_tokens": "many"}])
def test_a_wrong_message_is_refused_by_its_call_though_it_might_be_meant_for_another(client, body):
    alone = checker(client, f"{TOKENS_PATH}/schema.json?call=anthropic-messages")
    assert alone.is_valid(NAMED | {"max_tokens": 64})
    assert not alone.is_valid(body)
    assert not checker(client, f"{TOKENS_PATH}/schema.json?call=message").is_valid(body)


def test_a_call_that_the_model_has_not_is_refused_and_those_that_it_has_are_named(client):
    for asked in ("embeddings", "", "message'"):
        answer = client.get(f"{TOKENS_PATH}/schema.json", {"call": asked})
        assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
        (error,) = json.loads(answer.content)["errors"]
        assert error["loc"] == "query.call"
        for known in ("anthropic-messages", "openai-chat", "openai-responses", "gemini-generate-content"):
            assert known in error["msg"]
    assert client.get("/models/linden/nothing/schema.json?call=message").status_code == 404


def test_an_alias_leads_to_the_same_call_of_its_snapshot(client):
    answer = client.get("/models/linden/ballad-4-5/schema.json?call=openai-chat")
    assert (answer.status_code, answer["Location"]) == (301, f"{TOKENS_PATH}/schema.json?call=openai-chat")
