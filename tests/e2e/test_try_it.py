"""A visitor sends a call from a model's page: what arrives, what it cost, and what is said when it fails."""

import json
import re
import subprocess
import threading
import urllib.request
from urllib.parse import urlencode

import pytest

import live
import needs
from gateway.answers import said
from gateway.server import Gateway, serving
from snippet_records import bundled_records

pytestmark = pytest.mark.xdist_group("try_it")

MODEL = "claude-sonnet-4-5-20250929"
SONNET = "/models/claude/sonnet-4-5-20250929"
STREAM = f"{SONNET}?call=anthropic-messages&option=streaming"
PICTURE = "/models/flux-2/flex-text-to-image"
KEY = "canary-7f3a9c-key"
MARKER = "7f3a9c"
STORED = """JSON.stringify([
  {...localStorage}, {...sessionStorage}, document.cookie, location.href, history.state, window.name])"""
VIOLATED = """(address) => new Promise((told) => {
  document.addEventListener("securitypolicyviolation", (event) => told(event.violatedDirective));
  fetch(address).then(() => told("reached"), () => setTimeout(() => told("no violation"), 2000));
})"""


class Paced(Gateway):
    """A gateway whose streams send one event for each time that `gate` is released."""

    gate = None

    def take(self, arrival):
        answer = super().take(arrival)
        if answer.events is not None and self.gate:
            answer.events = self.one_by_one(answer.events)
        return answer

    def one_by_one(self, events):
        for event in events:
            self.gate.acquire(timeout=20)
            yield event


@pytest.fixture(scope="module")
def opened_site(tmp_path_factory, own_database):
    """A gateway and a site whose visitors may try calls there."""
    gateway = Paced(bundled_records(), keys={KEY})
    folder = tmp_path_factory.mktemp("try_it")
    with (
        serving(gateway) as address,
        live.running(folder, TRY_IT="true", API_BASE_URL=address, **own_database) as url,
    ):
        yield url, gateway, address


@pytest.fixture
def site(opened_site):
    return opened_site[0]


@pytest.fixture
def gateway(opened_site):
    """The gateway as each test finds it: nothing arrived, and the site's pages may read its answers."""
    url, gateway, _ = opened_site
    gateway.arrivals.clear()
    gateway.gate, gateway.origins = None, re.compile(re.escape(url))
    return gateway


@pytest.fixture
def visitor(browser, opened_site, gateway):
    """A page whose errors, breaches of its policy and requests elsewhere fail the test."""
    site, _, address = opened_site
    context = browser.new_context(base_url=site, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: "Content Security" in said.text and faults.append(said.text))
    page.on("request", lambda asked: asked.url.startswith((site, address)) or faults.append(asked.url))
    page.faults = faults
    yield page
    context.close()
    assert faults == []


def opened(page, path, key=KEY):
    """Open a page and its panel, and put the key into its field."""
    assert page.goto(path).status == 200
    page.locator(".snippet-key input").fill(key)
    page.locator(".try-it > summary").click()
    page.locator(".try-it-send:enabled").wait_for()


def send(page, body=None):
    """Send the call, with another body if one is given, and give what is said when it has ended."""
    if body is not None:
        page.locator(".try-it-body").fill(body)
    page.locator(".try-it-send").click()
    page.locator(".try-it-send:visible").wait_for(timeout=20_000)
    return page.locator(".try-it-status").inner_text()


def shown(page, part):
    return page.locator(f".try-it-{part}").inner_text()


def quoted(site, **usage):
    """The answer of the site's own API to what a usage costs."""
    with urllib.request.urlopen(f"{site}/api/v1/quote?{urlencode(usage)}", timeout=10) as answer:
        return json.load(answer)


