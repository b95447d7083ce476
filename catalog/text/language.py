"""The words of the interface in the language of the site; rooms that know no Django ask here.

A word is written in English where it is said, and `words_of` tells how it is said in another language: the
catalog gives it Django's gettext when it starts. Values are named, so that a language may order them anew:

    say("{name} is retired.", name="sonnet")
    say_many("{number} model", "{number} models", 1024)      # "1,024 models"
    LABEL = mark("Sell price"), and then say(LABEL)          # marked where it stands, said where it is shown
"""

from collections.abc import Callable


def _as_written(text: str) -> str:
    return text


def _by_number(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


_said: tuple[Callable[[str], str], Callable[[str, str, int], str]] = (_as_written, _by_number)


def words_of(gettext: Callable[[str], str], ngettext: Callable[[str, str, int], str]) -> None:
    """Have all words said by these from now on; until then they are said as they are written."""
    global _said  # noqa: PLW0603 - set once at the start
    _said = (gettext, ngettext)


def mark(text: str) -> str:
    """Mark a word to be translated where it is said, and give it as it is."""
    return text


def mark_many(one: str, many: str) -> tuple[str, str]:
    """Mark a sentence about so many, and give both of its forms, to be said by `say_many`."""
    return one, many


def say(text: str, /, **values: object) -> str:
    """Say a word or a sentence with its values in it."""
    found = _said[0](text)
    return found.format(**values) if values else found


def say_many(one: str, many: str, number: int, /, **values: object) -> str:
    """Say a sentence about so many; `{number}` is written with its thousands apart."""
    return _said[1](one, many, number).format(number=f"{number:,}", **values)
