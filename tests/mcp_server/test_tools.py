"""The tools of the live site, called with the client of the SDK: what they say is what the JSON API says."""

import json

import jsonschema
import pytest
from mcp import Client

import mcp_calls
from mcp_calls import LEGACY, MODERN, awaited, call, found, read
from mcp_server.card import PROTOCOLS
from small import CACHED, IMAGE, NEWEST

NAMES = [
    "search_models",
    "get_model",
    "get_snippet",
    "compare_models",
    "quote",
    "price_history",
    "list_changes",
]
MODELS = [NEWEST, IMAGE]


@pytest.fixture(scope="module")
def site(live_site):
    mcp_calls.ready(live_site)
    return live_site


@pytest.fixture(scope="module")
def listed(site):
    async def tools():
        async with Client(f"{site}/mcp") as client:
            return (await client.list_tools()).tools

    return {tool.name: tool for tool in awaited(tools())}


def test_seven_tools_are_listed_read_only_with_schemas_of_what_they_take_and_give(listed):
    assert list(listed) == NAMES
    for tool in listed.values():
        assert tool.annotations.read_only_hint
        assert not tool.annotations.destructive_hint
        assert tool.input_schema["additionalProperties"] is False
        for schema in (tool.input_schema, tool.output_schema):
            assert schema["type"] == "object"
            jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("version", PROTOCOLS)
def test_two_versions_of_the_protocol_are_spoken(site, version):
    async def spoken():
        async with Client(f"{site}/mcp", mode="legacy" if version == LEGACY else version) as client:
            result = await client.call_tool("quote", {"model": MODELS[0], "usage": {"input_tokens": 1}})
            return client.protocol_version, result.is_error

    assert awaited(spoken()) == (version, False)
    assert version in (LEGACY, MODERN)


@pytest.mark.parametrize("model", MODELS)
def test_a_model_is_what_the_api_says(site, listed, model):
    answer = found(site, "get_model", model=model)
    whole = read(answer["more"])
    jsonschema.validate(answer, listed["get_model"].output_schema)
    same = answer.keys() & whole.keys() - {"parameters", "siblings", "prices"}
    assert len(same) > 25
    assert {key: answer[key] for key in same} == {key: whole[key] for key in same}
    assert answer["prices"] == whole["prices"][: len(answer["prices"])]
    assert answer["prices_count"] == len(whole["prices"])
    assert answer["siblings"] == [row["model_id"] for row in whole["siblings"]]
    names = {
        action: {row["name"]: row["description"] or "" for row in rows}
        for action, rows in whole["parameters"].items()
    }
    assert answer["parameters"] == names


def test_a_search_is_what_the_api_lists(site, listed):
    for asked in (
        {"query": "linden", "input_modality": ["image"], "sort": "input_price", "limit": 3},
        {"modality": "video", "limit": 50, "offset": 5},
        {"max_input_price": "1.5", "min_context": 100_000, "priced": True},
        {"family": "linden", "at": "2026-11-23"},
        {},
    ):
        answer = found(site, "search_models", **asked)
        jsonschema.validate(answer, listed["search_models"].output_schema)
        there = read(answer["more"])
        items = there["items"][: asked.get("limit", 10)]
        assert [row["model_id"] for row in answer["items"]] == [row["model_id"] for row in items]
        assert answer["count"] == there["count"]
        for mine, theirs in zip(answer["items"], items, strict=True):
            assert {key: theirs[key] for key in mine if key != "price"} == {
                key: mine[key] for key in mine if key != "price"
            }


def test_pages_of_a_search_end(site):
    seen, offset = [], 0
    while offset is not None:
        answer = found(site, "search_models", limit=15, offset=offset)
        assert len(answer["items"]) <= 15
        seen += [row["model_id"] for row in answer["items"]]
        offset = answer["next_offset"]
    assert len(seen) == len(set(seen)) == answer["count"] > 40


def test_nothing_found_names_what_is_near(site):
    answer = found(site, "search_models", query="linden-balad-5", capability=["nothing"])
    assert answer["count"] == 0
    assert MODELS[0] in answer["did_you_mean"]


def test_a_snippet_is_what_the_api_writes(site, listed):
    calls = ({}, {"language": "go"}, {"protocol": "openai-chat", "language": "curl"}, {"option": "async"})
    for asked in calls:
        answer = found(site, "get_snippet", model=MODELS[0], **asked)
        jsonschema.validate(answer, listed["get_snippet"].output_schema)
        snippet = {
            key: answer[key]
            for key in ("language", "protocol", "option", "action", "code", "install", "proof")
        }
        items = read(answer["more"])["items"]
        assert snippet in items
        assert answer["languages"] == ["python"] if asked.get("option") else len(answer["languages"]) == 7
        listed_calls = {(row["protocol"], row["action"], row["option"]) for row in items}
        others = {(row["protocol"], row["action"], row["option"]) for row in answer["others"]}
        assert others | {(answer["protocol"], answer["action"], answer["option"])} == listed_calls


def test_a_comparison_is_what_the_api_answers(site, listed):
    usage = {"input_tokens": 12345, "output_tokens": "67.5"}
    answer = found(site, "compare_models", models=[MODELS[0], CACHED], usage=usage)
    jsonschema.validate(answer, listed["compare_models"].output_schema)
    there = read(answer["more"])
    assert answer["rows"] == [row for row in there["rows"] if row["differs"]]
    assert (answer["rows_count"], answer["url"]) == (len(there["rows"]), there["url"])
    assert any(row["group"] == "cost" for row in answer["rows"])


@pytest.mark.parametrize("at", [None, "2026-11-23T12:00:00Z"])
def test_a_quote_is_the_apis_to_the_last_digit(site, listed, at):
    for model, kind, usage in (
        (MODELS[0], "list", {"input_tokens": 123_456_789, "output_tokens": 987_654_321}),
        (MODELS[0], "sell", {"input_tokens": "0.000000001"}),
        (MODELS[1], "sell", {"images": 7}),
    ):
        answer = found(site, "quote", model=model, kind=kind, usage=usage, at=at)
        jsonschema.validate(answer, listed["quote"].output_schema)
        there = read(answer["more"])
        assert {key: answer[key] for key in there} == there


def test_prices_of_all_time_are_those_of_the_api(site, listed):
    answer = found(site, "price_history", model=MODELS[0], limit=100)
    jsonschema.validate(answer, listed["price_history"].output_schema)
    there = read(answer["more"])["items"]
    assert sorted(answer["items"], key=lambda row: row["id"]) == sorted(there, key=lambda row: row["id"])
    begins = [row["effective_from"] for row in answer["items"]]
    assert begins == sorted(begins, reverse=True)
    only = found(site, "price_history", model=MODELS[0], meter="input_tokens", kind="list", limit=1)
    assert {row["meter"] for row in only["items"]} == {"input_tokens"}


def test_changes_are_those_of_the_api(site, listed):
    for asked in ({}, {"model": MODELS[0]}, {"since_revision": 0, "limit": 5, "kind": "catalog"}):
        answer = found(site, "list_changes", **asked)
        jsonschema.validate(answer, listed["list_changes"].output_schema)
        there = read(answer["more"])
        assert answer["items"] == there["items"][: len(answer["items"])]
        assert answer["count"] == there["count"]


def test_answers_are_small(site):
    results = call(
        site,
        ("search_models", {}),
        *(("get_model", {"model": model}) for model in MODELS),
        ("compare_models", {"models": [MODELS[0], CACHED]}),
        ("list_changes", {}),
    )
    assert max(len(json.dumps(result.structured_content)) for result in results) < 20_000
