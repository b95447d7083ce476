"""A new price editor, with nothing but the admin: changes the output price of a model and undoes it.

Each step is kept as a picture in `var/shots/`.
"""

import urllib.request
import warnings

import pytest
from playwright.sync_api import Error as PlaywrightError

import live

# One site and one browser serve all of these: they stay in one worker.
pytestmark = [
    pytest.mark.xdist_group("price_editor"),
    pytest.mark.filterwarnings("default:no picture of"),
]
TRIES = 4

MODEL = "claude-sonnet-4-5-20250929"
MAKE_EDITOR = """
from django.contrib.auth.models import Group, User
user = User.objects.create_user("edith", password="a-long-password", is_staff=True)
user.groups.add(Group.objects.get(name="price editor"))
"""


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory, own_database):
    """A site of its own with one price editor, and a page of a browser in it."""
    folder = tmp_path_factory.mktemp("editor")
    settings = {
        "CATALOG_VAR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/catalog.sqlite3",
        **own_database,
    }
    with live.running(folder, **own_database) as url:
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
    with urllib.request.urlopen(f"{url}/api/v1/models/{MODEL}/prices?kind=sell", timeout=5) as answer:
        return answer.read().decode()


def shot(page, name):
    """Keep a picture of a step. A browser short of memory may refuse one: that is no fault of the page."""
    folder = live.REPOSITORY / "var" / "shots"
    folder.mkdir(parents=True, exist_ok=True)
    for _ in range(TRIES):
        page.bring_to_front()
        try:
            page.screenshot(path=folder / f"price-editor-{name}.png", animations="disabled")
        except PlaywrightError:
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
    page.get_by_label("Model ID or name").fill("sonnet-4-5")
    page.get_by_role("button", name="Show").click()
    cell = page.get_by_label(f"New price of Output of {MODEL}, per 1M tokens", exact=True)
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
    page.goto("/admin/catalog/changeset/desk/?q=sonnet-4-5-2025")
    cells = page.locator(".desk-cell")
    cells.nth(1).focus()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text", "1.1\\tx\\r\\n\\r\\n1.3\\r\\n");
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    assert [cells.nth(place).input_value() for place in range(4)] == ["", "1.1", "", "1.3"]
    page.keyboard.press("ArrowDown")
    page.keyboard.type("1.2")
    page.keyboard.press("Enter")
    page.keyboard.type("1.4")
    assert [cells.nth(place).input_value() for place in range(4)] == ["", "1.1", "1.2", "1.4"]


def test_the_calculator_answers_while_one_types(desk):
    page, url = desk
    page.goto("/models/claude/sonnet-4-5-20250929?input_tokens=10000#calculator")
    page.locator('.calculator [name="output_tokens"]').fill("2000")
    page.locator("#calculator-result").get_by_text("$0.03", exact=True).first.wait_for()
    page.wait_for_url("**output_tokens=2000**")
    page.reload()
    assert "$0.03" in page.locator("#calculator-result").inner_text()
    assert url in page.url


def test_the_calculator_of_a_media_model_answers_when_a_choice_changes(desk):
    page, _url = desk
    page.goto("/models/flux-2/flex-text-to-image#calculator")
    result = page.locator("#calculator-result")
    result.get_by_text("$0.14", exact=True).first.wait_for()
    # A field called "action" must not hide the form's own address.
    page.locator('.calculator [name="param.output_resolution"]').select_option("2k")
    result.get_by_text("$0.24", exact=True).first.wait_for()
    page.wait_for_url("**output_resolution=2k**")
