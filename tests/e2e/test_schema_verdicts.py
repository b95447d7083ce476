"""The schema of a call and the reference gateway say the same of a body: sent or refused."""

import json
import random
from collections import Counter

import pytest
from jsonschema import Draft202012Validator

from catalog.snippets import OPTIONS, describe
from catalog.snippets.json_schema import call_schema
from catalog.snippets.protocols import PROTOCOL_FIELDS
from gateway.arrivals import Arrival, RefusedError
from gateway.server import Gateway, serving
from gateway_calls import AT, MESSAGE, ask, models
from option_bodies import CACHING, STRUCTURED, THINKING, TOOLS
from small import EMBEDDING

pytestmark = pytest.mark.engine("sqlite")  # no database is asked: once is enough

VECTORS = {"model": EMBEDDING}
MESSAGES = "anthropic-messages"
BODIES = 600
"""How many bodies of each protocol both are asked about."""
KINDS = {
    "string": ["low", 7],
    "integer": [1, 2000, 10**9, "many", 0.5],
    "number": [0.5, 1, "hot", True],
    "boolean": [True, False, "yes"],
    "array": [["a"], "a", {}],
    "object": [{"a": 1}, "a", []],
    None: ["low", 1, ["a"]],
}
"""Type of a field -> values that are of it, and values that are not."""
MISFITS = {"array": ["a", {}], "object": ["a", []], "string": [7, []], None: []}
"""Type of a field that is read more closely -> values that are not of it; right ones are in the options."""
READ = {
    "anthropic-messages": {"messages", "tools", "system", "thinking", "output_config", "reasoning_effort"},
    "openai-chat": {"messages", "tools", "response_format", "reasoning_effort", "stream_options"},
    "openai-responses": {"input", "tools", "text", "reasoning", "stream_options"},
    "openai-embeddings": {"input", "encoding_format"},
    "gemini-generate-content": {"contents", "tools", "generationConfig", "systemInstruction"},
}


@pytest.fixture(scope="module")
def records():
    return {record["model_id"]: record for record in models()}


@pytest.fixture(scope="module")
def url(records):
    with serving(Gateway(list(records.values()), AT)) as address:
        yield address


def takes(record, call, body):
    """Say whether the schema of a call takes a body."""
    return Draft202012Validator(call_schema(record, "https://models.example.com/schema.json", call)).is_valid(
        body
    )


@pytest.mark.parametrize(
    ("path", "call", "body"),
    [
        ("/v1/messages", "message", MESSAGE | {"system": "be kind"}),
        ("/v1/messages", "message", MESSAGE | {"system": [{"type": "text", "text": "be kind"}]}),
        ("/v1/embeddings", "openai-embeddings", VECTORS | {"input": "a"}),
        ("/v1/embeddings", "openai-embeddings", VECTORS | {"input": ["a", "b"]}),
        ("/v1/embeddings", "openai-embeddings", VECTORS | {"input": [1, 2]}),
        ("/v1/embeddings", "openai-embeddings", VECTORS | {"input": [[1, 2], [3]]}),
    ],
)
def test_every_form_that_a_protocol_has_of_a_field_is_taken_by_both(records, url, path, call, body):
    assert takes(records[body["model"]], call, body)
    assert ask(url + path, body)[0] == 200


@pytest.mark.parametrize("value", ["", [], ["a", ""], [[]], 7, ["a", 1], [[1], "a"], {"text": "a"}, [True]])
def test_what_is_no_input_of_an_embedding_is_refused(url, value):
    assert ask(f"{url}/v1/embeddings", VECTORS | {"input": value})[0] == 422


def values(protocol):
    """Give for each field of a protocol, and for one that it has not, what a body is tried with."""
    options = [said[protocol] for said in (CACHING, STRUCTURED, THINKING, TOOLS) if protocol in said]
    found = {"no_such_field": [1], "model": ["nobody", 7, None]}
    for name, field in PROTOCOL_FIELDS[protocol].items():
        right = [body[name] for body in options if name in body]
        right += [{}, {"include_obfuscation": False}] * (name == "stream_options")
        closely = name in READ[protocol]
        tried = right + MISFITS[field.kind] if closely else right + KINDS[field.kind]
        found.setdefault(name, tried + [None] * (name not in {"messages", "input", "contents"}))
    return {name: tried for name, tried in found.items() if tried}


