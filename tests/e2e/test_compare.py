"""A visitor compares models by keyboard, on a phone and without JavaScript."""

import pytest

import widths
from small import BIGGEST, LONGEST_ID, OTHER_LINE, OTHER_MAKER, SIBLING, TOKENS, VIDEO

pytestmark = [pytest.mark.django_db, pytest.mark.engine("sqlite")]  # what a page shows is the same on both
PATH = f"/compare/{OTHER_LINE}-vs-{TOKENS}-vs-{OTHER_MAKER}"
LONG = f"/compare/{LONGEST_ID}-vs-{OTHER_MAKER}-vs-swirl-3.0-vs-{VIDEO}"


def test_models_are_ticked_compared_and_one_is_taken_away_by_keyboard(page):
    page.goto("/models?q=linden")
    for model_id in (BIGGEST, SIBLING, TOKENS):
        page.locator(f'.pick[value="{model_id}"]').focus()
        page.keyboard.press("Space")
    # A bar at the foot of the window holds the button as long as anything is ticked.
    assert page.locator(".compare-bar").bounding_box()["y"] < 900
    page.locator(".compare-bar button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/linden-aubade-4-8-vs-linden-ballad-4-5-20250929-vs-linden-ballad-4-6")
    page.locator(".compare-drop").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/linden-aubade-4-8-vs-linden-ballad-4-6")
    page.locator("input[name=add]").fill(OTHER_MAKER)
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/linden-aubade-4-8-vs-linden-ballad-4-6-vs-oriel-5.5")
    page.get_by_role("link", name="Differences only").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**differences=only")


@pytest.mark.soak
@pytest.mark.parametrize("width", widths.tried())
@pytest.mark.parametrize("path", [PATH, LONG, "/models/oriel", "/compare"])
def test_nothing_overflows_the_window(page, path, width):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", [PATH, "/models/oriel"])
def test_heads_stay_in_sight_while_the_table_scrolls_in_its_own_box_by_keyboard(page, path):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path)
    box = page.locator(".compare")
    assert box.get_attribute("tabindex") == "0"
    assert box.get_attribute("aria-label")
    box.focus()
    before = page.evaluate("scrollY")
    for key in ("ArrowRight", "ArrowDown"):
        for _ in range(8):
            page.keyboard.press(key)
            page.wait_for_timeout(60)
    page.wait_for_function("document.querySelector('.compare').scrollTop > 50")
    assert page.evaluate("document.querySelector('.compare').scrollLeft") > 50
    assert page.evaluate("scrollY") == pytest.approx(before, abs=60)
    frame = box.bounding_box()
    head = page.locator(".compare thead th").nth(1).bounding_box()
    assert head["y"] == pytest.approx(frame["y"], abs=2)
    first = page.locator(".compare tbody tr:not(.group) > th").nth(4).bounding_box()
    assert first["x"] == pytest.approx(frame["x"], abs=2)
    # Half of the phone at least is left for the values.
    assert first["width"] < frame["width"] / 2


def test_a_use_is_priced_and_rows_are_chosen_without_javascript(browser, live_site):
    context = browser.new_context(base_url=live_site, java_script_enabled=False)
    try:
        plain = context.new_page()
        plain.goto(PATH)
        plain.fill("#cost input[name=input_tokens]", "2000000")
        plain.fill("#cost input[name=output_tokens]", "")
        plain.click("#cost button")
        text = plain.locator(".compare").inner_text()
        assert "2,000,000 input tokens" in text
        assert "$2.00" in text
        plain.click("text=Differences only")
        assert "input_tokens=2000000" in plain.url
        assert "Modality" not in plain.locator(".compare").inner_text()
    finally:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_drawn_stands_out_from_the_paper(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(PATH)
    ratio = page.evaluate(
        """() => {
          const light = (colour) => {
            const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map((c) => c / 255)
              .map((c) => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
            return .2126 * r + .7152 * g + .0722 * b;
          };
          const paper = light(getComputedStyle(document.documentElement).backgroundColor);
          const drawn = ['.plot-spot circle', '.plot-bar rect', '.plot-spot text', '.plot-tick'];
          const found = drawn.map((name) => {
            const ink = light(getComputedStyle(document.querySelector(name)).fill);
            return (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05);
          });
          return Math.min(...found);
        }"""
    )
    assert ratio >= 4.5
