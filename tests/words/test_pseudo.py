"""In a language that nobody speaks, all words of the interface are in its brackets, and none are left."""

import json
import re
from collections import Counter

import polib
import pytest
from django.conf import settings
from django.utils import translation

import dom
import markup_checkers
from catalog.text.language import say_many
from config import language
from docs import library
from page_types import PAGE_TYPES
from words import pseudo
from words.shown import outside

pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.slow]  # what a page says is the same on both

ENGLISH = {
    "styleguide": "samples, for those who build the site",
    "reference": "the reference of the API, in English as its schema is",
}
"""Types of pages whose words stay as they are, and why."""
NAMES = {"Not stated", "JSON", "JavaScript", "Python", *(source.title for source in library.shelf())}
"""Names of data, of languages and of pages of the documentation, letter by letter as a message."""
_VALUE = re.compile(r"%\(\w+\)s|\{\w*\}|<[^<>]*>|[“”]")
_NO_PROSE = re.compile(r"<script.*?</script>|\d\d:\d\d(?::\d\d)?|%[0-9A-F]{2}", re.DOTALL)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@pytest.fixture
def page(client, db, tmp_path):
    """Fetches a page in the pseudo language."""
    with pseudo.spoken(tmp_path):
        yield client.get


def messages():
    """What is looked for: whole messages, and of those with values the longest run of words between them."""
    whole, runs = set(), set()
    for entry in polib.pofile(str(settings.WORDS / "django.pot")):
        for text in filter(None, [entry.msgid, entry.msgid_plural]):
            if not _VALUE.search(text):
                whole.add(text)
            runs |= {run.strip(" .,:;()") for run in _VALUE.split(text) if len(run.split()) > 2}
    return whole, runs


WHOLE, RUNS = messages()


def forgotten(html):
    """The pieces of a page that a message says, but that stand outside the brackets."""
    pieces = set(outside(html)) - NAMES
    return sorted(piece for piece in pieces if piece in WHOLE or any(run in piece for run in RUNS))


@pytest.mark.parametrize("name", [name for name in PAGE_TYPES if name not in ENGLISH])
def test_a_page_says_nothing_but_names_outside_the_language_of_the_site(page, name):
    answer = page(PAGE_TYPES[name])
    html = answer.content.decode()
    assert answer.status_code == (404 if name == "nothing there" else 200)
    assert f'<html lang="{pseudo.TAG}">' in html
    assert html.count(pseudo.OPEN) > 30
    assert forgotten(html) == []


def test_what_is_forgotten_is_found():
    html = f"<p>{pseudo.said('Models')} <a>Providers</a></p><p title='Search'><code>Prices</code></p>"
    assert forgotten(html) == ["Providers", "Search"]


@pytest.mark.parametrize(
    "name", ["home", "models", "model", "model of images", "compare", "pricing", "family"]
)
def test_numbers_are_written_as_in_english(client, page, name):
    """Neither a decimal comma in a price, nor one in a drawing, which would then be another."""

    def numbers(path):
        html = _NO_PROSE.sub("", client.get(path).content.decode())
        return Counter(_NUMBER.findall(html))

    theirs = numbers(PAGE_TYPES[name])
    with translation.override("en"):
        assert theirs == numbers(PAGE_TYPES[name])


def test_a_plural_has_as_many_forms_as_the_language(page):
    for number, mark in ((1, "①"), (2, "②"), (4, "②"), (5, "③"), (1024, "③")):
        text = say_many("{number} model", "{number} models", number)
        assert text.startswith(f"{pseudo.OPEN}{mark}{number:,} model")
        assert pseudo.form_of(number) == mark
    assert "⟦①" in page("/status").content.decode() + page(PAGE_TYPES["family"]).content.decode()


def test_the_words_of_scripts_are_handed_over(page):
    html = page(PAGE_TYPES["model"]).content.decode()
    words = json.loads(dom.tree(html).one("script", id="words").raw)
    assert words["Copy code"] == pseudo.said("Copy code")
    assert {original for original, text in words.items() if original not in text} == set()


def test_pages_are_whole_in_the_language(page, tmp_path):
    files = []
    for number, path in enumerate(PAGE_TYPES.values()):
        files.append(tmp_path / f"{number}.html")
        files[-1].write_bytes(page(path).content)
    faults = markup_checkers.w3c(files)
    # It guesses the language of a page from its letters.
    assert [fault for fault in faults if "appears to be written in" not in fault] == []


def test_the_language_can_be_served(tmp_path):
    found = pseudo.write(tmp_path)
    assert len(language.read(language.place(tmp_path, pseudo.TAG)).translated_entries()) == len(found) > 800