def spoilt(chosen, body, tried):
    """Change a body in one to three places: a field is left out, or holds what is tried."""
    body = dict(body)
    for _ in range(chosen.randint(1, 3)):
        name = chosen.choice([*tried, *body])
        if name in body and chosen.random() < 0.3:
            del body[name]
        elif name in tried and (name != "model" or name in body):
            body[name] = chosen.choice(tried[name])
    return body


def refusal(gateway, request, body):
    """Give what the gateway says against a body, or nothing."""
    headers = {"content-type": "application/json", "authorization": "Bearer a-key"}
    try:
        gateway.take(Arrival("POST", request.path, request.query, headers, json.dumps(body).encode()))
    except RefusedError as error:
        return error.message
    return ""


@pytest.mark.parametrize("protocol", READ)
def test_schema_and_gateway_agree_about_a_sample_of_bodies(records, protocol):
    gateway, tried, chosen = Gateway(list(records.values()), AT), values(protocol), random.Random(protocol)
    served = [(record, request) for record in gateway.catalog.served for request in describe(record)]
    # A call that counts tokens takes less than the schema says of messages.
    calls = [
        (record, request)
        for record, request in served
        if request.protocol == protocol and request.option != "count_tokens"
    ]
    differing, seen = [], Counter()
    for _ in range(BODIES):
        record, request = chosen.choice(calls)
        body = spoilt(chosen, request.body, tried)
        said, is_taken = refusal(gateway, request, body), takes(record, request.action or protocol, body)
        seen[is_taken] += 1
        if is_taken is bool(said):
            differing.append((record["model_id"], body, said or "taken"))
    assert differing == []
    assert min(seen[True], seen[False]) > BODIES / 10


LACKED = {
    "tools": TOOLS,
    "structured": STRUCTURED,
    "thinking": THINKING,
    "caching": {MESSAGES: CACHING[MESSAGES]},
}
BESIDE = [
    {"tool_choice": "auto"},
    {"stream": True},
    {"stream_options": {"include_usage": True}},
    {"parallel_tool_calls": True},
    {"toolConfig": {}},
]


def denying(record):
    """A record whose sources deny all that they do not state."""
    words = {option.capability for option in OPTIONS.values()} - {"", *record["capabilities"]}
    return record | {"lacks": sorted(words)}


def test_what_a_source_denies_of_a_model_is_refused_by_both_in_every_protocol(records):
    gateway, taken, tried = Gateway([*map(denying, records.values())], AT), [], Counter()
    for record in gateway.catalog.served:
        for request in describe(record):
            protocol = request.protocol
            if request.option != "basic" or protocol not in READ or protocol == "openai-embeddings":
                continue
            lacked = [
                (option, bodies[protocol])
                for option, bodies in LACKED.items()
                if protocol in bodies and OPTIONS[option].capability in record["lacks"]
            ]
            lacks = record["lacks"]
            beside = BESIDE[1:3] if "streaming" in lacks else []
            beside += [BESIDE[0], *BESIDE[3:]] if "tool_call" in lacks else []
            for option, added in [*lacked, *(("beside", each) for each in beside)]:
                body = request.body | added
                tried[option] += 1
                is_taken = takes(record, request.action or protocol, body)
                if is_taken or not refusal(gateway, request, body):
                    taken.append((record["model_id"], protocol, added, is_taken))
    assert taken == []
    assert tried.keys() == {*LACKED, "beside"}


def test_a_field_of_which_only_the_protocol_knows_is_taken_by_both_and_of_its_type_alone(records):
    gateway = Gateway(list(records.values()), AT)
    for record in gateway.catalog.served:
        for request in describe(record):
            if request.protocol in {"openai-chat", "openai-responses"} and request.option == "basic":
                for value, fits in ((0.2, True), (None, True), ("hot", False)):
                    body = request.body | {"temperature": value}
                    assert takes(record, request.protocol, body) is fits
                    assert (refusal(gateway, request, body) == "") is fits
