"""A visitor with a browser: pages load whole, keep to their policy, and work without JavaScript."""

import pytest

import widths
from small import TOKENS_PATH

PAGES = [
    "/",
    "/models",
    "/models/linden",
    TOKENS_PATH,
    "/providers",
    "/providers/arbor",
    "/pricing",
    "/status",
    "/docs",
]
BACKGROUND = "getComputedStyle(document.documentElement).backgroundColor"


@pytest.mark.soak
@pytest.mark.parametrize("width", widths.tried())
@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_whole_and_fits_the_window(page, path, width):
    page.set_viewport_size({"width": width, "height": 900})
    missing = []
    page.on("response", lambda got: got.status >= 400 and missing.append((got.status, got.url)))
    answer = page.goto(path, wait_until="load")
    assert answer.status == 200
    assert missing == []
    assert page.locator("h1").count() == 1
    assert page.title()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.styleSheets.length") >= 1
    assert page.context.cookies() == []


def test_a_visitor_finds_the_price_of_a_model(page):
    page.goto("/")
    page.goto("/models?q=ballad-4-5")
    page.locator(f'a[href="{TOKENS_PATH}"]').first.click()
    page.wait_for_url(f"**{TOKENS_PATH}")
    text = page.locator("main").inner_text()
    for shown in ("$1.50", "$7.50", "$0.15", "$1.88", "200,000", "30 November 2026"):
        assert shown in text


def test_a_model_page_says_all_without_javascript(browser, live_site):
    context = browser.new_context(base_url=live_site, java_script_enabled=False)
    try:
        plain = context.new_page()
        plain.goto(TOKENS_PATH)
        text = plain.locator("main").inner_text()
        for shown in ("$1.50", "$7.50", "curl", "import", "fetch" if "fetch" in text else "JavaScript"):
            assert shown in text
    finally:
        context.close()


def test_the_theme_is_chosen_before_the_page_is_painted(page):
    page.emulate_media(color_scheme="dark")
    page.goto("/docs")
    dark = page.evaluate(BACKGROUND)
    page.emulate_media(color_scheme="light")
    assert page.evaluate(BACKGROUND) != dark


def test_a_page_that_is_not_there_says_so(page):
    answer = page.goto("/models/linden/ballad-4-5-2025")
    assert answer.status == 404
    assert page.locator("h1").count() == 1


def test_an_administrator_finds_the_door(page):
    page.goto("/admin/")
    page.wait_for_url("**/admin/login/**")
    assert page.locator("input[name=username]").is_visible()
    assert page.evaluate("document.styleSheets.length") >= 1


def test_a_site_that_does_not_let_visitors_try_calls_has_neither_panel_nor_opening(page):
    answer = page.goto(TOKENS_PATH)
    assert page.locator(".snippet").count() == 1
    assert page.locator(".try-it").count() == 0
    assert "try-it" not in page.content()
    assert "connect-src 'self';" in answer.headers["content-security-policy"]
    assert page.locator(".snippet-key small").inner_text().endswith("and nowhere else.")
