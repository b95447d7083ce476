"""The reference gateway takes what the official SDKs send: second turns, images, system texts."""

import base64
import json

import pytest

import needs
from gateway.answers import ARGUMENTS, said
from gateway.server import Gateway, serving
from gateway_calls import ABLE, AT, HELLO, MESSAGE, ask, models
from option_bodies import THINKING, TOOLS
from small import CAPITALS, NEWEST

anthropic, genai, openai = map(needs.client, ("anthropic", "google.genai", "openai"))
types = genai.types

pytestmark = pytest.mark.engine("sqlite")  # no database is asked: once is enough

SEER = "castor-3.5-flash"
PIXEL = b"\x89PNG\r\n\x1a\n\xff\xfe\xfd\xfb"  # in base64 its alphabets differ
CODED = base64.b64encode(PIXEL).decode()
FOUND = "18 degrees, and rain"
SYSTEM = "Answer in one sentence."


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


@pytest.mark.parametrize("is_streamed", [False, True])
@pytest.mark.parametrize("thinking", [{}, THINKING["anthropic-messages"]])
def test_a_tool_is_called_and_answered_through_the_sdk_of_anthropic(claude, is_streamed, thinking):
    asked = MESSAGE | TOOLS["anthropic-messages"] | thinking | {"system": SYSTEM}
    if is_streamed:
        with claude.messages.stream(**asked) as stream:
            first = stream.get_final_message()
    else:
        first = claude.messages.create(**asked)
    call = first.content[-1]
    assert (call.name, call.input) == ("get_order_status", ARGUMENTS)
    found = {"type": "tool_result", "tool_use_id": call.id, "content": FOUND}
    turns = [{"role": "assistant", "content": first.content}, {"role": "user", "content": [found]}]
    asked["messages"] = [*asked["messages"], *turns]
    second = claude.messages.create(**asked)
    assert (second.stop_reason, second.content[-1].text) == ("end_turn", said(NEWEST))
    with claude.messages.stream(**asked) as stream:
        assert "".join(stream.text_stream) == said(NEWEST)
    asked["messages"] = [*asked["messages"], {"role": "assistant", "content": second.content}, *HELLO]
    assert claude.messages.create(**asked).stop_reason == "tool_use"


@pytest.mark.parametrize("is_streamed", [False, True])
def test_a_tool_is_called_and_answered_in_a_chat(gpt, is_streamed):
    asked = {"model": ABLE} | TOOLS["openai-chat"]
    if is_streamed:
        with gpt.chat.completions.stream(**asked) as stream:
            message = stream.get_final_completion().choices[0].message
    else:
        message = gpt.chat.completions.create(**asked).choices[0].message
    (call,) = message.tool_calls
    assert json.loads(call.function.arguments) == ARGUMENTS
    if is_streamed:  # that SDK parses more into it than the protocol knows
        function = {"name": call.function.name, "arguments": call.function.arguments}
        sent = {"id": call.id, "type": call.type, "function": function}
        message = {"role": message.role, "content": message.content, "tool_calls": [sent]}
    found = {"role": "tool", "tool_call_id": call.id, "content": FOUND}
    asked["messages"] = [*asked["messages"], message, found]
    choice = gpt.chat.completions.create(**asked).choices[0]
    assert (choice.finish_reason, choice.message.content) == ("stop", said(ABLE))
    with gpt.chat.completions.create(**asked, stream=True) as chunks:
        assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == said(ABLE)


@pytest.mark.parametrize("is_streamed", [False, True])
def test_a_tool_is_called_and_answered_among_responses(gpt, is_streamed):
    asked = {"model": ABLE, "instructions": SYSTEM} | TOOLS["openai-responses"]
    if is_streamed:
        with gpt.responses.create(**asked, stream=True) as events:
            first = next(event.response for event in events if event.type == "response.completed")
    else:
        first = gpt.responses.create(**asked)
    (call,) = first.output
    assert json.loads(call.arguments) == ARGUMENTS
    found = {"type": "function_call_output", "call_id": call.call_id, "output": FOUND}
    asked["input"] = [{"role": "user", "content": asked["input"]}, *first.output, found]
    second = gpt.responses.create(**asked)
    assert second.output_text == said(ABLE)
    asked["input"] = [*asked["input"], *second.output, {"role": "user", "content": "Again"}]
    assert gpt.responses.create(**asked).output[0].type == "function_call"


def test_a_tool_is_called_and_answered_through_the_sdk_of_google(google, gateway):
    declared = TOOLS["gemini-generate-content"]["tools"][0]["functionDeclarations"]
    config = types.GenerateContentConfig(
        system_instruction=SYSTEM,
        tools=[types.Tool(function_declarations=declared)],
        automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
    )
    contents = [types.Content(role="user", parts=[types.Part.from_text(text="What is the weather?")])]
    first = google.models.generate_content(model=SEER, contents=contents, config=config)
    (call,) = first.function_calls
    assert call.args == ARGUMENTS
    found = types.Part.from_function_response(name=call.name, response={"felt_like": FOUND})
    contents += [first.candidates[0].content, types.Content(role="user", parts=[found])]
    second = google.models.generate_content(model=SEER, contents=contents, config=config)
    assert second.text == said(SEER)
    response = gateway.arrivals[-1].body["contents"][-1]["parts"][0]["functionResponse"]["response"]
    assert response == {"felt_like": FOUND}
    assert gateway.arrivals[-1].body["systemInstruction"]["parts"] == [{"text": SYSTEM}]
    chunks = google.models.generate_content_stream(model=SEER, contents=contents, config=config)
    assert "".join(chunk.text for chunk in chunks) == said(SEER)


