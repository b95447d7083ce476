"""The reference gateway answers as the official SDKs read it, and refuses what the catalog does not allow."""

import base64
import json
import re
import struct
import urllib.error
import urllib.request
from itertools import pairwise

import pytest

import needs
from gateway.answers import EMBEDDING, said
from gateway.made_files import content
from gateway.server import LOOPBACK, Gateway, serving
from gateway_calls import ABLE, AT, HELLO, MESSAGE, PICTURE, SPEECH, TASK, ask, models
from small import EMBEDDING as VECTORS
from small import IMAGE, NEWEST, RETIRED

anthropic, genai, openai = map(needs.client, ("anthropic", "google.genai", "openai"))

pytestmark = pytest.mark.engine("sqlite")  # no database is asked: once is enough


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


def test_the_sdk_of_anthropic_reads_an_answer_a_stream_a_count_and_the_list(url):
    with anthropic.Anthropic(base_url=url, api_key="a-key", max_retries=0) as client:
        assert client.messages.create(**MESSAGE).content[0].text == said(NEWEST)
        with client.messages.stream(**MESSAGE) as stream:
            assert "".join(stream.text_stream) == said(NEWEST)
        assert client.messages.count_tokens(model=NEWEST, messages=HELLO).input_tokens == 12
        assert NEWEST in {model.id for model in client.models.list()}


def test_the_sdk_of_openai_reads_answers_streams_vectors_and_the_list(url):
    with openai.OpenAI(base_url=f"{url}/v1", api_key="a-key", max_retries=0) as client:
        chat = client.chat.completions
        assert chat.create(model=ABLE, messages=HELLO).choices[0].message.content == said(ABLE)
        with chat.create(model=ABLE, messages=HELLO, stream=True) as stream:
            assert "".join(chunk.choices[0].delta.content or "" for chunk in stream) == said(ABLE)
        assert client.responses.create(model=ABLE, input="Hello").output_text == said(ABLE)
        with client.responses.stream(model=ABLE, input="Hello") as stream:
            assert stream.get_final_response().output_text == said(ABLE)
        for asked, count in (("Hello", 1), (["Hello", "you"], 2), ([1, 2, 3], 1), ([[1, 2], [3]], 2)):
            vectors = client.embeddings.create(model=VECTORS, input=asked)
            assert [row.embedding for row in vectors.data] == [EMBEDDING] * count
        assert ABLE in {model.id for model in client.models.list()}


def test_a_stream_of_a_chat_says_what_was_used_where_that_is_asked_for(url):
    with openai.OpenAI(base_url=f"{url}/v1", api_key="a-key", max_retries=0) as client:
        for told in ({}, {"stream_options": {"include_usage": True}}):
            with client.chat.completions.create(model=ABLE, messages=HELLO, stream=True, **told) as stream:
                *before, last = stream
            assert [chunk.usage for chunk in before] == [None] * len(before)
            used = last.usage and last.usage.total_tokens
            assert (used, bool(last.choices)) == ((20, False) if told else (None, True))


def test_the_sdk_of_google_reads_an_answer_and_a_stream(url, gateway):
    whole = next(
        record["model_id"]
        for record in gateway.catalog.served
        if any(entry["path"].endswith(":generateContent") for entry in record["endpoints"])
    )
    options = {"base_url": url, "api_version": "v1beta"}
    with genai.Client(api_key="a-key", http_options=options) as client:
        assert client.models.generate_content(model=whole, contents="Hello").text == said(whole)
        chunks = client.models.generate_content_stream(model=NEWEST, contents="Hello")
        assert "".join(chunk.text or "" for chunk in chunks) == said(NEWEST)


def test_a_task_is_pending_then_processing_then_completed(url):
    _, created = ask(url + TASK, PICTURE)
    seen = [ask(f"{url}{TASK}/{created['id']}") for _ in range(4)]
    assert [body["status"] for _, body in seen] == ["pending", "processing", "completed", "completed"]
    (image,) = seen[-1][1]["images"]
    with urllib.request.urlopen(image["url"]) as answer:
        assert answer.read() == content(f"/files/{created['id']}/1.png")


def test_the_address_of_a_file_takes_no_key_and_answers_for_tasks_alone(url):
    _, created = ask(url + TASK, PICTURE)
    path = f"/files/{created['id']}/1.png"
    assert ask(url + path)[0] == 400
    assert ask(f"{url}/files/another/1.png", Authorization=None)[0] == 404
    assert ask(f"{url}/api/v1/prism_2/remix_image/{created['id']}")[0] == 404


def test_a_repeated_key_of_idempotency_is_one_task_and_never_another_body(url):
    first = ask(url + TASK, PICTURE, Idempotency_Key="one")
    assert ask(url + TASK, PICTURE, Idempotency_Key="one") == first
    assert ask(url + TASK, PICTURE | {"prompt": "Another"}, Idempotency_Key="one")[0] == 409


def test_a_vector_in_base64_holds_the_same_numbers(url):
    body = {"model": VECTORS, "input": "Hello", "encoding_format": "base64"}
    _, answer = ask(f"{url}/v1/embeddings", body)
    packed = base64.b64decode(answer["data"][0]["embedding"])
    assert list(struct.unpack("<3f", packed)) == EMBEDDING


