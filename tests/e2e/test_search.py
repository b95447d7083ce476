"""The search dialog by keyboard and by mouse, fetched when it is opened; without scripts the page does."""

import json

import pytest

from small import TIERED_SMALL, TOKENS, TOKENS_PATH

DIALOG = "dialog.search-dialog[open]"
SELECTED = f'{DIALOG} [role="option"][aria-selected="true"]'
BY_KEY = ["Control+k", "Meta+k", "/"]


def opened(page, key="Control+k"):
    page.keyboard.press(key)
    page.locator(DIALOG).wait_for()
    return page.locator(f"{DIALOG} input")


def typed(page, text):
    with page.expect_response(
        lambda got: "/api/v1/search" in got.url and text[-3:] in got.url.replace("+", " ")
    ):
        page.keyboard.type(text)
    page.locator(f"{DIALOG} [role=option]").first.wait_for()


def test_nothing_of_the_dialog_is_fetched_before_it_is_opened(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/js/search." in url or "/api/" in url] == []
    opened(page)
    assert len([url for url in asked if "/js/search." in url]) == 1
    page.keyboard.press("Escape")
    opened(page)
    assert len([url for url in asked if "/js/search." in url]) == 1


@pytest.mark.parametrize("key", BY_KEY)
def test_a_model_is_found_and_opened_by_keyboard_alone(page, key):
    page.goto("/docs")
    field = opened(page, key)
    assert field.evaluate("field => field === document.activeElement")
    typed(page, "ballad 4.5")
    assert page.locator(SELECTED).get_attribute("href") == TOKENS_PATH
    assert "Linden Ballad 4.5" in page.locator(SELECTED).inner_text()
    assert "$1.50 per 1M tokens" in page.locator(SELECTED).inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{TOKENS_PATH}")


def test_enter_opens_nothing_that_answers_what_was_typed_before(page):
    page.goto("/docs")
    field = opened(page)
    typed(page, "castor")
    page.locator(SELECTED).wait_for()
    page.route("**/api/v1/search*", lambda route: None)  # never answered
    field.fill(TOKENS)
    assert page.locator(SELECTED).count() == 0
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=linden-ballad-4-5-20250929")


def test_arrows_go_round_and_are_told_to_a_screen_reader(page):
    page.goto("/")
    field = opened(page)
    typed(page, "field")
    options = page.locator(f"{DIALOG} [role=option]")
    seen = []
    for _ in range(options.count()):
        named = field.get_attribute("aria-activedescendant")
        assert page.locator(SELECTED).get_attribute("id") == named
        seen.append(named)
        page.keyboard.press("ArrowDown")
    assert len(set(seen)) == options.count()
    assert field.get_attribute("aria-activedescendant") == seen[0]
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") == seen[-1]
    groups = page.locator(f"{DIALOG} [role=group]").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert groups == ["Providers", "Models", "Families", "Docs"]
    assert page.locator(f"{DIALOG} [role=listbox]").get_attribute("aria-label") == "Results"


def test_escape_closes_and_gives_the_focus_back(page):
    page.goto("/")
    page.locator(".brand").focus()
    opened(page)
    page.keyboard.press("Escape")
    page.locator("dialog.search-dialog").wait_for(state="hidden")
    assert page.locator(".brand").evaluate("link => link === document.activeElement")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_model_is_found_and_opened_by_mouse(page, width):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/")
    page.locator(".site-search input" if width > 1000 else ".site-search-link").click()
    page.locator(DIALOG).wait_for()
    typed(page, "oriel 5.4 mini")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator(DIALOG).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.locator(f"{DIALOG} [role=option]").first.click()
    page.wait_for_url("**/models/oriel/5.4-mini")


def test_what_was_picked_is_offered_again_and_only_addresses_are_kept(page):
    page.goto("/")
    opened(page)
    typed(page, "ballad 4.5")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{TOKENS_PATH}")
    assert json.loads(page.evaluate("localStorage.getItem('search-recent')")) == [TOKENS_PATH]
    opened(page)
    assert page.locator(f"{DIALOG} [role=group]").get_attribute("aria-label") == "Recent"
    page.keyboard.press("ArrowDown")
    assert page.locator(SELECTED).get_attribute("href") == TOKENS_PATH


def test_what_was_kept_by_another_hand_leads_nowhere_else(page):
    page.goto("/")
    page.evaluate(
        "localStorage.setItem('search-recent', JSON.stringify(['//evil.example', 'js:1', 7, '/docs']))"
    )
    opened(page)
    links = page.locator(f"{DIALOG} [role=option]").evaluate_all("all => all.map(one => one.href)")
    assert [link.rpartition("/")[2] for link in links] == ["docs"]
    page.keyboard.press("Escape")
    page.evaluate("localStorage.setItem('search-recent', 'no JSON')")
    opened(page)
    assert page.locator(f"{DIALOG} [role=option]").count() == 0


def test_a_server_that_does_not_answer_leaves_the_search_page(page):
    page.goto("/")
    opened(page)
    page.route("**/api/v1/search*", lambda route: route.abort())
    page.keyboard.type("ballad")
    page.get_by_text("Search did not answer").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=ballad")


def test_markup_that_is_typed_stays_text(page):
    page.goto("/")
    opened(page)
    page.keyboard.type("<img src=x onerror=alert(1)>")
    page.locator(f"{DIALOG} .search-status").wait_for()
    assert page.locator(f"{DIALOG} img").count() == 0


def test_without_scripts_the_field_leads_to_the_search_page(browser, live_site):
    context = browser.new_context(
        base_url=live_site, java_script_enabled=False, viewport={"width": 1440, "height": 900}
    )
    try:
        plain = context.new_page()
        plain.goto("/")
        plain.locator(".site-search input").fill("castorr")
        plain.keyboard.press("Enter")
        plain.wait_for_url("**/search?q=castorr")
        assert plain.locator('main a[href="/models/castor"]').count() == 1
    finally:
        context.close()


def test_the_dialog_says_where_there_are_more_than_it_counted(page):
    page.goto("/")
    opened(page)
    typed(page, TIERED_SMALL)
    assert "+" not in page.locator(f"{DIALOG} [role=status]").inner_text()
    page.keyboard.press("ControlOrMeta+a")
    typed(page, "t")
    page.get_by_text("+ results").wait_for()
