"""A tried call that fails is explained, and the visitor's key goes to the gateway alone."""

import json
import subprocess

import pytest

import live
import needs
from gateway.answers import said
from gateway.server import Gateway, serving
from small import TOKENS, TOKENS_PATH
from snippet_records import small_records
from trying import KEY, PICTURE, STREAM, opened, send, shown

pytestmark = [
    pytest.mark.engine("sqlite"),  # no database is asked: once is enough
]

MARKER = "7f3a9c"
STORED = """JSON.stringify([
  {...localStorage}, {...sessionStorage}, document.cookie, location.href, history.state, window.name])"""
VIOLATED = """(address) => new Promise((told) => {
  document.addEventListener("securitypolicyviolation", (event) => told(event.violatedDirective));
  fetch(address).then(() => told("reached"), () => setTimeout(() => told("no violation"), 2000));
})"""


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("", "line 1, column 1"),
        ('{\n  "a": 1,\n}', "line 3, column 1"),
        ('{"a": tru}', "line 1, column 7"),
        ('{\n"a": "b" "c": 1}', "line 2, column 10"),
        ('{"a": "x\ny"}', "line 1, column 7"),
        ("[1, 2", "line 1, column 6"),
        ("{} {}", "line 1, column 4"),
        ('{"a": 01}', "line 1, column 8"),
    ],
)
def test_what_is_no_json_is_not_sent_and_its_place_is_named(visitor, gateway, body, place):
    opened(visitor, TOKENS_PATH)
    assert send(visitor, body) == f"The body is not JSON: {place}."
    assert visitor.locator(".try-it-body:focus").count() == 1
    assert gateway.arrivals == []


@pytest.mark.parametrize(("key", "said"), [("", "Put your key into"), ("cl\u2028é", "holds a character")])
def test_a_key_that_cannot_be_sent_is_asked_for(visitor, gateway, key, said):
    opened(visitor, TOKENS_PATH, key)
    assert said in send(visitor)
    assert visitor.locator(".snippet-key input:focus").count() == 1
    assert gateway.arrivals == []


def test_a_refusal_is_shown_with_its_status_and_its_body(visitor):
    opened(visitor, TOKENS_PATH, "wrong")
    assert send(visitor).startswith("401 Unauthorized. First byte after ")
    assert json.loads(shown(visitor, "text"))["error"]["code"] == "unauthorized"
    assert shown(visitor, "cost") == ""
    visitor.locator(".snippet-key input").fill(KEY)
    assert send(visitor, '{"model": "linden-ballad-4-5-20250929"}').startswith("422 ")
    assert "max_tokens: required" in shown(visitor, "text")


def test_where_no_answer_can_be_read_the_same_call_is_offered_for_a_terminal(
    visitor, gateway, opened_site, tmp_path
):
    site, _, address = opened_site
    gateway.origins = None
    opened(visitor, TOKENS_PATH)
    body = json.loads(visitor.locator(".try-it-body").input_value())
    body["messages"][0]["content"] = "it's $(touch PWNED) `touch PWNED` $HOME \"said\" \\ é & ! '\"'\"'"
    status = send(visitor, json.dumps(body, indent=3, ensure_ascii=False))
    assert status.startswith(f"No answer of {address} could be read.")
    assert f"{site} read its answers (CORS)" in status
    code = shown(visitor, "curl")
    assert MARKER not in code
    gateway.arrivals.clear()
    command = [needs.program("bash", "bash"), "-c", code]
    ran = subprocess.run(
        command, cwd=tmp_path, env={**live.environment(), "RUNAPI_KEY": KEY}, capture_output=True, check=True
    )
    assert json.loads(ran.stdout)["content"][0]["text"] == said(TOKENS)
    assert [arrival.body for arrival in gateway.arrivals] == [body]
    assert list(tmp_path.iterdir()) == []
    visitor.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    visitor.locator(".try-it-offer .copy-button").click()
    visitor.wait_for_function("window.copied")
    assert visitor.evaluate("window.copied") == code


def test_the_offered_command_of_a_task_waits_for_it_too(visitor, gateway, tmp_path):
    gateway.origins = None
    opened(visitor, PICTURE)
    send(visitor)
    command = [needs.program("bash", "bash"), "-c", shown(visitor, "curl")]
    needs.program("jq", "jq")
    without_waiting = {"BASH_FUNC_sleep%%": "() { :; }"}
    ran = subprocess.run(
        command,
        cwd=tmp_path,
        env={**live.environment(), "RUNAPI_KEY": KEY, **without_waiting},
        capture_output=True,
        check=True,
    )
    assert ran.stdout == b"Saved output-1.png\n"
    assert (tmp_path / "output-1.png").stat().st_size


def test_the_key_is_in_its_field_and_in_the_call_and_nowhere_else(visitor, gateway, opened_site):
    site, _, _ = opened_site
    asked = []
    visitor.on(
        "requestfinished",
        lambda request: (
            request.url.startswith(site)
            and asked.append(f"{request.url} {request.all_headers()} {request.post_data or ''}")
        ),
    )
    for path in (STREAM, PICTURE):
        opened(visitor, path)
        send(visitor)
        assert MARKER not in visitor.content()
        assert MARKER not in visitor.evaluate(STORED)
        assert MARKER not in visitor.evaluate("document.documentElement.innerText")
        hint = visitor.locator(".snippet-key small").inner_text()
        assert "when you send" in hint
    visitor.goto("/docs")
    assert len(asked) > 10
    assert [line for line in asked if MARKER in line] == []
    assert visitor.context.cookies() == []
    carried = [arrival.headers["authorization"] for arrival in gateway.arrivals]
    assert carried == [f"Bearer {KEY}"] * 5
    assert all(MARKER not in arrival.address + arrival.raw.decode() for arrival in gateway.arrivals)
    assert all("referer" not in arrival.headers for arrival in gateway.arrivals)


def test_a_page_may_call_the_gateway_and_no_other_address(visitor, site):
    with serving(Gateway(small_records()[:1])) as elsewhere:
        visitor.goto(TOKENS_PATH)
        assert visitor.evaluate(VIOLATED, f"{elsewhere}/v1/models") == "connect-src"
    refused = [fault for fault in visitor.faults if elsewhere in fault]
    assert len(refused) == len(visitor.faults) > 0
    visitor.faults.clear()
