"""A visitor sends a call from a model's page: what arrives is shown, with its times and what it cost."""

import json
import re
import threading
import urllib.request
from urllib.parse import urlencode

import pytest

from gateway.answers import said
from gateway.server import FAILING
from small import IMAGE, NEWEST, TIERED, TOKENS, TOKENS_PATH
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


def quoted(site, **usage):
    """The answer of the site's own API to what a usage costs."""
    with urllib.request.urlopen(f"{site}/api/v1/quote?{urlencode(usage)}", timeout=10) as answer:
        return json.load(answer)


def test_an_answer_is_shown_whole_with_its_times_and_its_cost(visitor, gateway, site):
    opened(visitor, TOKENS_PATH)
    status = send(visitor)
    assert re.fullmatch(r"200 OK\. First byte after [\d,]+ ms, done after [\d,]+ ms\.", status)
    assert json.loads(shown(visitor, "text"))["content"][0]["text"] == said(TOKENS)
    quote = quoted(site, model=TOKENS, input_tokens=12, output_tokens=8)
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
    visitor.locator(".try-it-text", has_text="text_delta").wait_for()
    assert "sorry" not in text.text_content()
    assert shown(visitor, "cost") == ""
    gateway.gate.release(100)
    visitor.locator(".try-it-send:visible").wait_for()
    assert "message_stop" in text.text_content()
    total = quoted(site, model=TOKENS, input_tokens=12, output_tokens=8)["total"]
    assert f"${total}." in shown(visitor, "cost")


def test_a_stream_that_is_stopped_costs_nothing_that_could_be_told(visitor, gateway):
    gateway.gate = threading.Semaphore(4)
    opened(visitor, STREAM)
    visitor.locator(".try-it-send").focus()
    visitor.keyboard.press("Enter")
    visitor.locator(".try-it-text", has_text="text_delta").wait_for()
    visitor.keyboard.press("Enter")
    visitor.locator(".try-it-send:focus").wait_for()
    gateway.gate.release(100)
    assert shown(visitor, "status") == "Stopped."
    assert "text_delta" in shown(visitor, "text")
    assert shown(visitor, "cost") == ""
    assert visitor.locator(".try-it-offer").is_hidden()


def test_a_task_is_asked_for_until_it_is_completed(visitor, gateway, site):
    opened(visitor, PICTURE)
    body = json.loads(visitor.locator(".try-it-body").input_value())
    status = send(visitor, json.dumps(body | {"output_resolution": "1k"}))
    assert status.startswith("200 OK, task completed. First byte after ")
    answers = [json.loads(text) for text in shown(visitor, "text").split("\n\n")]
    assert [answer.get("status") for answer in answers] == [None, "pending", "processing", "completed"]
    sizes = {"param.output_resolution": "1k"}
    quote = quoted(site, model=IMAGE, images=1, action="text_to_image", **sizes)
    assert visitor.locator(".try-it-cost strong").inner_text() == f"${quote['total']}"
    assert [arrival.method for arrival in gateway.arrivals] == ["POST", "GET", "GET", "GET"]
    assert {arrival.key for arrival in gateway.arrivals} == {KEY}


def test_what_this_site_has_no_price_for_costs_the_list_price_and_says_so(visitor, site):
    opened(visitor, "/models/oriel/5.4?call=openai-responses")
    send(visitor)
    total = quoted(site, model=TIERED, kind="list", input_tokens=12, output_tokens=8)["total"]
    assert shown(visitor, "cost").startswith(f"Cost at the list price of the model's own provider: ${total}.")


def test_a_task_that_failed_costs_nothing(visitor):
    opened(visitor, PICTURE)
    body = json.loads(visitor.locator(".try-it-body").input_value())
    assert "task failed" in send(visitor, json.dumps(body | {"prompt": FAILING}))
    assert shown(visitor, "cost") == "The task failed. What fails is not charged."


def test_a_stream_of_a_chat_says_what_was_used_and_is_priced(visitor, site):
    opened(visitor, f"{TOKENS_PATH}?call=openai-chat&option=streaming")
    send(visitor)
    assert "[DONE]" in shown(visitor, "text")
    total = quoted(site, model=TOKENS, input_tokens=12, output_tokens=8)["total"]
    assert visitor.locator(".try-it-cost strong").inner_text() == f"${total}"


def test_without_a_price_or_a_stated_usage_no_amount_is_shown(visitor):
    opened(visitor, "/models/odd/old?call=openai-chat")
    send(visitor)
    expected = "Cost not known: this catalog has no price for 12 input tokens and 8 output tokens."
    assert shown(visitor, "cost") == expected
    opened(visitor, f"{TOKENS_PATH}?call=openai-chat&option=streaming")
    body = json.loads(visitor.locator(".try-it-body").input_value())
    del body["stream_options"]
    send(visitor, json.dumps(body))
    assert "[DONE]" in shown(visitor, "text")
    assert shown(visitor, "cost") == "The answer states no usage, so its cost is not known."


def test_a_call_of_another_model_is_not_priced_as_this_one(visitor):
    opened(visitor, TOKENS_PATH)
    body = json.loads(visitor.locator(".try-it-body").input_value())
    send(visitor, json.dumps(body | {"model": NEWEST}))
    assert shown(visitor, "cost").startswith("The request names linden-ballad-5, and this page prices")
    assert "$" not in shown(visitor, "cost")


@pytest.mark.parametrize(
    "path",
    ["/models/octave-transcription/oriel-transcribe", f"{PICTURE}?option=retry", "/models/castor/2.5-pro"],
)
def test_a_file_a_retry_and_a_retired_model_have_no_panel(visitor, path):
    visitor.goto(path)
    assert visitor.locator(".snippet").count() == 1
    assert visitor.locator(".try-it").count() == 0


def test_without_javascript_there_is_no_panel(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    try:
        plain = context.new_page()
        plain.goto(TOKENS_PATH)
        assert plain.locator(".try-it").is_hidden()
        assert "Try it" not in plain.locator("main").inner_text()
    finally:
        context.close()


def test_nothing_of_it_is_fetched_before_it_is_opened(visitor):
    fetched = []
    visitor.on("request", lambda asked: fetched.append(asked.url))
    visitor.goto(TOKENS_PATH, wait_until="networkidle")
    assert not [url for url in fetched if "try_it" in url]
    visitor.locator(".try-it > summary").click()
    visitor.locator(".try-it-send:enabled").wait_for()
    assert len([url for url in fetched if "try_it" in url]) == 4
