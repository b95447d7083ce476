"""Promises of the operator, and which values they take."""

import re
from collections.abc import Mapping

from catalog.text.language import say
from catalog.text.refusal import shown
from catalog.vocabulary import PromiseName

Promises = Mapping[str, str]
"""What is promised -> its value, "yes" where it has none."""
SILENCE: Promises = {}
YES = "yes"
OF_DAYS = frozenset({PromiseName.RESULTS_KEPT_DAYS})
OF_PATHS = frozenset({PromiseName.KEY_PAGE, PromiseName.KEY_CHECK, PromiseName.PRICE_SCHEDULES})
_DAYS = re.compile(r"[1-9][0-9]{0,4}")
_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)+/?")


def value_in_words(name: str) -> str:
    """Return which value a promise takes, blank if none."""
    if name in OF_DAYS:
        return say("a number of days")
    return say("a path below the API's base URL") if name in OF_PATHS else ""


def check_value(name: str, value: str) -> str:
    """Return the value of a promise; raise ValueError."""
    if name in OF_DAYS and not _DAYS.fullmatch(value):
        raise ValueError(f"{shown(value)} is no number of days: write one like 7")
    if name in OF_PATHS and not _PATH.fullmatch(value):
        raise ValueError(f"{shown(value)} is no path below the API's base URL: write one like /api_keys")
    if name not in OF_DAYS | OF_PATHS and value:
        raise ValueError(f"{shown(value)} says nothing: {name} takes no value")
    return value
