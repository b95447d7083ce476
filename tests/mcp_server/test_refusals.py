"""What /mcp refuses: bad arguments in words that help, other sites' pages, and everything but a call."""

import json

import pytest
from mcp import Client

import hostile
import mcp_calls
from mcp_calls import LEGACY, MODERN, awaited, call, listing, post
from small import CACHED, NEWEST

WRONG = {
    "search_models": [
        {"limit": 10**9},
        {"limit": 0},
        {"limit": "5"},
        {"limit": True},
        {"offset": 10**30},
        {"offset": -1},
        {"query": "a\0b"},
        {"query": "a" * 201},
        {"query": 5},
        {"query": None},
        {"modality": "smell"},
        {"input_modality": "image"},
        {"input_modality": ["image"] * 6},
        {"sort": "; drop table"},
        {"max_input_price": 1.5},
        {"max_input_price": "1e9"},
        {"max_input_price": "NaN"},
        {"released_after": "yesterday"},
        {"at": "2026-11-01T00:00:00"},
        {"at": "9999-12-31"},
        {"at": 1},
        {"min_context": -1},
        {"no_such": 1},
    ],
    "get_model": [{}, {"model": ""}, {"model": ["a"]}, {"model": {"a": 1}}, {"model": NEWEST, "at": "\0"}],
    "get_snippet": [
        {"model": NEWEST, "language": "cobol"},
        {"model": NEWEST, "protocol": "no-such"},
        {"model": NEWEST, "option": "\0"},
        {"model": NEWEST, "option": "async", "language": "go"},
    ],
    "compare_models": [
        {},
        {"models": []},
        {"models": [NEWEST]},
        {"models": [NEWEST, NEWEST]},
        {"models": [NEWEST] * 7},
        {"models": [NEWEST, "no-such-model"]},
        {"models": [NEWEST, CACHED], "usage": {"input_tokens": -1}},
    ],
    "quote": [
        {"model": NEWEST},
        {"model": NEWEST, "usage": {}},
        {"model": NEWEST, "usage": {"input_tokens": 1.5}},
        {"model": NEWEST, "usage": {"input_tokens": "1e5"}},
        {"model": NEWEST, "usage": {"input_tokens": 10**15}},
        {"model": NEWEST, "usage": {"input_tokens": True}},
        {"model": NEWEST, "usage": {"input_tokens": None}},
        {"model": NEWEST, "usage": {"bananas": 1}},
        {"model": NEWEST, "usage": {"model": 1}},
        {"model": NEWEST, "usage": {"kind": 1}},
        {"model": NEWEST, "usage": {"param.duration": 1}},
        {"model": NEWEST, "usage": {"input_tokens": 1}, "kind": "both"},
        {"model": NEWEST, "usage": {"input_tokens": 1}, "parameters": {"a": [1]}},
        {"model": NEWEST, "usage": {"input_tokens": 1}, "parameters": {"no_such": 1}},
        {"model": NEWEST, "usage": [["input_tokens", 1]]},
    ],
    "price_history": [{}, {"model": NEWEST, "meter": "bananas"}, {"model": NEWEST, "limit": 101}],
    "list_changes": [
        {"since_revision": 2**31},
        {"since_revision": -1},
        {"kind": "gossip"},
        {"model": "no-such"},
    ],
    "no_such_tool": [{}],
}


@pytest.fixture(scope="module")
def site(live_site):
    mcp_calls.ready(live_site)
    return live_site


def said(result):
    """The words of a refusal, which hold no trace and no address of a validator."""
    assert result.is_error, result.structured_content
    (block,) = result.content
    assert "Traceback" not in block.text
    assert "pydantic" not in block.text
    assert "on our side" not in block.text
    assert 10 < len(block.text) < 3_000
    return block.text


@pytest.mark.parametrize("tool", WRONG)
def test_wrong_arguments_are_named(site, tool):
    for given, result in zip(WRONG[tool], call(site, *((tool, given) for given in WRONG[tool])), strict=True):
        words = said(result)
        wrong = [key for key in given if key != "model"]
        if len(wrong) == 1 and wrong != ["models"] and not isinstance(given[wrong[0]], dict | list):
            assert words.startswith(wrong[0]) or "Ask for one of these" in words, (given, words)


