"""The reference gateway takes files in base64 where a model reads them, if they are what they say."""

import pytest

from catalog.snippets.attached import TINY
from gateway.server import Gateway, serving
from gateway_calls import ABLE, AT, ask, models

pytestmark = pytest.mark.engine("sqlite")  # no database is asked: once is enough
SEER = "castor-3.5-flash"
READER = "reader-1"
"""A made model of which nothing says what it cannot read."""
PDF, PNG, WAV = TINY["invoice.pdf"], TINY["receipt.png"], TINY["voicemail.wav"]
PATHS = {
    "anthropic-messages": "/v1/messages",
    "openai-chat": "/v1/chat/completions",
    "openai-responses": "/v1/responses",
    "gemini-generate-content": f"/v1beta/models/{READER}:generateContent",
}


@pytest.fixture(scope="module")
def url():
    *others, able = models()
    reader = able | {"model_id": READER, "input_modalities": []}
    mute = able | {"model_id": "mute-1", "lacks": ["system_messages"]}
    with serving(Gateway([*others, able, reader, mute], AT)) as address:
        yield address


def body(protocol, part, model_id=READER, role="user"):
    """A request with one part in its only turn."""
    if protocol == "gemini-generate-content":
        return {"contents": [{"role": role, "parts": [part]}]}
    turns = "input" if protocol == "openai-responses" else "messages"
    given = {"model": model_id, turns: [{"role": role, "content": [part]}]}
    return given | ({"max_tokens": 64} if protocol == "anthropic-messages" else {})


def document(data=PDF, kind="application/pdf"):
    return {"type": "document", "source": {"type": "base64", "media_type": kind, "data": data}}


def file(data=PDF, kind="application/pdf"):
    return {"type": "file", "file": {"filename": "a.pdf", "file_data": f"data:{kind};base64,{data}"}}


def input_file(data=PDF):
    return {"type": "input_file", "filename": "a.pdf", "file_data": f"data:application/pdf;base64,{data}"}


def sound(data=WAV, kind="wav"):
    return {"type": "input_audio", "input_audio": {"data": data, "format": kind}}


def inline(data=PDF, kind="application/pdf"):
    return {"inlineData": {"data": data, "mimeType": kind}}


@pytest.mark.parametrize(
    ("protocol", "part"),
    [
        ("anthropic-messages", document()),
        ("openai-chat", file()),
        ("openai-chat", sound()),
        ("openai-responses", input_file()),
        ("gemini-generate-content", inline()),
        ("gemini-generate-content", inline(WAV, "audio/wav")),
        ("gemini-generate-content", inline(PNG, "image/png")),
    ],
)
def test_a_file_is_read(url, protocol, part):
    assert ask(url + PATHS[protocol], body(protocol, part))[0] == 200


@pytest.mark.parametrize(
    ("protocol", "part", "words"),
    [
        ("anthropic-messages", document(PNG), "no application/pdf in base64"),
        ("anthropic-messages", document("no base64"), "no application/pdf in base64"),
        ("anthropic-messages", document(kind="text/plain"), "no application/pdf in base64"),
        ("openai-chat", file(kind="text/plain"), "no application/pdf in base64"),
        ("openai-chat", file(PNG), "no application/pdf in base64"),
        ("openai-chat", sound(kind="aac"), "is not one of"),
        ("openai-chat", sound(PDF), "no audio/wav in base64"),
        ("openai-responses", input_file(WAV), "no application/pdf in base64"),
        ("gemini-generate-content", inline(PNG), "no application/pdf in base64"),
        ("gemini-generate-content", inline(kind="application/zip"), "is not one of"),
    ],
)
def test_what_is_no_such_file_is_refused(url, protocol, part, words):
    status, answer = ask(url + PATHS[protocol], body(protocol, part))
    assert status == 422
    assert words in answer["error"]["message"]


@pytest.mark.parametrize(
    ("protocol", "part", "words"),
    [
        ("anthropic-messages", document(), "takes no files"),
        ("openai-chat", file(), "takes no files"),
        ("openai-chat", sound(), "takes no audio"),
        ("openai-responses", input_file(), "takes no files"),
    ],
)
def test_a_model_that_reads_texts_and_images_alone_is_sent_no_other_file(url, protocol, part, words):
    status, answer = ask(url + PATHS[protocol], body(protocol, part, ABLE))
    assert status == 422
    assert words in answer["error"]["message"]


def test_a_document_is_the_user_s(url):
    status, answer = ask(url + "/v1/messages", body("anthropic-messages", document(), role="assistant"))
    assert (status, "assistant may send" in answer["error"]["message"]) == (422, True)


@pytest.mark.parametrize("role", ["system", "developer"])
def test_a_model_without_system_messages_is_sent_none(url, role):
    turns = [{"role": role, "content": "Be brief."}, {"role": "user", "content": "Hello"}]
    status, answer = ask(url + "/v1/chat/completions", {"model": "mute-1", "messages": turns})
    assert (status, "takes no system messages" in answer["error"]["message"]) == (422, True)
    assert ask(url + "/v1/chat/completions", {"model": "mute-1", "messages": turns[1:]})[0] == 200


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"type": "json_object"}, 200),
        ({"type": "text"}, 200),
        ({"type": "json_object", "json_schema": {}}, 422),
        ({"type": "json_schema"}, 422),
        ({"type": "yaml"}, 422),
    ],
)
def test_only_a_schema_is_told_more_than_its_kind(url, form, status):
    asked = {"model": ABLE, "messages": [{"role": "user", "content": "As JSON"}], "response_format": form}
    assert ask(url + "/v1/chat/completions", asked)[0] == status