@pytest.mark.parametrize(
    ("header", "value"),
    [("Authorization", "Bearer a-key"), ("x_api_key", "a-key"), ("x_goog_api_key", "a-key")],
)
def test_each_header_that_may_carry_the_key_does(url, header, value):
    assert ask(f"{url}/v1/messages", MESSAGE, **{header: value})[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": None},
        {"Authorization": "a-key"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer another"},
        {"Authorization": "Basic a-key"},
        {"Authorization": None, "api_key": "a-key"},
        {"Authorization": "Bearer a-key", "x_api_key": "another"},
    ],
)
def test_a_key_that_is_missing_wrong_or_in_a_header_of_another_name_is_refused(url, headers):
    status, body = ask(f"{url}/v1/messages", MESSAGE, **headers)
    assert (status, body["error"]["code"]) == (401, "unauthorized")


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/v1/message", MESSAGE, 404, "nothing answers"),
        ("/v1/messages/", MESSAGE, 404, "nothing answers"),
        ("/v1/messages?beta=true", MESSAGE, 400, "unknown query"),
        ("/v1/messages", b"{", 400, "not JSON"),
        ("/v1/messages", [MESSAGE], 400, "not a JSON object"),
        ("/v1/messages", MESSAGE | {"temperature_": 1}, 422, "temperature_: unknown parameter"),
        ("/v1/messages", MESSAGE | {"max_tokens": 0}, 422, "below 1"),
        ("/v1/messages", MESSAGE | {"stream": "yes"}, 422, "stream"),
        ("/v1/messages", {"model": NEWEST, "messages": HELLO}, 422, "max_tokens: required, missing"),
        ("/v1/messages", {"max_tokens": 1, "messages": HELLO}, 422, "model: required, missing"),
        ("/v1/messages", MESSAGE | {"messages": [{"role": "user", "text": "x"}]}, 422, "text: unknown"),
        ("/v1/messages", MESSAGE | {"messages": [{"role": "robot", "content": "x"}]}, 422, "not one of"),
        ("/v1/messages", MESSAGE | {"messages": []}, 422, "fewer than 1"),
        ("/v1/messages", MESSAGE | {"model": "nobody"}, 422, "there is no model"),
        ("/v1/messages", MESSAGE | {"model": ["nobody"]}, 422, "there is no model"),
        ("/v1/messages", MESSAGE | {"model": VECTORS}, 422, "does not answer at"),
        ("/v1/messages", MESSAGE | {"model": RETIRED}, 422, "is retired"),
        ("/v1/messages/count_tokens", MESSAGE, 422, "max_tokens: unknown parameter"),
        (f"/v1beta/models/{NEWEST}:streamGenerateContent", {"contents": [{"parts": []}]}, 422, "fewer than"),
        (f"/v1beta/models/{NEWEST}:generateContents", {"contents": []}, 404, "nothing answers"),
        (TASK, {"model": IMAGE}, 422, "prompt: required, missing"),
        (TASK, PICTURE | {"output_resolution": "9k"}, 422, "output_resolution: '9k' is not one of"),
    ],
)
def test_what_the_catalog_does_not_allow_is_refused_with_the_documented_body(url, path, body, status, words):
    answer = ask(url + path, body)
    assert answer[0] == status
    assert answer[1].keys() == {"error"}
    assert answer[1]["error"].keys() == {"code", "message"}
    assert words in answer[1]["error"]["message"]


def test_another_method_and_another_content_type_are_refused(url):
    assert ask(f"{url}/v1/messages", method="GET")[0] == 405
    assert ask(f"{url}/v1/messages", MESSAGE, method="PUT")[0] == 405
    assert ask(f"{url}/v1/messages", MESSAGE, method="BREW")[0] == 405
    assert ask(f"{url}/v1/messages", MESSAGE, Content_Type="text/plain")[0] == 400
    assert ask(url + SPEECH, {"file": "x"})[0] == 400


def test_each_event_of_a_stream_is_sent_when_it_is_made(url):
    data = json.dumps(MESSAGE | {"stream": True}).encode()
    headers = {"x-api-key": "a-key", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/v1/messages", data=data, headers=headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.headers["Content-Type"] == "text/event-stream"
        text = answer.read().decode()
    names = re.findall(r"^event: (\w+)$", text, re.MULTILINE)
    changes = [after for before, after in pairwise(["", *names]) if before != after]
    assert changes == [
        *("message_start", "content_block_start", "ping", "content_block_delta"),
        *("content_block_stop", "message_delta", "message_stop"),
    ]


def test_every_request_is_recorded_as_it_came(url, gateway):
    ask(f"{url}/v1/messages", MESSAGE, x_api_key="a-key")
    ask(f"{url}/v1/nothing?a=b", MESSAGE)
    first, second = gateway.arrivals
    assert (first.method, first.address, first.key, first.body) == ("POST", "/v1/messages", "a-key", MESSAGE)
    assert first.headers["content-type"] == "application/json"
    assert (second.address, second.status) == ("/v1/nothing?a=b", 404)


def _origin_allowed(url, origin, **headers):
    given = {"Origin": origin, "Access-Control-Request-Method": "POST", **headers}
    request = urllib.request.Request(f"{url}/v1/messages", headers=given, method="OPTIONS")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers["Access-Control-Allow-Origin"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Access-Control-Allow-Origin"]


def test_only_pages_of_a_named_origin_may_read_its_answers(records, url, gateway):
    page = "http://127.0.0.1:8000"
    assert _origin_allowed(url, page) == (405, None)
    gateway.origins = LOOPBACK
    assert _origin_allowed(url, page) == (204, page)
    assert _origin_allowed(url, "http://127.0.0.1.example.com") == (405, None)
    assert _origin_allowed(url, "null") == (405, None)
