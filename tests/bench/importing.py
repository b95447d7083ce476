"""Imports of the real catalogs: beside a loop of `update_or_create`, and all four together."""

import json
from itertools import zip_longest

from bench.catalogs import empty_worker
from bench.registry import CannotRunError, Row, benchmark

GAIN, GAIN_UNCHANGED = 8, 25
MOST_SECONDS = 60


@benchmark
def imports():
    """Seconds of an import of LiteLLM's real map, beside a loop row by row; four real catalogs together."""
    with empty_worker("importing_worker.py") as ask:
        found = json.loads(ask("map"))
        if "missing" in found:
            raise CannotRunError(found["missing"])
        # A loop that leaves records and indexes behind is no catalog that anybody can look at.
        for name, loop, gains in (("and records", "records", (GAIN, GAIN_UNCHANGED)), ("alone", "rows", ())):
            for what, gain in zip_longest(("first", "second"), gains):
                said = "an import" if what == "first" else "again, unchanged"
                yield Row(f"{said}, beside rows {name}", found[what], found[loop], "s", gain and 1 / gain)
    with empty_worker("importing_worker.py") as ask:
        for name, (seconds, counts) in json.loads(ask("all")).items():
            yield Row(f"{name}: {counts}", seconds, MOST_SECONDS, "s", 1)
