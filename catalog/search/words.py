"""Splits text into words for search."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

LONGEST_QUERY = 200
MOST_WORDS = 8
LONGEST_EDGE = 24
LONGEST_KEY = 250
_WORD = re.compile(r"\d+|[^\W\d_]+")


def words(text: str) -> list[str]:
    """Split into ASCII words: `Claude-4.5` is `claude`, `4`, `5`."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    return [word if word.isascii() else _coded(word) for word in _WORD.findall(bare)]


def query_words(text: str) -> list[str]:
    """Return a query's words, up to a limit."""
    return words(text[:LONGEST_QUERY])[:MOST_WORDS]


def compact(parts: Iterable[str]) -> str:
    """Join words into one key."""
    return "".join(parts)[:LONGEST_KEY]


def edges(word: str) -> list[str]:
    """List every prefix of a word."""
    # Prefixes are terms of the index: what is half typed is found by equality.
    return [word[:length] for length in range(1, min(len(word), LONGEST_EDGE) + 1)]


def term(word: str) -> str:
    """Return the term for words with this prefix."""
    return word[:LONGEST_EDGE]


def highlight(text: str, queried: Sequence[str]) -> list[tuple[str, bool]]:
    """Split a text into pieces, each with whether it matches."""
    pieces: list[tuple[str, bool]] = []
    done = 0
    for match in _WORD.finditer(text):
        # A fraction is one match and several words.
        token = next(iter(words(match[0])), "")
        hit = max((word for word in queried if token.startswith(word)), key=len, default="")
        # Where folding changes the number of letters, the whole word is marked rather than a wrong part.
        end = match.end() if len(token) != len(match[0]) else match.start() + len(hit)
        if hit:
            pieces += [(text[done : match.start()], False), (text[match.start() : end], True)]
            done = end
    pieces.append((text[done:], False))
    return [piece for piece in pieces if piece[0]]


def _coded(word: str) -> str:
    # As code points, so that both databases see the same words in any script.
    return "".join(letter if letter.isascii() else f"u{ord(letter):05x}" for letter in word)
