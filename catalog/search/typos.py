"""Corrects misspelled words by forms with letters dropped.

`geminni` and `gemini` share `gemini`; `cluade` and `claude` share `clade`.
"""

from collections.abc import Iterable

SHORTEST = 3
LONGEST = 20
# From so many letters on two errors are forgiven, below it one.
LONG = 6
# From so many letters on a word is corrected while still being typed.
SURE = 5
BEGINNINGS = range(4, 8)


def is_correctable(word: str) -> bool:
    """Whether a word is 3 to 20 ASCII letters."""
    return word.isascii() and word.isalpha() and SHORTEST <= len(word) <= LONGEST


def forms(word: str) -> set[str]:
    """List the forms that find a word."""
    # Stored as rows, so a look-up costs the same however many words there are.
    parts = {word, *(word[:length] for length in BEGINNINGS if length < len(word))}
    return parts | {shorter for part in parts for shorter in _dropped(part)}


def asked_forms(word: str) -> set[str]:
    """List the forms to look a misspelled word up by."""
    once = _dropped(word)
    twice = {shorter for part in once for shorter in _dropped(part)} if len(word) >= LONG else set()
    return {word} | once | twice


def nearest(typed: str, known: Iterable[str]) -> str | None:
    """Return the most likely word, or None."""
    allowed = 2 if len(typed) >= LONG else 1
    ranked = [(*_apart(typed, word), word) for word in known]
    near = [candidate for candidate in ranked if candidate[0] <= allowed]
    return min(near)[-1] if near else None


def _apart(typed: str, word: str) -> tuple[int, bool, bool, int]:
    """Return the distance to a word or its prefix."""
    whole = distance(typed, word)
    # A short word that is not done yet may become anything: it is not guessed at.
    lengths = range(len(typed) - 1, len(typed) + 2) if len(typed) >= SURE else ()
    begun = min((distance(typed, word[:length]) for length in lengths), default=whole)
    return min(whole, begun), whole > begun, typed[0] != word[0], abs(len(word) - len(typed))


def distance(first: str, second: str) -> int:
    """Return the edit distance; swapped neighbours count once."""
    before: list[int] = []
    above = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        current = [row]
        for column, other in enumerate(second, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != other))
            is_swapped = row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == other
            if is_swapped:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, above = above, current
    return above[-1]


def _dropped(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))} if len(word) > 2 else set()
