"""The reference gateway ends tasks as asked, tells webhooks, keeps keys of idempotency, and reads shapes."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue

import pytest

from gateway.server import FAILING, Gateway, serving
from gateway.webhooks import is_loopback
from gateway_calls import AT, MESSAGE, PICTURE, REMIX, TASK, ask, models
from small import IMAGE_EDIT, NEWEST

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


class Told(ThreadingHTTPServer):
    """A webhook that is told of ended tasks, and at first does not listen."""

    def __init__(self, refusals):
        super().__init__(("127.0.0.1", 0), Listener)
        self.statuses = [503] * refusals
        self.heard = Queue()
        self.heard_at = []


class Listener(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status = self.server.statuses.pop() if self.server.statuses else 204
        self.send_response(status)
        self.end_headers()
        self.server.heard_at.append(self.path)
        self.server.heard.put((status, self.headers["Content-Type"], body))

    def log_message(self, *said):
        """Say nothing."""


def test_a_webhook_is_told_until_it_says_that_it_knows(url):
    with Told(refusals=2) as told:
        threading.Thread(target=told.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        callback = f"http://127.0.0.1:{told.server_address[1]}/webhooks/tasks?token=a%20b&order=7"
        status, made = ask(url + TASK, PICTURE | {"callback_url": callback})
        heard = [told.heard.get(timeout=10) for _ in range(3)]
        told.shutdown()
    assert status == 200
    assert [each[0] for each in heard] == [503, 503, 204]
    for _, kind, task in heard:
        assert (kind, task["id"], task["status"]) == ("application/json", made["id"], "completed")
        assert task["images"] == [{"url": f"{url}/files/{made['id']}/1.png"}]
    assert told.heard_at == ["/webhooks/tasks?token=a%20b&order=7"] * 3
    assert told.heard.empty()


@pytest.mark.parametrize("callback", ["http://127.0.0.1:port/done", "http://[", "https://example.com/done"])
def test_a_callback_that_is_not_on_this_machine_is_told_nothing(callback):
    assert not is_loopback(callback)


def test_a_task_that_fails_says_why(url):
    _, made = ask(url + TASK, PICTURE | {"prompt": FAILING})
    seen = [ask(f"{url}{TASK}/{made['id']}")[1] for _ in range(3)]
    assert [task["status"] for task in seen] == ["pending", "processing", "failed"]
    assert seen[-1]["error"]["code"] == "generation_failed"


def test_an_answer_that_was_lost_is_given_to_the_same_key_again(url, gateway):
    gateway.is_unsteady = True
    first, _ = ask(url + TASK, PICTURE, Idempotency_Key="once")
    second, made = ask(url + TASK, PICTURE, Idempotency_Key="once")
    third, same = ask(url + TASK, PICTURE, Idempotency_Key="once")
    assert (first, second, third) == (503, 200, 200)
    assert made == same
    assert list(gateway.tasks) == [made["id"]]
    assert ask(url + TASK, PICTURE, Idempotency_Key="x" * 513)[0] == 400


def test_a_key_of_idempotency_belongs_to_one_key_of_the_api(url, gateway):
    gateway.keys = {"a-key", "another"}
    _, mine = ask(url + TASK, PICTURE, Idempotency_Key="one")
    status, theirs = ask(
        url + TASK, PICTURE | {"prompt": "A fox"}, x_api_key="another", Idempotency_Key="one"
    )
    assert status == 200
    assert theirs["id"] != mine["id"]
    assert ask(url + TASK, PICTURE, x_api_key="a-key", Idempotency_Key="one") == (200, mine)


def test_a_key_of_idempotency_is_one_request_at_one_address(url):
    remix = {"model": IMAGE_EDIT, "prompt": "A watercolor"}
    remix["source_image_urls"] = ["https://example.com/photo.jpg"]
    assert ask(url + REMIX, remix)[0] == 200
    assert ask(url + TASK, PICTURE, Idempotency_Key="one")[0] == 200
    status, body = ask(url + REMIX, remix, Idempotency_Key="one")
    assert (status, body["error"]["code"]) == (409, "idempotency_conflict")


SEEN = {"type": "image", "source": {"type": "url", "url": "https://example.com/photo.jpg"}}


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/v1/messages", {"tools": [{"name": "a"}]}, "tools[0].input_schema: missing"),
        ("/v1/messages", {"thinking": {"type": "enabled", "budget_tokens": 5}}, "below 1024"),
        ("/v1/messages", {"messages": [{"role": "user", "content": [SEEN | {"x": 1}]}]}, "no block"),
        ("/v1/messages", {"messages": [{"role": "tool", "content": "x"}]}, "not one of"),
        ("/v1/messages", {"output_config": {"format": {}}}, "output_config.format.type: missing"),
        ("/v1/chat/completions", {"tools": [{"type": "function"}]}, "function: missing"),
        ("/v1/chat/completions", {"response_format": {"type": "json"}}, "is not one of"),
        ("/v1/responses", {"reasoning": {"effort": "a lot"}}, "not one of"),
    ],
)
def test_what_does_not_fit_a_protocol_s_shape_is_refused(url, path, body, words):
    plain = {"/v1/responses": {"model": NEWEST, "input": "Hello"}}.get(path, MESSAGE)
    plain = {name: value for name, value in plain.items() if path == "/v1/messages" or name != "max_tokens"}
    status, said = ask(url + path, plain | body)
    assert status == 422
    assert words in said["error"]["message"]
