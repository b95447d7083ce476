"""Known names of conditions, and the nearest to others."""

import difflib
from collections.abc import Collection

from catalog.pricing.conditions.kinds import KINDS, PROMPT_FROM, WORKED_OUT

BUILT_IN = (*KINDS, PROMPT_FROM, *sorted(WORKED_OUT))
# Shorter names differ by one letter without a slip: `mode` and `model`, `seed` and `speed`.
SHORTEST = 6
NEAR = 0.85


def is_known(name: str, parameters: Collection[str] = ()) -> bool:
    """Whether a name is built in or a model's parameter."""
    return name in BUILT_IN or name in parameters


def near(name: str, parameters: Collection[str] = ()) -> str:
    """Return the nearest known name, or ""."""
    plain = {_plain(known): known for known in (*sorted(parameters), *BUILT_IN)}
    if _plain(name) in plain:
        return plain[_plain(name)]
    if len(name) < SHORTEST:
        return ""
    # A slip keeps the first letter: without that, `first_frame` is taken for `last_frame`.
    alike = [word for word in plain if word[:1] == _plain(name)[:1]]
    close = difflib.get_close_matches(_plain(name), alike, n=1, cutoff=NEAR)
    return plain[close[0]] if close else ""


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())
