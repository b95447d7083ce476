"""Input that has broken other sites: identifiers, queries, headers and Markdown, in `hostile.json`."""

import json
import os
from pathlib import Path

_KEPT = json.loads(Path(__file__).with_name("hostile.json").read_text(encoding="utf-8"))


def entries(kind):
    """All entries of `model_ids`, `api_query`, `http_headers` or `markdown`, as strings."""
    return [one if isinstance(one, str) else _spelt_out(one) for one in _KEPT[kind]]


SHARE = int(os.environ.get("HOSTILE_SHARE", "6"))
"""Where many entries meet many addresses, one in so many pairs is tried: HOSTILE_SHARE=1 tries all."""


def some(rows, number):
    """One in `SHARE` of these rows, for the partner with this number: the next partner meets the next ones.

    With at least `SHARE` partners each row meets some; of fewer rows than that each partner meets one.
    """
    step = min(SHARE, len(rows))
    return rows[number % step :: step]


def _spelt_out(long):
    return long["before"] + long["repeat"] * long["times"] + long["after"]


def raw(kind):
    """All entries of a kind as they are kept."""
    return _KEPT[kind]
