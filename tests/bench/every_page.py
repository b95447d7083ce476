"""Every type of page in 100,000 models beside the same in 300: its time, its memory and its size."""

import json
from statistics import median

from bench.catalogs import workers
from bench.listing import LARGE, MOST_GROWTH, SMALL
from bench.registry import Row, benchmark

ROUNDS = 3
FULL = 30_000
"""So many models fill a page of every list: memory beyond this is growth with the catalog."""
LEAST_MB = 0.25
"""Megabytes below which pages are not told apart: what the leanest pages take."""


@benchmark
def pages():
    """What a page of each type takes: 100,000 models beside 300, its memory beside 30,000, rounds in turn."""
    with workers("pages_worker.py", SMALL, FULL, LARGE) as (small, full, large):
        kinds = json.loads(small(""))
        spent = {kind: [] for kind in kinds}
        for _ in range(ROUNDS):
            for kind in kinds:
                spent[kind].append((json.loads(large(kind)), json.loads(small(kind))))
        for kind, rounds in spent.items():
            measured, beside = (min(median(one[side]["ms"]) for one in rounds) for side in (0, 1))
            yield Row(f"{kind}, time", measured, beside, "ms")
        for kind, rounds in spent.items():
            peaks = (rounds[-1][0]["peak"], json.loads(full(kind))["peak"])
            measured, beside = (max(peak, LEAST_MB) for peak in peaks)
            yield Row(f"{kind}, memory", measured, beside, "MB", MOST_GROWTH)
        for kind, rounds in spent.items():
            yield Row(f"{kind}, size", rounds[-1][0]["size"] / 1e3, rounds[-1][1]["size"] / 1e3, "kB")
