"""A site in another language, its words longer by two fifths, fits a phone, and its scripts speak it too."""

import pytest

from live import running
from page_types import PAGE_TYPES
from small import TOKENS_PATH
from words import pseudo

pytestmark = [
    pytest.mark.engine("sqlite"),  # what a page shows is the same on both
]
SETTINGS = """
from pathlib import Path

from config import language
from config.settings import *

WORDS = Path({folder!r}) / "words"
SITE_LANGUAGE = {tag!r}
LOCALE_PATHS = [Path({folder!r}) / "made"]
LANGUAGE_CODE = language.prepare(WORDS, SITE_LANGUAGE, LOCALE_PATHS[0])
LANGUAGES = [(SITE_LANGUAGE, SITE_LANGUAGE), ("en", "en")]
"""


@pytest.fixture(scope="module")
def foreign_site(tmp_path_factory, new_database):
    folder = tmp_path_factory.mktemp("foreign")
    pseudo.write(folder / "words")
    (folder / "foreign_settings.py").write_text(SETTINGS.format(folder=str(folder), tag=pseudo.TAG))
    settings = {"DJANGO_SETTINGS_MODULE": "foreign_settings", "PYTHONPATH": str(folder)}
    with new_database() as database, running(folder, **settings, **database) as url:
        yield url


@pytest.fixture
def foreign(browser, foreign_site):
    """A page of that site on a phone; an error in it fails the test."""
    context = browser.new_context(base_url=foreign_site, viewport={"width": 390, "height": 844})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    faults = []
    opened.on("pageerror", lambda error: "Transition was" in str(error) or faults.append(str(error)))
    opened.on("console", lambda told: "Content Security" in told.text and faults.append(told.text))
    yield opened
    context.close()
    assert faults == []


@pytest.mark.parametrize("name", [name for name in PAGE_TYPES if name not in ("reference", "styleguide")])
def test_longer_words_fit_a_phone(foreign, name):
    foreign.goto(PAGE_TYPES[name])
    assert foreign.evaluate("document.documentElement.lang") == pseudo.TAG
    assert foreign.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_search_finds_and_speaks_the_language(foreign):
    foreign.set_viewport_size({"width": 1440, "height": 900})
    foreign.goto("/docs")
    foreign.keyboard.press("Control+k")
    dialog = foreign.locator("dialog.search-dialog[open]")
    dialog.wait_for()
    assert dialog.locator("input").get_attribute("placeholder") == pseudo.said(
        "Model, family, provider or docs"
    )
    foreign.keyboard.type("ballad 4.5")
    first = dialog.locator('[role="option"][aria-selected="true"]')
    first.get_by_text("Linden Ballad 4.5").wait_for()
    assert "$1.50" in first.inner_text()
    foreign.keyboard.press("Enter")
    foreign.wait_for_url(f"**{TOKENS_PATH}")


def test_what_is_copied_is_said_and_is_the_code_itself(foreign):
    foreign.goto(TOKENS_PATH)
    button = foreign.locator("main .copy-button:visible").first
    button.click()
    foreign.wait_for_function("() => navigator.clipboard.readText().then((text) => text.length > 0)")
    assert pseudo.OPEN not in foreign.evaluate("navigator.clipboard.readText()")
    assert foreign.get_by_text(f"{pseudo.OPEN}", exact=False).count() > 0


def test_the_calculator_answers(foreign):
    foreign.goto(f"{TOKENS_PATH}#calculator")
    result = foreign.locator("#calculator-result")
    before = result.inner_text()
    with foreign.expect_response(lambda got: "fragment=calculator" in got.url):
        foreign.locator("form.calculator input[name=input_tokens]").fill("3000000")
    foreign.wait_for_function(
        "(text) => document.querySelector('#calculator-result').innerText !== text", arg=before
    )
    assert "$4.50" in result.inner_text()
    assert pseudo.OPEN in result.inner_text()
