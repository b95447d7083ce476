"""The language of the site: a file of translations, read and compiled without GNU gettext."""

import os
import re
from gettext import GNUTranslations
from pathlib import Path

import polib
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import to_locale

SOURCE = "en"
"""The language that the code and the templates are written in; it needs no file."""
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_INSIDE = Path("LC_MESSAGES")
_PLACE = re.compile(r"%\(\w+\)s|\{\w*\}")


def place(words: Path, tag: str) -> Path:
    """Give the place of the file that translates the site into a language."""
    return words / to_locale(tag) / _INSIDE / "django.po"


def is_spoken(words: Path, tag: str) -> bool:
    """Tell whether the site can be shown in a language: its own, or one that a file translates it into."""
    return tag == SOURCE or (_TAG.fullmatch(tag) is not None and place(words, tag).is_file())


def prepare(words: Path, tag: str, compiled: Path) -> str:
    """Compile the words of a language where they changed, and give the language that the site then speaks.

    That is its own where there is no such file, which a check reports: Django cannot start in a language
    without words. ImproperlyConfigured where the file is wrong.
    """
    if tag == SOURCE or not is_spoken(words, tag):
        return SOURCE
    path, made = place(words, tag), compiled / to_locale(tag) / _INSIDE / "django.mo"
    try:
        if not made.is_file() or made.stat().st_mtime_ns < path.stat().st_mtime_ns:
            found = read(path)
            made.parent.mkdir(parents=True, exist_ok=True)
            # Several processes may start at once: each writes a file of its own and puts it in place whole.
            part = made.with_suffix(f".{os.getpid()}")
            found.save_as_mofile(str(part))
            with part.open("rb") as written:
                # As Django will read it: a rule of plurals that is none is found here.
                GNUTranslations(written)
            part.replace(made)
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"SITE_LANGUAGE is {tag!r}: its file cannot be used: {error}.") from error
    return tag


def read(path: Path) -> polib.POFile:
    """Read a file of translations; ValueError says what is wrong with it.

    A translation may leave out a value that its original names, and can name no other: no page could fill it.
    """
    found = polib.pofile(str(path), encoding="utf-8")
    for entry in found.translated_entries():
        known = set(_PLACE.findall(f"{entry.msgid} {entry.msgid_plural}"))
        for said in [entry.msgstr, *entry.msgstr_plural.values()]:
            if strange := set(_PLACE.findall(said)) - known:
                named = ", ".join(sorted(strange))
                raise ValueError(f"the translation of {entry.msgid[:60]!r} names {named}")
    return found