def test_an_answer_is_shown_whole_with_its_times_and_its_cost(visitor, gateway, site):
    opened(visitor, SONNET)
    status = send(visitor)
    assert re.fullmatch(r"200 OK\. First byte after [\d,]+ ms, done after [\d,]+ ms\.", status)
    assert json.loads(shown(visitor, "text"))["content"][0]["text"] == said(MODEL)
    quote = quoted(site, model=MODEL, input_tokens=12, output_tokens=8)
    assert visitor.locator(".try-it-cost strong").inner_text() == f"${quote['total']}"
    lines = visitor.locator(".try-it-cost li").all_inner_texts()
    assert [line.rpartition("$")[2] for line in lines] == [line["amount"] for line in quote["lines"]]
    assert lines[0].startswith("12 input tokens at $1.50 per 1M tokens: ")
    with urllib.request.urlopen(site + visitor.get_by_text("The quote").get_attribute("href")) as linked:
        assert json.load(linked)["total"] == quote["total"]
    assert [arrival.path for arrival in gateway.arrivals] == ["/v1/messages"]
    assert gateway.arrivals[0].key == KEY


def test_a_stream_is_shown_piece_by_piece(visitor, gateway, site):
    gateway.gate = threading.Semaphore(3)
    opened(visitor, STREAM)
    visitor.locator(".try-it-send").click()
    text = visitor.locator(".try-it-text")
    visitor.locator(".try-it-text", has_text="ping").wait_for()
    assert "content_block_delta" not in text.text_content()
    assert "First byte after" in shown(visitor, "status")
    assert visitor.locator(".try-it-stop").is_visible()
    gateway.gate.release(1)
    visitor.locator(".try-it-text", has_text="Air ").wait_for()
    assert "scatters" not in text.text_content()
    assert shown(visitor, "cost") == ""
    gateway.gate.release(100)
    visitor.locator(".try-it-send:visible").wait_for()
    assert "message_stop" in text.text_content()
    total = quoted(site, model=MODEL, input_tokens=12, output_tokens=8)["total"]
    assert f"${total}." in shown(visitor, "cost")


def test_a_stream_that_is_stopped_costs_nothing_that_could_be_told(visitor, gateway):
    gateway.gate = threading.Semaphore(4)
    opened(visitor, STREAM)
    visitor.locator(".try-it-send").focus()
    visitor.keyboard.press("Enter")
    visitor.locator(".try-it-text", has_text="Air ").wait_for()
    visitor.keyboard.press("Enter")
    visitor.locator(".try-it-send:focus").wait_for()
    gateway.gate.release(100)
    assert shown(visitor, "status") == "Stopped."
    assert "Air " in shown(visitor, "text")
    assert shown(visitor, "cost") == ""
    assert visitor.locator(".try-it-offer").is_hidden()


def test_a_task_is_asked_for_until_it_is_completed(visitor, gateway, site):
    opened(visitor, PICTURE)
    status = send(visitor)
    assert status.startswith("200 OK, task completed. First byte after ")
    answers = [json.loads(text) for text in shown(visitor, "text").split("\n\n")]
    assert [answer.get("status") for answer in answers] == [None, "pending", "processing", "completed"]
    quote = quoted(site, model="flux-2-flex-text-to-image", images=1, action="text_to_image")
    assert visitor.locator(".try-it-cost strong").inner_text() == f"${quote['total']}"
    assert [arrival.method for arrival in gateway.arrivals] == ["POST", "GET", "GET", "GET"]
    assert {arrival.key for arrival in gateway.arrivals} == {KEY}


def test_without_a_price_or_a_stated_usage_no_amount_is_shown(visitor):
    opened(visitor, "/models/gpt/5.4?call=openai-responses")
    send(visitor)
    expected = "Cost not known: this catalog has no price for 12 input tokens and 8 output tokens."
    assert shown(visitor, "cost") == expected
    opened(visitor, f"{SONNET}?call=openai-chat&option=streaming")
    send(visitor)
    assert "[DONE]" in shown(visitor, "text")
    assert shown(visitor, "cost") == "The answer states no usage, so its cost is not known."


