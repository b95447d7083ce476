"""Rules of a model decide which form of an option its samples have, and refuse what breaks them."""

import pytest
from jsonschema import Draft202012Validator

from catalog.snippets import LANGUAGES, describe, validate_request
from catalog.snippets.constraints import broken_by, holds
from catalog.snippets.json_schema import parameter_schema
from snippet_records import SITE, endpoint, make_record

CHAT = "openai-chat"
ASKS = ["tool_call", "structured_output", "reasoning"]
TOOLS_WITHOUT_EFFORT = {
    "when": {"reasoning_effort": {"not": "none"}},
    "required": [],
    "forbidden": ["tools"],
}
NO_TOOLS = {"when": {}, "required": [], "forbidden": ["tools"]}
NO_SCHEMA = {
    "when": {"response_format.type": "json_schema"},
    "required": [],
    "forbidden": ["response_format"],
}
COLD = {"when": {"temperature": {"not": 1}}, "required": [], "forbidden": ["temperature"]}


def ruled(*rules, protocol=CHAT):
    """Make a model with rules for its calls in a protocol."""
    endpoints = [
        endpoint("/v1/chat/completions", CHAT),
        endpoint("/v1/responses", "openai-responses"),
    ]
    return make_record("m-1", endpoints, capabilities=ASKS, rules={protocol: list(rules)})


def bodies(record, protocol=CHAT):
    """The body of each option of a protocol."""
    return {each.option: each.body for each in describe(record) if each.protocol == protocol}


def test_a_sample_has_the_value_without_which_a_rule_forbids_what_it_shows():
    given = bodies(ruled(TOOLS_WITHOUT_EFFORT))
    assert given["tools"]["reasoning_effort"] == given["tool_result"]["reasoning_effort"] == "none"
    assert given["thinking"]["reasoning_effort"] == "high"
    assert "reasoning_effort" not in given["basic"]
    assert "reasoning_effort" not in bodies(ruled())["tools"]


def test_what_a_rule_forbids_altogether_is_not_shown_but_in_another_protocol():
    record = ruled(NO_TOOLS)
    assert {"tools", "tool_result"}.isdisjoint(bodies(record))
    assert {"tools", "tool_result"} <= bodies(record, "openai-responses").keys()


def test_where_no_schema_is_taken_json_is_asked_for_in_the_prompt():
    body = bodies(ruled(NO_SCHEMA))["structured"]
    assert body["response_format"] == {"type": "json_object"}
    assert "JSON" in body["messages"][0]["content"]
    assert bodies(ruled())["structured"]["response_format"]["type"] == "json_schema"
    assert bodies(ruled(NO_SCHEMA), "openai-responses")["structured"]["text"]["format"]["type"] == (
        "json_schema"
    )


@pytest.mark.parametrize(
    ("rule", "added", "is_right"),
    [
        (TOOLS_WITHOUT_EFFORT, {"tools": [{}]}, False),
        (TOOLS_WITHOUT_EFFORT, {"tools": [{}], "reasoning_effort": "low"}, False),
        (TOOLS_WITHOUT_EFFORT, {"tools": [{}], "reasoning_effort": "none"}, True),
        (TOOLS_WITHOUT_EFFORT, {"reasoning_effort": "low"}, True),
        (NO_TOOLS, {"tools": [{}]}, False),
        (NO_TOOLS, {}, True),
        (NO_SCHEMA, {"response_format": {"type": "json_schema"}}, False),
        (NO_SCHEMA, {"response_format": {"type": "json_object"}}, True),
        (NO_SCHEMA, {"response_format": {}}, True),
        (COLD, {"temperature": 0.2}, False),
        (COLD, {"temperature": 1}, True),
        (COLD, {"temperature": 1.0}, True),
        (COLD, {}, True),
    ],
)
def test_validation_and_schema_read_a_rule_alike(rule, added, is_right):
    record = ruled(rule)
    basic = next(each for each in describe(record) if each.protocol == CHAT)
    body = basic.body | added
    request = type(basic)(**{name: getattr(basic, name) for name in basic.__slots__} | {"body": body})
    schema = parameter_schema(record, "https://example.com/schema.json")["$defs"][CHAT]
    assert (validate_request(record, request) == []) is is_right
    assert Draft202012Validator(schema).is_valid(body) is is_right


def test_a_path_leads_into_an_object_and_a_field_of_just_this_name_is_meant_first():
    rule = {"when": {"a.b": 1}, "required": [], "forbidden": ["c"]}
    assert holds(rule, {"a": {"b": 1}}, {}, "m-1")
    assert holds(rule, {"a.b": 1, "a": {"b": 2}}, {}, "m-1")
    for body in ({}, {"a": 1}, {"a": {"b": 2}}, {"a": [{"b": 1}]}):
        assert not holds(rule, body, {}, "m-1")
    given = {"when": {"a.b": {"present": True}}, "required": ["d"], "forbidden": []}
    assert list(broken_by(given, {"a": {"b": None}}, {}, "m-1")) == [f"d: required when {given['when']!r}"]


def test_a_page_says_which_value_is_needed():
    code = LANGUAGES["python"](
        next(each for each in describe(ruled(TOOLS_WITHOUT_EFFORT)) if each.option == "tools"), SITE
    ).code
    assert 'reasoning_effort="none"' in code


WANTS_THOUGHTS = {
    "when": {
        "messages[].tool_calls": {"present": True},
        "messages[].reasoning_content": {"present": False},
    },
    "required": [],
    "forbidden": ["tools"],
}
WANTS_SIGNATURES = {
    "when": {
        "messages[].tool_calls": {"present": True},
        "messages[].tool_calls[].extra_content": {"present": False},
    },
    "required": [],
    "forbidden": ["tools"],
}


def test_a_call_is_sent_back_with_what_a_vendor_wants_back():
    def answered(record):
        return bodies(record)["tool_result"]["messages"][1]

    assert answered(ruled()).keys() == {"role", "content", "tool_calls"}
    assert answered(ruled(WANTS_THOUGHTS))["reasoning_content"]
    (call,) = answered(ruled(WANTS_SIGNATURES))["tool_calls"]
    assert call["extra_content"]["google"]["thought_signature"]
    assert "reasoning_content" not in answered(ruled(WANTS_SIGNATURES))
    assert "tool_result" not in bodies(ruled(WANTS_THOUGHTS, WANTS_SIGNATURES))
    assert "tools" in bodies(ruled(WANTS_THOUGHTS, WANTS_SIGNATURES))


def test_a_path_through_lists_is_read_alike_by_validation_and_schema():
    record = ruled(WANTS_SIGNATURES)
    schema = parameter_schema(record, "https://example.com/schema.json")["$defs"][CHAT]
    for rules in ((), (WANTS_THOUGHTS,), (WANTS_SIGNATURES,)):
        request = next(
            each for each in describe(ruled(*rules)) if (each.protocol, each.option) == (CHAT, "tool_result")
        )
        is_right = rules == (WANTS_SIGNATURES,)
        assert (validate_request(record, request) == []) is is_right
        assert Draft202012Validator(schema).is_valid(request.body) is is_right
