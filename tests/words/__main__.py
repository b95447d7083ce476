"""Writes every message of the interface to `site/config/locale/django.pot`, and brings translations up to it.

`make messages` refreshes all translations there are; `make messages TAG=de` begins another one.
"""

import os
import sys

import django
import polib
from django.conf import settings

HEAD = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
WIDTH = 110


def template():
    """The file of all messages: nothing in it changes but with the words and their places."""
    from words import rooms

    found = polib.POFile(wrapwidth=WIDTH)
    found.metadata = HEAD
    for message in rooms.messages():
        place = (message.place.rpartition(":")[0], "")
        entry = found.find(message.text, include_obsolete_entries=True)
        if entry is None:
            entry = polib.POEntry(msgid=message.text, msgid_plural=message.plural)
            entry.msgstr_plural = {0: "", 1: ""} if message.plural else {}
            found.append(entry)
        if message.plural and not entry.msgid_plural:
            entry.msgid_plural, entry.msgstr_plural = message.plural, {0: "", 1: ""}
        if place not in entry.occurrences:
            entry.occurrences.append(place)
    return found


def refresh(path, found):
    """Add to a translation what is new, and set aside what is said no more; begin it where there is none."""
    known = polib.pofile(str(path), wrapwidth=WIDTH) if path.is_file() else polib.POFile(wrapwidth=WIDTH)
    known.metadata = known.metadata or HEAD
    known.merge(found)
    path.parent.mkdir(parents=True, exist_ok=True)
    known.save(str(path))
    return len(known.translated_entries()), len([one for one in known if not one.obsolete])


def main(tags):
    """Write the file of messages, and each translation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from config import language

    found = template()
    found.save(str(settings.WORDS / "django.pot"))
    sys.stdout.write(f"{len(found)} messages in site/config/locale/django.pot\n")
    begun = [language.place(settings.WORDS, tag) for tag in tags]
    for path in sorted({*settings.WORDS.glob("*/LC_MESSAGES/django.po"), *begun}):
        done, total = refresh(path, found)
        sys.stdout.write(f"{done} of {total} translated in {path.relative_to(settings.REPOSITORY)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
