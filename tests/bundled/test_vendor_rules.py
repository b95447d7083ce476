"""No sample asks what a vendor answers with 400, and one that would is noticed."""

import dataclasses
import json
from datetime import UTC, datetime

import pytest

from catalog.snippets import describe
from gateway.arrivals import Arrival, RefusedError
from gateway.server import Gateway
from gateway.vendor_rules import RULES, vendor_refusals
from snippet_records import bundled_records

pytestmark = pytest.mark.engine("sqlite")  # no database is asked: once is enough
AT = datetime(2026, 11, 22, tzinfo=UTC)
CHAT = "openai-chat"


@pytest.fixture(scope="module")
def records():
    return {record["model_id"]: record for record in bundled_records()}


def sent(gateway, request):
    """The status and the words with which the gateway answers a request."""
    headers = {"authorization": "Bearer a-key", "content-type": "application/json"}
    raw = json.dumps(request.body).encode()
    try:
        gateway.take(Arrival(request.method, request.path, request.query, headers, raw))
    except RefusedError as error:
        return error.status, error.message
    return 200, ""


def option(record, word, protocol=CHAT):
    return next(each for each in describe(record) if (each.protocol, each.option) == (protocol, word))


def with_body(request, **added):
    return dataclasses.replace(request, body=request.body | added)


def test_no_sample_is_refused_by_its_vendor(records):
    refused = {
        f"{model_id} {each.protocol} {each.option}": words
        for model_id, record in records.items()
        for each in describe(record)
        if (words := list(vendor_refusals(model_id, each.protocol, each.body)))
    }
    assert refused == {}


def test_every_rule_is_about_a_model_of_the_catalog_and_says_who_met_it(records):
    for rule in RULES:
        about = [model_id for model_id in records for word in rule.protocols if rule.is_about(model_id, word)]
        assert about, rule
        assert all(source.startswith("https://") for source in rule.sources)
        assert rule.message


def without_rules(record):
    return record | {"rules": {}}


@pytest.mark.parametrize("model_id", ["gpt-5.6-luna", "gpt-6-sol", "gpt-6-astra", "gpt-6.1-sol"])
@pytest.mark.parametrize("word", ["tools", "tool_result"])
def test_tools_with_reasoning_on_chat_are_noticed(model_id, word, records):
    planted = without_rules(records[model_id])
    status, words = sent(Gateway([planted], AT), option(planted, word))
    assert status == 400
    assert "Function tools with reasoning_effort are not supported" in words


def test_tools_are_shown_on_chat_without_effort_or_on_responses_alone(records):
    assert option(records["gpt-5.6-luna"], "tools").body["reasoning_effort"] == "none"
    assert "tools" not in {each.option for each in describe(records["gpt-6-astra"]) if each.protocol == CHAT}
    assert option(records["gpt-6-astra"], "tools", "openai-responses")
    assert "reasoning_effort" not in option(records["gpt-5.4"], "tools").body


def test_a_schema_where_none_is_known_is_noticed(records):
    record = records["deepseek-v4-pro"]
    assert option(record, "structured").body["response_format"] == {"type": "json_object"}
    planted = without_rules(record)
    gateway = Gateway([planted], AT)
    assert sent(gateway, option(planted, "structured"))[0] == 400
    form = option(record, "structured")
    assert sent(gateway, form)[0] == 200
    silent = with_body(form, messages=[{"role": "user", "content": "Extract the order number."}])
    assert sent(gateway, silent)[0] == 400


@pytest.mark.parametrize(
    ("model_id", "protocol", "added"),
    [
        ("claude-opus-4-7", "anthropic-messages", {"temperature": 0.2}),
        ("claude-sonnet-5", "anthropic-messages", {"top_p": 0.9}),
        ("claude-fable-5", "anthropic-messages", {"top_k": 5}),
        ("gpt-6-sol", CHAT, {"temperature": 0.2}),
        ("gpt-6-sol", CHAT, {"max_tokens": 64}),
        ("gpt-5.4", CHAT, {"tools": [], "temperature": 0}),
        ("kimi-k3", CHAT, {"temperature": 0.5}),
    ],
)
def test_a_refused_parameter_is_noticed(model_id, protocol, added, records):
    planted = without_rules(records[model_id])
    request = option(planted, "basic", protocol)
    assert sent(Gateway([planted], AT), request)[0] == 200
    assert sent(Gateway([planted], AT), with_body(request, **added))[0] >= 400
    assert list(vendor_refusals(model_id, protocol, request.body | added))


def test_a_model_that_takes_a_parameter_is_not_refused_it(records):
    record = records["deepseek-v4-pro"]
    request = with_body(option(record, "basic"), temperature=0.2)
    assert sent(Gateway([record], AT), request)[0] == 200


def test_a_call_without_its_signature_is_noticed(records):
    record = records["gemini-3.5-flash"]
    request = option(record, "tool_result", "gemini-generate-content")
    assert sent(Gateway([record], AT), request)[0] == 200
    unsigned = json.loads(json.dumps(request.body))
    del unsigned["contents"][1]["parts"][0]["thoughtSignature"]
    status, words = sent(Gateway([record], AT), dataclasses.replace(request, body=unsigned))
    assert (status, "thought_signature" in words) == (400, True)


@pytest.mark.parametrize("model_id", ["deepseek-v4-pro", "gemini-3.5-flash"])
def test_a_call_on_chat_without_what_came_with_it_is_noticed(model_id, records):
    record = records[model_id]
    assert sent(Gateway([record], AT), option(record, "tool_result"))[0] == 200
    planted = without_rules(record)
    assert sent(Gateway([planted], AT), option(planted, "tool_result"))[0] == 400
