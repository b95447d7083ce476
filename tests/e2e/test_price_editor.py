"""A new price editor, with nothing but the admin: changes the output price of a model and undoes it.

Each step is kept as a picture in `var/shots/`.
"""

import urllib.request
import warnings

import pytest

import live
import needs
from small import OTHER_LINE, TOKENS

# One site and one browser serve all of these: they stay in one worker.
pytestmark = [
    pytest.mark.writes,
    pytest.mark.filterwarnings("default:no picture of"),
]
TRIES = 4

MAKE_EDITOR = f"""
from datetime import timedelta
from decimal import Decimal
from django.utils import timezone
from catalog.publishing.publish import publish
from catalog.models import Price
from catalog.publishing.price_changes import add
rows = Price.objects.filter(variant__model_id="{OTHER_LINE}", conditions_key="{{}}")
price = rows.get(kind="list", meter="input_tokens")
price.pk, price.kind, price.amount = None, "sell", Decimal("0.61")
price.effective_from = timezone.now() + timedelta(days=30)
with publish(actor=None, origin="admin") as edition:
    add(edition, price)
from django.contrib.auth.models import Group, User
user = User.objects.create_user("edith", password="a-long-password", is_staff=True)
user.groups.add(Group.objects.get(name="price editor"))
"""


def paste(page, cell, text):
    """Paste a text into a cell, as a browser does with what a spreadsheet copied."""
    cell.focus()
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text", text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def unfitted(page):
    return page.locator("#desk-unfitted li").all_inner_texts()


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory, own_database):
    """A site of its own with one price editor, and a page of a browser in it."""
    folder = tmp_path_factory.mktemp("editor")
    settings = {"CATALOG_VAR": folder, **own_database}
    with live.running(folder, MCP="off", **own_database) as url:
        made = live.manage("shell", "-c", MAKE_EDITOR, **settings)
        assert made.returncode == 0, made.stderr
        context = browser.new_context(base_url=url, viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.goto("/admin/")
        page.get_by_label("Username").fill("edith")
        page.get_by_label("Password").fill("a-long-password")
        page.get_by_role("button", name="Log in").click()
        yield page, url
        context.close()


def price(url):
    with urllib.request.urlopen(f"{url}/api/v1/models/{TOKENS}/prices?kind=sell", timeout=5) as answer:
        return answer.read().decode()


def shot(page, name):
    """Keep a picture of a step. A browser short of memory may refuse one: that is no fault of the page."""
    folder = live.REPOSITORY / "var" / "shots"
    folder.mkdir(parents=True, exist_ok=True)
    for _ in range(TRIES):
        page.bring_to_front()
        try:
            page.screenshot(path=folder / f"price-editor-{name}.png", animations="disabled")
        except needs.client("playwright.sync_api").Error:
            page.wait_for_timeout(500)
        else:
            return
    warnings.warn(f"no picture of {name}", UserWarning, stacklevel=2)


def test_a_new_editor_changes_a_price_and_undoes_it(desk):
    page, url = desk
    page.goto("/admin/")
    shot(page, "1-home")
    page.get_by_role("link", name="Change sets", exact=True).first.click()
    page.get_by_role("link", name="Pricing desk").first.click()
    page.get_by_label("Model ID or name").fill("ballad-4-5")
    page.get_by_role("button", name="Show").click()
    cell = page.get_by_label(f"New price of Output of {TOKENS}, per 1M tokens", exact=True)
    cell.fill("8.25")
    page.get_by_label("Reason").first.fill("The provider raised its price")
    page.get_by_label("Source", exact=False).first.fill("Price list of today")
    shot(page, "2-desk")
    page.get_by_role("button", name="Draft what is typed above").click()
    assert page.get_by_text("$8.25 per 1M tokens").count()
    assert "+10%" in page.content()
    shot(page, "3-review")
    page.get_by_role("button", name="Publish", exact=True).click()
    assert page.get_by_text("Applied").count()
    assert '"amount":"8.25"' in price(url)
    shot(page, "4-applied")
    page.get_by_role("button", name="Draft the undo").click()
    shot(page, "5-undo")
    page.get_by_role("button", name="Publish", exact=True).click()
    assert '"amount":"7.5"' in price(url)
    shot(page, "6-undone")


def test_a_column_of_a_spreadsheet_is_pasted_and_keys_move(desk):
    page, _url = desk
    page.goto("/admin/catalog/changeset/desk/?q=ballad-4-5-2025")
    cells = page.locator(".desk-cell")
    paste(page, cells.nth(1), "1.1\r\n\r\n1.3\r\n")
    assert [cells.nth(place).input_value() for place in range(4)] == ["", "1.1", "", "1.3"]
    assert unfitted(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.type("1.2")
    page.keyboard.press("Enter")
    page.keyboard.type("1.4")
    assert [cells.nth(place).input_value() for place in range(4)] == ["", "1.1", "1.2", "1.4"]


def test_a_pasted_line_lands_on_its_row_and_what_does_not_fit_is_listed(desk):
    page, _url = desk
    page.goto("/admin/catalog/changeset/desk/?q=aria-4-5-2025")
    rows = page.locator("[data-row]")
    count = rows.count()
    fixed = [place for place in range(count) if not rows.nth(place).locator(".desk-cell").count()]
    names = [rows.nth(place).get_attribute("data-row") for place in range(count)]
    assert [names[place] for place in fixed] == [f"{OTHER_LINE}, Input"]
    lines = [f"{place + 1}.5" for place in range(count + 2)]
    lines[0] += "\tper million\t"
    paste(page, page.locator(".desk-cell").first, "\n".join(lines))
    typed = [rows.nth(place).locator(".desk-cell") for place in range(count) if place not in fixed]
    assert [cell.input_value() for cell in typed] == [
        line.partition("\t")[0] for place, line in enumerate(lines[:count]) if place not in fixed
    ]
    (place,) = fixed
    last_column = "cell 2 is past the last column: there is one column of prices."
    announced = "fixed, because $0.61 per 1M tokens is announced."
    assert unfitted(page) == [
        f"Line 1, “per million” ({names[0]}): {last_column}",
        f"Line {place + 1}, “{place + 1}.5” ({names[place]}): {announced}",
        f"Line {count + 1}, “{count + 1}.5”: past the last row of this page.",
        f"Line {count + 2}, “{count + 2}.5”: past the last row of this page.",
    ]
    region = page.get_by_role("status", name="What did not fit")
    assert region.get_attribute("aria-live") == "polite"
    assert f"4 of {count + 3} pasted values did not fit:" in region.inner_text()
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            shot(page, f"7-unfitted-{width}-{scheme}")
            box = region.bounding_box()
            assert box["y"] + box["height"] <= 900, "the list is in view"
    page.emulate_media(color_scheme="light")
    page.keyboard.press("ArrowDown")
    assert region.is_visible()
    region.get_by_role("button", name="Dismiss").click()
    assert not region.inner_text()


def test_the_next_paste_replaces_the_list(desk):
    page, _url = desk
    page.goto("/admin/catalog/changeset/desk/?q=aria-4-5-2025")
    cell = page.locator(".desk-cell").last
    paste(page, cell, "1\n2")
    assert unfitted(page) == ["Line 2, “2”: past the last row of this page."]
    paste(page, cell, "3\t4")
    assert cell.input_value() == "3"
    assert len(unfitted(page)) == 1
    assert "“4”" in unfitted(page)[0]
    paste(page, cell, "5\n")
    assert unfitted(page) == []


def test_the_calculator_answers_while_one_types(desk):
    page, url = desk
    page.goto("/models/linden/ballad-4-5-20250929?input_tokens=10000#calculator")
    page.locator('.calculator [name="output_tokens"]').fill("2000")
    page.locator("#calculator-result").get_by_text("$0.03", exact=True).first.wait_for()
    page.wait_for_url("**output_tokens=2000**")
    page.reload()
    assert "$0.03" in page.locator("#calculator-result").inner_text()
    assert url in page.url


def test_the_calculator_of_a_media_model_answers_when_a_choice_changes(desk):
    page, _url = desk
    page.goto("/models/prism-2/flex-text-to-image#calculator")
    result = page.locator("#calculator-result")
    result.get_by_text("$0.14", exact=True).first.wait_for()
    # A field called "action" must not hide the form's own address.
    page.locator('.calculator [name="param.output_resolution"]').select_option("2k")
    result.get_by_text("$0.24", exact=True).first.wait_for()
    page.wait_for_url("**output_resolution=2k**")
