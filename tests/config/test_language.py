"""A second language is a file: it is compiled when the site starts, and a wrong one stops the start."""

import polib
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from config import language

HEAD = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}


def write(words, tag, **said):
    """A file of translations: its original -> its translation."""
    path = language.place(words, tag)
    path.parent.mkdir(parents=True, exist_ok=True)
    found = polib.POFile()
    found.metadata = HEAD
    found += [polib.POEntry(msgid=original, msgstr=text) for original, text in said.items()]
    found.save(str(path))
    return path


def test_words_are_compiled_once_and_again_when_they_change(tmp_path):
    path = write(tmp_path / "words", "pt-br", Models="Modelos")
    made = tmp_path / "made" / "pt_BR" / "LC_MESSAGES" / "django.mo"
    assert language.prepare(tmp_path / "words", "pt-br", tmp_path / "made") == "pt-br"
    assert polib.mofile(str(made)).find("Models").msgstr == "Modelos"
    first = made.stat().st_mtime_ns
    assert language.prepare(tmp_path / "words", "pt-br", tmp_path / "made") == "pt-br"
    assert made.stat().st_mtime_ns == first
    write(tmp_path / "words", "pt-br", Models="Os modelos")
    assert path.stat().st_mtime_ns > first
    language.prepare(tmp_path / "words", "pt-br", tmp_path / "made")
    assert polib.mofile(str(made)).find("Models").msgstr == "Os modelos"
    assert [entry.name for entry in made.parent.iterdir()] == ["django.mo"]


@pytest.mark.parametrize(
    "text",
    [
        "Models: Modelle",
        'msgid "{name} is free."\nmsgstr "{model} ist kostenlos."',
        'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=many;\\n"\n\nmsgid "Models"\nmsgstr "Modelle"',
        "\0",
    ],
)
def test_a_file_that_is_wrong_is_told_in_one_line(tmp_path, text):
    path = language.place(tmp_path, "de")
    path.parent.mkdir(parents=True)
    path.write_text(text)
    with pytest.raises(ImproperlyConfigured, match=r"^SITE_LANGUAGE is 'de': [^\n]+$"):
        language.prepare(tmp_path, "de", tmp_path / "made")


def test_a_language_without_a_file_leaves_the_site_in_english_for_the_check_to_report(tmp_path):
    for tag in ("en", "de", "../de", "en_US:en", ""):
        assert language.prepare(tmp_path, tag, tmp_path / "made") == "en"
    assert list(tmp_path.iterdir()) == []


def test_the_site_speaks_its_language_and_no_other(client, db, tmp_path):
    write(tmp_path / "words", "de", Models="Modelle", Search="Suche")
    language.prepare(tmp_path / "words", "de", tmp_path / "made")
    kept = settings.LOCALE_PATHS
    settings.LOCALE_PATHS = [tmp_path / "made"]
    try:
        translation.trans_real._translations.pop("de", None)
        with translation.override("de"):
            page = client.get("/models", headers={"Accept-Language": "fr"})
    finally:
        settings.LOCALE_PATHS = kept
        translation.trans_real._translations.pop("de", None)
    text = page.content.decode()
    assert '<html lang="de">' in text
    assert "<h1>Modelle</h1>" in text
    assert "Accept-Language" not in page.get("Vary", "")
    assert "Content-Language" not in page
    assert '<html lang="en">' in client.get("/models").content.decode()