def test_a_misspelt_model_is_told_what_it_may_mean(site):
    (result,) = call(site, ("get_model", {"model": "linden-balad-5"}))
    assert f"Did you mean {NEWEST}" in said(result)


def meets_an_id(value):
    return "get_model", {"model": value}


def meets_a_query(value):
    return "search_models", {"query": value, "provider": value, "limit": 1}


def meets_a_meter(value):
    return "quote", {"model": NEWEST, "usage": {value: 1}}


@pytest.mark.soak
@pytest.mark.writes
def test_hostile_ids_and_queries_are_answered_or_refused_and_nothing_fails(site):
    values = [*hostile.entries("model_ids"), *hostile.entries("prompts"), *hostile.entries("zip_names")]
    sent = [value.encode("utf-8", "replace").decode() for value in values]
    prices = [row["v"] if isinstance(row, dict) else row for row in hostile.raw("prices")]
    ways = (meets_an_id, meets_a_query, meets_a_meter)
    # Each word is sent, to one tool or to all.
    calls = [way(value) for number, value in enumerate(sent) for way in hostile.some(ways, number)]
    assert len(calls) >= len(sent) > 100
    calls += [("quote", {"model": NEWEST, "usage": {"images": value}}) for value in prices]
    for (name, given), result in zip(calls, call(site, *calls), strict=True):
        text = result.content[0].text
        assert "on our side" not in text, (name, given)
        assert result.is_error or name == "search_models" or given.get("usage", {}).get("images")
        assert len(text) < 10_000


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"\xff\xfe", 400),
        (b"[" * 50_000, 422),
        (b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"quote","arguments":[]}}', 200),
        (b'{"jsonrpc":"2.0","id":1,"method":"no/such"}', 200),
        (
            b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_model","arguments":{"model":"\\ud800"}}}',
            400,
        ),
        (
            b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search_models","arguments":{"limit":NaN}}}',
            200,
        ),
        (b" " * 100_001, 413),
    ],
)
def test_bodies_that_are_no_calls_are_refused(site, body, status):
    code, headers, answer = post(site, body)
    assert code == status, answer
    assert headers["Content-Type"].startswith("application/")
    answer = json.loads(answer)
    assert "error" in answer or answer.get("result", {}).get("isError") or answer["status"] == status


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://localhost.evil.example"]
)
@pytest.mark.parametrize("version", [LEGACY, MODERN])
def test_pages_of_other_sites_are_refused(site, origin, version):
    code, headers, answer = post(site, listing(), Origin=origin, MCP_Protocol_Version=version)
    assert (code, headers["Content-Type"]) == (403, "application/problem+json")
    assert "Origin" in json.loads(answer)["detail"]


def test_pages_of_this_site_may_call(site):
    assert post(site, listing(), Origin=site)[0] == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "mcp", "a b"])
def test_other_names_of_the_host_are_refused(site, host):
    assert post(site, listing(), Host=host)[0] == 400


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "PATCH", "OPTIONS", "HEAD"])
def test_without_sessions_only_post_is_answered(site, method):
    code, headers, _ = post(site, b"", method=method)
    assert (code, headers["Allow"]) == (405, "POST")


def test_no_session_is_begun(site):
    hello = {"protocolVersion": LEGACY, "capabilities": {}, "clientInfo": {"name": "tests", "version": "1"}}
    code, headers, answer = post(site, {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello})
    assert (code, json.loads(answer)["result"]["protocolVersion"]) == (200, LEGACY)
    assert not {"mcp-session-id", "set-cookie"} & {name.lower() for name in headers}


def test_only_tools_are_offered(site):
    async def offered():
        async with Client(f"{site}/mcp", mode="legacy") as client:
            return client.server_capabilities.model_dump(exclude_none=True)

    assert set(awaited(offered())) == {"tools"}
