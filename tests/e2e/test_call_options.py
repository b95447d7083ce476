"""Another option of a call is shown without leaving the page, and kept for the pages of other models."""

from itertools import pairwise

from small import TOKENS_PATH

OTHER = "/models/oriel/5.4"
KEY = ".snippet-key input"
CURRENT = "nav[aria-label=Option] [aria-current]"


def code(page, language="python"):
    return page.locator(f".snippet-tab[data-language={language}] code.code").text_content()


def test_an_option_changes_the_code_and_the_address_and_nothing_else(page):
    page.goto(TOKENS_PATH)
    page.evaluate("window.stayed = true")
    page.locator(KEY).fill("k-1")
    page.get_by_role("tab", name="Python").click()
    with page.expect_response(lambda answer: "option=tools" in answer.url):
        page.get_by_role("link", name="Tool use").click()
    page.locator(CURRENT, has_text="Tool use").wait_for()
    assert "get_order_status" in code(page)
    assert page.evaluate("location.search") == "?call=anthropic-messages&option=tools"
    assert page.evaluate("window.stayed")
    assert page.locator(KEY).input_value() == "k-1"
    assert page.get_by_role("tab", name="Python").get_attribute("aria-selected") == "true"
    assert page.evaluate("document.activeElement.textContent") == "Tool use"
    page.reload()
    assert "get_order_status" in code(page)
    assert page.locator(KEY).input_value() == ""


def test_the_option_is_kept_for_the_next_model_unless_its_address_names_one(page):
    page.goto(TOKENS_PATH)
    with page.expect_response(lambda answer: "option=tools" in answer.url):
        page.get_by_role("link", name="Tool use").click()
    page.locator(CURRENT, has_text="Tool use").wait_for()
    page.goto(OTHER)
    page.locator(CURRENT, has_text="Tool use").wait_for()
    assert "get_order_status" in code(page)
    page.wait_for_function("location.search.includes('option=tools')")
    page.goto(f"{OTHER}?option=image")
    assert page.locator(CURRENT).text_content() == "Image input"
    assert "image_url" in code(page)


def test_every_option_is_in_sight_on_a_phone_and_within_a_thumbs_reach(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{TOKENS_PATH}?option=timeouts")
    row = page.locator("nav[aria-label=Option]")
    assert row.evaluate("row => row.scrollWidth <= row.clientWidth")
    boxes = [link.bounding_box() for link in row.get_by_role("link").all()]
    assert len(boxes) > 6
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    assert all(box["height"] >= 32 for box in boxes)
    for one, other in pairwise(boxes):
        beside = other["x"] - one["x"] - one["width"]
        assert (beside if other["y"] == one["y"] else other["y"] - one["y"] - one["height"]) > 5


def test_another_call_is_chosen_in_the_menu_and_the_menu_keeps_the_focus(page):
    page.goto(TOKENS_PATH)
    page.evaluate("window.stayed = true")
    page.locator("#quickstart .menu > summary").press("Enter")
    page.get_by_role("link", name="OpenAI Responses").press("Enter")
    page.locator("#quickstart .menu > summary", has_text="OpenAI Responses").wait_for()
    assert page.evaluate("window.stayed")
    assert page.evaluate("document.activeElement.textContent.trim()") == "OpenAI Responses"
    assert "/v1/responses" in page.locator(".snippet-endpoints").inner_text()
    assert "count_tokens" not in page.locator(".snippet-endpoints").inner_text()
