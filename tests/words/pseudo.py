"""A language that nobody speaks: each message in brackets and longer, so that untranslated ones show."""

import re
from contextlib import contextmanager

import polib
from django.conf import settings
from django.utils import translation

from config import language

TAG = "de"
"""A language that Django itself speaks: its dates and decimal commas would show as well."""
OPEN, CLOSE = "⟦", "⟧"
FORMS = "①②③"
"""How many of the plural's forms begins a message that has one: three of them, as Polish has."""
PLURALS = "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);"
LONGER = 0.4
_PLACE = re.compile(r"%\(\w+\)s|\{\w*\}|<[^<>]*>")
_FORMAT = re.compile(r"[jFYHimdMN:, ]+")
"""Of a date: its letters are no words."""


def form_of(number):
    """The mark of the form in which so many are spoken of."""
    return FORMS[0 if number == 1 else 1 if 2 <= number <= 4 else 2]


def said(text, mark=""):
    """A message in this language: its values kept, and words of as many letters more as others need."""
    if _FORMAT.fullmatch(text):
        return f"{OPEN}{text}{CLOSE}"
    letters = len(_PLACE.sub("", text))
    more = ("äö üß " * letters)[: round(letters * LONGER)].strip()
    return f"{OPEN}{mark}{text}{' ' if more else ''}{more}{CLOSE}"


def write(words):
    """Write the file of this language into a folder of words."""
    found = polib.pofile(str(settings.WORDS / "django.pot"))
    found.metadata["Plural-Forms"] = PLURALS
    for entry in found:
        if entry.msgid_plural:
            forms = [entry.msgid, entry.msgid_plural, entry.msgid_plural]
            entry.msgstr_plural = {
                place: said(text, mark) for place, (text, mark) in enumerate(zip(forms, FORMS, strict=True))
            }
        else:
            entry.msgstr = said(entry.msgid)
    path = language.place(words, TAG)
    path.parent.mkdir(parents=True)
    found.save(str(path))
    return found


@contextmanager
def spoken(folder):
    """Speak it while the block runs, from files in this folder."""
    write(folder / "words")
    language.prepare(folder / "words", TAG, folder / "made")
    kept = settings.LOCALE_PATHS
    settings.LOCALE_PATHS = [folder / "made"]
    translation.trans_real._translations.pop(TAG, None)
    try:
        with translation.override(TAG):
            yield
    finally:
        settings.LOCALE_PATHS = kept
        translation.trans_real._translations.pop(TAG, None)