def test_an_image_in_base64_is_seen(claude, gpt, google):
    source = {"type": "base64", "media_type": "image/png", "data": CODED}
    seen = [{"role": "user", "content": [{"type": "image", "source": source}]}]
    assert claude.messages.create(**MESSAGE | {"messages": seen}).content[0].text == said(NEWEST)
    address = f"data:image/png;base64,{CODED}"
    seen = [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": address}}]}]
    choice = gpt.chat.completions.create(model=ABLE, messages=seen).choices[0]
    assert choice.message.content == said(ABLE)
    part = {"type": "input_image", "image_url": address, "detail": "low"}
    response = gpt.responses.create(model=ABLE, input=[{"role": "user", "content": [part]}])
    assert response.output_text == said(ABLE)
    part = types.Part.from_bytes(data=PIXEL, mime_type="image/png")
    assert google.models.generate_content(model=SEER, contents=[part, "What?"]).text == said(SEER)


CALLED = {"type": "tool_use", "id": "toolu_01", "name": "a", "input": {}}
TOLD = {"type": "tool_result", "tool_use_id": "toolu_01", "content": "x"}
CALLED_IN_CHAT = {
    "role": "assistant",
    "content": None,
    "tool_calls": [
        {"id": "call_01", "type": "function", "function": {"name": "get_order_status", "arguments": "{}"}}
    ],
}
TOLD_IN_CHAT = {"role": "tool", "tool_call_id": "call_01", "content": "x"}
IMAGE = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": CODED}}


def turns(*content, role="user"):
    return {"messages": [{"role": role, "content": list(content)}]}


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/v1/messages", turns(TOLD), "nothing was called as 'toolu_01'"),
        ("/v1/messages", turns(CALLED), "user may send"),
        ("/v1/messages", turns(TOLD, role="assistant"), "assistant may send"),
        ("/v1/messages", turns(CALLED | {"input": "{}"}, role="assistant"), "input: must be object"),
        ("/v1/messages", turns(IMAGE | {"source": IMAGE["source"] | {"data": "no base64"}}), "in base64"),
        ("/v1/messages", turns(IMAGE | {"source": IMAGE["source"] | {"media_type": "a"}}), "in base64"),
        ("/v1/messages", turns(IMAGE) | {"model": CAPITALS}, "takes no images"),
        ("/v1/messages", {"system": 5}, "system: must be text or"),
        ("/v1/messages", {"system": [{"type": "image"}]}, "not one of"),
        ("/v1/chat/completions", {"messages": [TOLD_IN_CHAT]}, "nothing was called as 'call_01'"),
        ("/v1/chat/completions", {"messages": [{"role": "tool", "content": "x"}]}, "tool_call_id: missing"),
        ("/v1/chat/completions", {"messages": [{"role": "assistant", "content": None}]}, "must be text"),
        ("/v1/chat/completions", {"messages": [CALLED_IN_CHAT | {"tool_calls": [{}]}]}, "id: missing"),
        ("/v1/chat/completions", {"messages": [TOLD_IN_CHAT | {"role": ["tool"]}]}, "must be string"),
        (
            "/v1/responses",
            {"input": [{"type": "function_call_output", "call_id": "x", "output": "y"}]},
            "'x'",
        ),
        ("/v1/responses", {"input": [{"type": "a_call"}]}, "no item of this protocol"),
        ("/v1/responses", {"input": [{"type": ["message"]}]}, "no item of this protocol"),
        ("/v1/responses", {"input": 5}, "must be text or a list"),
        ("gemini", {"contents": [{"parts": [{"functionResponse": {"name": "a", "response": {}}}]}]}, "'a'"),
        ("gemini", {"contents": [{"parts": [{"inlineData": {"mimeType": "image/png"}}]}]}, "data: missing"),
        ("gemini", {"contents": [{"parts": [{"text": "x", "functionCall": {"name": "a"}}]}]}, "neither text"),
        ("gemini", {"systemInstruction": "x"}, "systemInstruction: must be object"),
    ],
)
def test_a_turn_that_does_not_fit_is_refused_and_said_once(url, path, body, words):
    plain = {
        "/v1/messages": MESSAGE,
        "/v1/chat/completions": {"model": ABLE, "messages": HELLO},
        "/v1/responses": {"model": ABLE, "input": "Hello"},
        "gemini": {"contents": [{"parts": [{"text": "x"}]}]},
    }[path]
    address = f"/v1beta/models/{SEER}:generateContent" if path == "gemini" else path
    status, answer = ask(url + address, plain | body)
    assert status == 422
    assert answer["error"]["message"].count(words) == 1, answer