def test_a_call_of_another_model_is_not_priced_as_this_one(visitor):
    opened(visitor, SONNET)
    body = json.loads(visitor.locator(".try-it-body").input_value())
    send(visitor, json.dumps(body | {"model": "claude-sonnet-5"}))
    assert shown(visitor, "cost").startswith("The request names claude-sonnet-5, and this page prices")
    assert "$" not in shown(visitor, "cost")


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
    opened(visitor, SONNET)
    assert send(visitor, body) == f"The body is not JSON: {place}."
    assert visitor.locator(".try-it-body:focus").count() == 1
    assert gateway.arrivals == []


@pytest.mark.parametrize(("key", "said"), [("", "Put your key into"), ("cl\u2028é", "holds a character")])
def test_a_key_that_cannot_be_sent_is_asked_for(visitor, gateway, key, said):
    opened(visitor, SONNET, key)
    assert said in send(visitor)
    assert visitor.locator(".snippet-key input:focus").count() == 1
    assert gateway.arrivals == []


def test_a_refusal_is_shown_with_its_status_and_its_body(visitor):
    opened(visitor, SONNET, "wrong")
    assert send(visitor).startswith("401 Unauthorized. First byte after ")
    assert json.loads(shown(visitor, "text"))["error"]["code"] == "unauthorized"
    assert shown(visitor, "cost") == ""
    visitor.locator(".snippet-key input").fill(KEY)
    assert send(visitor, '{"model": "claude-sonnet-4-5-20250929"}').startswith("422 ")
    assert "max_tokens: required" in shown(visitor, "text")


def test_where_no_answer_can_be_read_the_same_call_is_offered_for_a_terminal(
    visitor, gateway, opened_site, tmp_path
):
    site, _, address = opened_site
    gateway.origins = None
    opened(visitor, SONNET)
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
    assert json.loads(ran.stdout)["content"][0]["text"] == said(MODEL)
    assert [arrival.body for arrival in gateway.arrivals] == [body]
    assert list(tmp_path.iterdir()) == []
    visitor.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    visitor.locator(".try-it-offer .copy-button").click()
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
    assert json.loads(ran.stdout)["status"] == "completed"


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
    with serving(Gateway(bundled_records()[:1])) as elsewhere:
        visitor.goto(SONNET)
        assert visitor.evaluate(VIOLATED, f"{elsewhere}/v1/models") == "connect-src"
    refused = [fault for fault in visitor.faults if elsewhere in fault]
    assert len(refused) == len(visitor.faults) > 0
    visitor.faults.clear()


@pytest.mark.parametrize(
    "path",
    ["/models/openai-transcription/gpt-transcribe", f"{PICTURE}?option=retry", "/models/gemini/2.5-pro"],
)
def test_a_file_a_retry_and_a_retired_model_have_no_panel(visitor, path):
    visitor.goto(path)
    assert visitor.locator(".snippet").count() == 1
    assert visitor.locator(".try-it").count() == 0


def test_without_javascript_there_is_no_panel(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    try:
        plain = context.new_page()
        plain.goto(SONNET)
        assert plain.locator(".try-it").is_hidden()
        assert "Try it" not in plain.locator("main").inner_text()
    finally:
        context.close()


def test_nothing_of_it_is_fetched_before_it_is_opened(visitor):
    fetched = []
    visitor.on("request", lambda asked: fetched.append(asked.url))
    visitor.goto(SONNET, wait_until="networkidle")
    assert not [url for url in fetched if "try_it" in url]
    visitor.locator(".try-it > summary").click()
    visitor.locator(".try-it-send:enabled").wait_for()
    assert len([url for url in fetched if "try_it" in url]) == 4


def test_a_site_that_does_not_let_visitors_try_calls_has_neither_panel_nor_opening(page):
    answer = page.goto(SONNET)
    assert page.locator(".snippet").count() == 1
    assert page.locator(".try-it").count() == 0
    assert "try-it" not in page.content()
    assert "connect-src 'self';" in answer.headers["content-security-policy"]
    assert page.locator(".snippet-key small").inner_text().endswith("and nowhere else.")
