"""The site's translation file, compiled without GNU gettext."""

import os
import re
from gettext import GNUTranslations
from pathlib import Path

import polib
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import to_locale

SOURCE = "en"  # of code and templates: needs no file
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_INSIDE = Path("LC_MESSAGES")
_PLACE = re.compile(r"%\(\w+\)s|\{\w*\}")


def place(words: Path, tag: str) -> Path:
    """Return the path of a translation file."""
    return words / to_locale(tag) / _INSIDE / "django.po"


def is_spoken(words: Path, tag: str) -> bool:
    """Whether the site has this language."""
    return tag == SOURCE or (_TAG.fullmatch(tag) is not None and place(words, tag).is_file())


def prepare(words: Path, tag: str, compiled: Path) -> str:
    """Compile a language's messages where they changed; return the language to use.

    Raise ImproperlyConfigured for a wrong file.
    """
    if tag == SOURCE or not is_spoken(words, tag):
        # A check reports it later: Django cannot start in a language without messages.
        return SOURCE
    path, made = place(words, tag), compiled / to_locale(tag) / _INSIDE / "django.mo"
    try:
        if not made.is_file() or made.stat().st_mtime_ns < path.stat().st_mtime_ns:
            translations = read(path)
            made.parent.mkdir(parents=True, exist_ok=True)
            # Several processes may start at once: each writes a file of its own and puts it in place whole.
            part = made.with_suffix(f".{os.getpid()}")
            translations.save_as_mofile(str(part))
            with part.open("rb") as written:
                # As Django will read it: a rule of plurals that is none is found here.
                GNUTranslations(written)
            part.replace(made)
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"SITE_LANGUAGE is {tag!r}: its file cannot be used: {error}.") from error
    return tag


def read(path: Path) -> polib.POFile:
    """Parse a translation file; raise ValueError with what is wrong."""
    translations = polib.pofile(str(path), encoding="utf-8")
    for entry in translations.translated_entries():
        known = set(_PLACE.findall(f"{entry.msgid} {entry.msgid_plural}"))
        for translation in [entry.msgstr, *entry.msgstr_plural.values()]:
            # A translation may leave a value out, but name no other: no page could fill it.
            if strange := set(_PLACE.findall(translation)) - known:
                named = ", ".join(sorted(strange))
                raise ValueError(f"the translation of {entry.msgid[:60]!r} names {named}")
    return translations
