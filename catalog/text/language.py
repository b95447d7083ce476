"""Translation without Django: `catalog/apps.py` hands in gettext, other rooms only call these.

Messages are written in English where they are used, with named values so that languages may reorder them:

    say("{name} is retired.", name="sonnet")
    say_many("{number} model", "{number} models", 1024)      # "1,024 models"
    LABEL = mark("Sell price"), and then say(LABEL)          # marked here, translated where it is shown
"""

from collections.abc import Callable


def _as_written(text: str) -> str:
    return text


def _by_number(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


_said: tuple[Callable[[str], str], Callable[[str, str, int], str]] = (_as_written, _by_number)


def words_of(gettext: Callable[[str], str], ngettext: Callable[[str, str, int], str]) -> None:
    """Translate with these functions from now on; until then messages stay English."""
    global _said  # noqa: PLW0603 - set once at the start
    _said = (gettext, ngettext)


def mark(text: str) -> str:
    """Mark a message for translation and return it as it is."""
    return text


def mark_many(one: str, many: str) -> tuple[str, str]:
    """Mark a message with a count and return both forms, for `say_many`."""
    return one, many


def say(text: str, /, **values: object) -> str:
    """Return a message in the site's language, with its values filled in."""
    message = _said[0](text)
    return message.format(**values) if values else message


def say_many(one: str, many: str, number: int, /, **values: object) -> str:
    """Return a message with a count; `{number}` gets thousands separators."""
    return _said[1](one, many, number).format(number=f"{number:,}", **values)
