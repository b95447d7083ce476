"""A stream of the reference gateway carries what the whole answer does, as the official SDKs read it."""

import json
from itertools import pairwise

import pytest

import needs
from gateway import protocols
from gateway.answers import ARGUMENTS, READ, THOUGHT, WRITTEN, said
from gateway.answers import STRUCTURED as FACTS
from gateway.messages import SIGNATURE
from gateway.server import Gateway, serving
from gateway_calls import ABLE, AT, HELLO, MESSAGE, ask, models
from option_bodies import CACHING, STRUCTURED, THINKING, TOOLS
from small import NEWEST

anthropic, genai, openai = map(needs.client, ("anthropic", "google.genai", "openai"))

pytestmark = pytest.mark.engine("sqlite")  # no database is asked: once is enough

CALL = ("get_order_status", ARGUMENTS)
SEER = "castor-3.5-flash"


@pytest.fixture(scope="module")
def records():
    return models()


@pytest.fixture
def gateway(records):
    return Gateway(records, AT, keys={"a-key"})


@pytest.fixture
def url(gateway):
    with serving(gateway) as address:
        yield address


@pytest.fixture
def claude(url):
    with anthropic.Anthropic(base_url=url, api_key="a-key", max_retries=0) as client:
        yield client


@pytest.fixture
def gpt(url):
    with openai.OpenAI(base_url=f"{url}/v1", api_key="a-key", max_retries=0) as client:
        yield client


@pytest.fixture
def google(url):
    options = {"base_url": url, "api_version": "v1beta"}
    with genai.Client(api_key="a-key", http_options=options) as client:
        yield client


def test_the_sdk_of_anthropic_reads_a_call_of_a_tool(claude):
    with claude.messages.stream(**MESSAGE | TOOLS["anthropic-messages"]) as stream:
        events = list(stream)
        final = stream.get_final_message()
    (block,) = final.content
    assert (block.type, block.name, block.input, final.stop_reason) == ("tool_use", *CALL, "tool_use")
    begun = [event.content_block for event in events if event.type == "content_block_start"]
    assert [one.type for one in begun] == ["tool_use"]
    parts = [event.delta for event in events if event.type == "content_block_delta"]
    assert {part.type for part in parts} == {"input_json_delta"}
    assert len([part for part in parts if part.partial_json]) > 1


def test_the_sdk_of_anthropic_reads_what_was_thought_and_its_signature(claude):
    with claude.messages.stream(**MESSAGE | THINKING["anthropic-messages"]) as stream:
        kinds = [event.delta.type for event in stream if event.type == "content_block_delta"]
        thought, text = stream.get_final_message().content
    assert (thought.type, thought.thinking, thought.signature) == ("thinking", THOUGHT, SIGNATURE)
    assert (text.type, text.text) == ("text", said(NEWEST))
    assert kinds.count("thinking_delta") > 1
    assert kinds.count("signature_delta") == 1


def test_the_sdk_of_anthropic_reads_the_form_that_was_asked_for_and_what_was_cached(claude):
    asked = MESSAGE | STRUCTURED["anthropic-messages"] | {"model": ABLE}
    with claude.messages.stream(**asked) as stream:
        assert json.loads("".join(stream.text_stream)) == FACTS
    asked = MESSAGE | CACHING["anthropic-messages"]
    whole = claude.messages.create(**asked).usage
    with claude.messages.stream(**asked) as stream:
        streamed = stream.get_final_message().usage
    assert streamed == whole
    assert (whole.cache_creation_input_tokens, whole.cache_read_input_tokens) == (WRITTEN, READ)


def test_the_sdk_of_openai_reads_a_call_in_chunks(gpt):
    asked = {"model": ABLE} | TOOLS["openai-chat"]
    with gpt.chat.completions.stream(**asked) as stream:
        events = list(stream)
        choice = stream.get_final_completion().choices[0]
    (call,) = choice.message.tool_calls
    assert (call.function.name, json.loads(call.function.arguments)) == CALL
    assert (choice.finish_reason, choice.message.content) == ("tool_calls", None)
    pieces = [event.arguments_delta for event in events if event.type.endswith("arguments.delta")]
    assert len([piece for piece in pieces if piece]) > 1


def test_the_sdk_of_openai_reads_the_form_that_was_asked_for(gpt):
    with gpt.chat.completions.create(model=ABLE, stream=True, **STRUCTURED["openai-chat"]) as chunks:
        assert json.loads("".join(chunk.choices[0].delta.content or "" for chunk in chunks)) == FACTS
    with gpt.responses.create(model=ABLE, stream=True, **STRUCTURED["openai-responses"]) as events:
        deltas = [event.delta for event in events if event.type == "response.output_text.delta"]
    assert json.loads("".join(deltas)) == FACTS


def test_the_sdk_of_openai_reads_a_call_among_responses(gpt):
    with gpt.responses.stream(model=ABLE, **TOOLS["openai-responses"]) as stream:
        events = list(stream)
        (item,) = stream.get_final_response().output
    assert (item.type, item.name, json.loads(item.arguments)) == ("function_call", *CALL)
    names = [event.type for event in events]
    assert [after for before, after in pairwise(["", *names]) if before != after] == [
        *("response.created", "response.in_progress", "response.output_item.added"),
        *("response.function_call_arguments.delta", "response.function_call_arguments.done"),
        *("response.output_item.done", "response.completed"),
    ]
    assert names.count("response.function_call_arguments.delta") > 1
    assert [event.sequence_number for event in events] == list(range(len(events)))


def test_the_sdk_of_google_reads_a_call_a_form_and_what_was_thought(google):
    stream = google.models.generate_content_stream
    contents = "Hello"
    tools = TOOLS["gemini-generate-content"]["tools"][0]["functionDeclarations"]
    config = {"tools": [{"function_declarations": tools}], "automatic_function_calling": {"disable": True}}
    calls = [
        call
        for chunk in stream(model=SEER, contents=contents, config=config)
        for call in chunk.function_calls or ()
    ]
    assert [(call.name, call.args) for call in calls] == [CALL]
    form = STRUCTURED["gemini-generate-content"]["generationConfig"]["responseJsonSchema"]
    config = {"response_mime_type": "application/json", "response_json_schema": form}
    chunks = stream(model=SEER, contents=contents, config=config)
    assert json.loads("".join(chunk.text for chunk in chunks)) == FACTS
    config = {"thinking_config": {"include_thoughts": True}}
    found = [
        part
        for chunk in stream(model=SEER, contents=contents, config=config)
        for part in chunk.candidates[0].content.parts
    ]
    assert "".join(part.text for part in found if part.thought) == THOUGHT
    assert "".join(part.text for part in found if not part.thought) == said(SEER)


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/responses"])
def test_a_fault_within_a_stream_is_told_as_one(url, gateway, monkeypatch, path):
    def breaking(model_id, body):
        yield None, {"begun": True}
        raise LookupError("planted")

    for protocol in protocols.PIECES:
        monkeypatch.setitem(protocols.PIECES, protocol, breaking)
    body = {"model": ABLE, "stream": True} | ({"input": "x"} if "responses" in path else {"messages": HELLO})
    assert ask(url + path, body) == (
        500,
        {"error": {"code": "gateway_fault", "message": "LookupError: planted"}},
    )
    assert (gateway.arrivals[-1].status, gateway.arrivals[-1].said) == (500, "LookupError: planted")
