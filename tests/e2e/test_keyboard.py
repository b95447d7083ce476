"""A visitor without a mouse finds a model, copies, reckons and compares; and one who reads at 400 % zoom."""

import re

import pytest

from page_types import PAGE_TYPES
from small import BIGGEST

pytestmark = pytest.mark.engine("sqlite")  # what a page shows is the same on both

FOCUSED = """() => {
    const at = document.activeElement, style = getComputedStyle(at);
    return {
        tag: at.localName,
        name: at.getAttribute('aria-label') || at.labels?.[0]?.innerText || at.innerText || at.value || '',
        shown: at.checkVisibility({opacityProperty: true, visibilityProperty: true}),
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1,
    };
}"""
MOST_STOPS = 160


def tab_to(page, name, tag=None):
    """Press Tab until what has this name is in focus; each stop on the way must be seen."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["tag"] == "body":
            continue
        assert at["shown"], f"focus is on something that is not shown: {at}"
        assert at["ring"], f"no ring shows where the focus is: {at}"
        if re.search(name, at["name"]) and tag in (None, at["tag"]):
            return
    raise AssertionError(f"{name} is not reached by {MOST_STOPS} presses of Tab")


def test_from_home_to_a_model_a_copy_a_comparison_and_a_cost(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["name"] == "Skip to content"
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").wait_for()
    page.keyboard.type("ballad 4.5")
    page.locator("dialog [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/models/linden/ballad-4-5-20250929")

    tab_to(page, "^Copy code", "button")
    page.keyboard.press("Enter")
    page.locator("#announcements", has_text="Copied").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip()
    assert copied.strip() == page.locator(".snippet-tab:not([hidden]) pre").first.inner_text().strip()

    tab_to(page, r"^Input\s", "input")
    page.keyboard.press("Control+a")
    page.keyboard.type("1000000")
    page.keyboard.press("Enter")
    page.locator("#calculator-result", has_text="1,000,000").wait_for()
    assert "$1.50" in page.locator("#calculator-result").inner_text()

    page.reload()
    tab_to(page, "^Compare$", "a")  # of the site
    tab_to(page, "^Compare$", "a")  # of the model
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare?models=linden-ballad-4-5-20250929")
    tab_to(page, "Add a model", "input")
    page.keyboard.type(BIGGEST)
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/linden-aubade-4-8-vs-linden-ballad-4-5-20250929")


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_at_four_times_the_size_nothing_is_cut_off(page, name):
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(PAGE_TYPES[name], wait_until="load")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
