"""Translation without Django: `catalog/apps.py` sets gettext, other rooms call these.

say("{name} is retired.", name="sonnet")
say_many("{number} model", "{number} models", 1024)      # "1,024 models"
LABEL = mark("Sell price"), and then say(LABEL)          # marked here, translated where shown
"""

from collections.abc import Callable


def _as_written(text: str) -> str:
    return text


def _by_number(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


# English until `words_of` is called.
_said: tuple[Callable[[str], str], Callable[[str, str, int], str]] = (_as_written, _by_number)


def words_of(gettext: Callable[[str], str], ngettext: Callable[[str, str, int], str]) -> None:
    """Translate with these functions from now on."""
    global _said  # noqa: PLW0603 - set once at the start
    _said = (gettext, ngettext)


def mark(text: str) -> str:
    """Mark a message for translation."""
    return text


def mark_many(one: str, many: str) -> tuple[str, str]:
    """Mark both forms of a message for `say_many`."""
    return one, many


def say(text: str, /, **values: object) -> str:
    """Return a message in the site's language."""
    message = _said[0](text)
    return message.format(**values) if values else message


def say_many(one: str, many: str, number: int, /, **values: object) -> str:
    """Return a message with a count; `{number}` gets thousands separators."""
    return _said[1](one, many, number).format(number=f"{number:,}", **values)
