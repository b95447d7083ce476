"""A snippet says where it reads the key, and takes no words of a prompt for such a place."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from catalog.snippets import LANGUAGES, SiteSettings, describe
from catalog.snippets.keys import other_variable
from snippet_records import SITE, made_records, small_records

DECOYS = "\U0001f600 " + " ".join(language.reading.text(SITE) for language in LANGUAGES.values())


def mark(request, language, site=SITE):
    """A request's code in a language, and where it reads the key."""
    return LANGUAGES[language](request, site).code, LANGUAGES[language].key_mark(request, site)


def without(code, found):
    """The code without its readings, cut out as a browser counts."""
    units = code.encode("utf-16-le")
    for at in reversed(found.places):
        start, end = 2 * at, 2 * (at + len(found.text))
        assert units[start:end].decode("utf-16-le") == found.text
        units = units[:start] + units[end:]
    return units.decode("utf-16-le")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_snippet_marks_each_place_where_it_reads_the_key(language):
    for record in [*made_records(), *small_records()]:
        for request in describe(record):
            code, found = mark(request, language)
            assert found, (record["model_id"], code)
            assert SITE.api_key_env not in without(code, found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_a_body_are_no_place_of_the_key(language):
    for record in made_records():
        for request in describe(record):
            _, plain = mark(request, language)
            hostile = {**request.body, **dict.fromkeys(["prompt", "input", "aaa"], DECOYS)}
            _, found = mark(replace(request, body=hostile), language)
            assert len(found.places) == len(plain.places)
            assert "VARIABLE" not in found.text


def test_the_other_variable_differs_and_is_as_long():
    for name in ("RUNAPI_KEY", "X", "XX", "Y"):
        other = other_variable(SiteSettings("https://example.com", name)).api_key_env
        assert other != name
        assert len(other) == len(name)


def test_every_quoting_is_one_that_the_script_knows():
    script = (Path(settings.REPOSITORY) / "static/js/key.js").read_text(encoding="utf-8")
    known = script.partition("const QUOTES = {")[2]
    for key, language in LANGUAGES.items():
        assert f"\n  {language.reading.quoting}: " in known, key
