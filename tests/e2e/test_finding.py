"""A visitor finds the cheapest model with tools and 200,000 tokens of context that is not being retired.

Thirty seconds are allowed: each deed of a visitor (a click, a key that is pressed with thought) counts three.
"""

from time import monotonic

import pytest

import needs

requests = needs.client("requests")
pytestmark = pytest.mark.django_db
SECONDS = 30
A_DEED = 3
CALL = "/api/v1/models?capability=tool_call&min_context=200000&retiring=false&sort=input_price&limit=1"


class Visit:
    """One visit from the first page on; counts what the visitor does."""

    def __init__(self, page):
        self.page, self.deeds, self.begun = page, 0, monotonic()
        page.goto("/")

    def click(self, name, role="link", exact=True):
        self.page.get_by_role(role, name=name, exact=exact).first.click()
        self.deeds += 1

    def press(self, keys):
        self.page.keyboard.press(keys)
        self.deeds += 1

    def first(self):
        """The model at the head of the list; found in time."""
        assert self.deeds * A_DEED <= SECONDS
        assert monotonic() - self.begun < SECONDS
        return self.page.locator("tbody .pick").first.get_attribute("value")


@pytest.fixture(scope="module")
def cheapest(live_site):
    """What any of the ways must lead to, read model by model from the whole list."""
    items = requests.get(f"{live_site}/api/v1/models?limit=1000", timeout=20).json()["items"]
    fitting = []
    for item in items:
        if "tool_call" not in item["capabilities"] or (item["context_window"] or 0) < 200_000:
            continue
        if item["lifecycle"] in ("deprecated", "retired"):
            continue
        plain = [row for row in item["prices"] if row["meter"] == "input_tokens" and not row["conditions"]]
        plain.sort(key=lambda row: row["kind"] != "sell")
        if plain and plain[0]["amount"] is not None:
            fitting.append((float(plain[0]["amount"]) / plain[0]["per"], item["model_id"]))
    lowest = min(fitting)[0]
    return {model_id for each, model_id in fitting if each == lowest}


def test_by_mouse_from_the_first_page(page, cheapest):
    visit = Visit(page)
    page.get_by_label("Capability").select_option("tool_call")
    page.get_by_label("Context window").select_option("200000")
    visit.deeds += 4  # A list is opened and a line of it clicked, twice.
    visit.click("Not being retired", "checkbox")
    visit.click("Find", "button")
    assert visit.first() in cheapest


def test_by_mouse_through_the_filters(page, live_site, cheapest):
    visit = Visit(page)
    visit.click("Models")
    visit.click("Tool use", exact=False)
    visit.click("200,000 or more", exact=False)
    visit.click("Not being retired", exact=False)
    visit.click("Lowest input price")
    assert visit.first() in cheapest
    count = requests.get(f"{live_site}{CALL}", timeout=20).json()["count"]
    assert page.get_by_role("status").first.inner_text().startswith(f"{count} models")
    visit.click("Remove filter Tool use")
    assert "capability" not in page.url


def test_by_keyboard_from_the_first_page(page, cheapest):
    visit = Visit(page)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "capability":
            break
    visit.deeds += 1  # The key is held down until the form is reached.
    page.keyboard.type("Tool use")
    visit.press("Tab")
    page.keyboard.type("200")
    visit.press("Tab")
    visit.press("Tab")
    visit.press("Space")
    visit.press("Tab")
    visit.press("Enter")
    page.wait_for_url("**/models?**")
    assert visit.first() in cheapest


def test_by_one_call_of_the_api(live_site, cheapest):
    items = requests.get(f"{live_site}{CALL}", timeout=20).json()["items"]
    assert items[0]["model_id"] in cheapest


def test_nothing_fits_and_one_link_leads_on(page):
    page.goto("/models?capability=tool_call&modality=image")
    link = page.locator(".advice a").first
    said = page.locator(".advice li").first.inner_text()
    link.click()
    assert page.get_by_role("status").first.inner_text().startswith(said.rpartition(": ")[2])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/", "/models", "/models?view=cards", "/models?q=linden&capability=tool_call"]
)
def test_on_a_phone_filters_are_folded_and_nothing_overflows(page, path, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    if path != "/":
        link = page.get_by_role("link", name="Streaming", exact=False).first
        assert not link.is_visible()
        page.locator("details.filters > summary").click()
        assert link.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_javascript_links_and_forms_are_enough(browser, live_site, cheapest):
    context = browser.new_context(base_url=live_site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/models?capability=tool_call&retiring=false")
    page.get_by_label("Context of at least").fill("200000")
    page.get_by_role("button", name="Apply").click()
    page.get_by_role("link", name="Lowest input price").click()
    assert page.locator("tbody .pick").first.get_attribute("value") in cheapest
    context.close()
