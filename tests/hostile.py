"""Input that has broken other sites: identifiers, queries, headers and Markdown, in `hostile.json`."""

import json
from pathlib import Path

_KEPT = json.loads(Path(__file__).with_name("hostile.json").read_text(encoding="utf-8"))


def entries(kind):
    """All entries of `model_ids`, `api_query`, `http_headers` or `markdown`, as strings."""
    return [one if isinstance(one, str) else _spelt_out(one) for one in _KEPT[kind]]


def _spelt_out(long):
    return long["before"] + long["repeat"] * long["times"] + long["after"]


def raw(kind):
    """All entries of a kind as they are kept."""
    return _KEPT[kind]
