"""Names of models of which only an ID is known."""

import re
from collections.abc import Sequence

from catalog.text.identifiers import LONGEST_NAME

_BETWEEN_WORDS = re.compile(r"(?<!\d)-|-(?!\d)")
_VOWELS = frozenset("aeiouyAEIOUY")
# Shorter words begin alike by chance: "image" and "imagine".
_SHORTEST_STEM = 5


def derived_name(model_id: str, family_slug: str, family: str, actions: Sequence[str]) -> str:
    """Return a name made of family, action and the rest of the ID; the ID where no action is known.

    "Prism 2 Flex · text to image" for `prism-2-flex-text-to-image`, "Prism 2 Edit" for `prism-2-edit`.
    """
    named = [action for action in actions if action.replace("_", "-") in model_id]
    chief = max(named, key=len) if named else actions[0] if len(actions) == 1 else ""
    if not actions:
        return model_id
    rest = model_id.removeprefix(family_slug)
    is_prefixed = rest != model_id and rest[:1] in ("", "-")
    rest = rest if is_prefixed else model_id
    parts = rest.split(chief.replace("_", "-")) if named else [rest]
    # A hyphen between digits is part of a number: nobody knows whether 2-0 is 2.0.
    words = [word for part in parts for word in _BETWEEN_WORDS.split(part) if word]
    # Of another family by its slug, and of this one by its first word.
    is_whole = not is_prefixed and bool(words) and words[0] == family.lower().partition(" ")[0]
    title = " ".join([*([] if is_whole else [family]), *map(_as_word, words)])
    is_clear = not chief or any(_has_one_stem(word, _chief_word(chief)) for word in words)
    name = title if is_clear else f"{title} · {chief.replace('_', ' ')}"
    return name if len(name) <= LONGEST_NAME else model_id


def _chief_word(action: str) -> str:
    # What is made, else what is done: "music" of text_to_music, "edit" of edit_image.
    words = action.rpartition("_to_")[2].split("_")
    return next((word for word in words if word not in ("ai", "create")), words[0])


def _has_one_stem(one: str, other: str) -> bool:
    length = max(_SHORTEST_STEM, min(len(one), len(other)) - 1)
    return one[:length] == other[:length]


def _as_word(word: str) -> str:
    if not word.isalpha():
        return word
    # Without a vowel it is spelled, like "TTS".
    return word.upper() if _VOWELS.isdisjoint(word) else word.capitalize()
