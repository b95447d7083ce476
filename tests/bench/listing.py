"""The list of models in 100,000 models beside the same in 300."""

import json
from statistics import median, quantiles

from bench.catalogs import workers
from bench.registry import Row, benchmark

SMALL, LARGE = 300, 100_000
ROUNDS = 8
MOST_MS = 60
LEAST_MB, MOST_GROWTH = 1, 1.5
"""Megabytes of a full page, below which pages are not told apart: a selection of 300 models fills no page."""


@benchmark
def listing():
    """Milliseconds of /models, whole page: 100,000 models beside 300 in turn, then beside the limit."""
    with workers("listing_worker.py", SMALL, LARGE) as (small, large):
        kinds = json.loads(small(""))
        spent = {kind: ([], [], []) for kind in kinds}
        for round_number in range(ROUNDS + 1):
            for kind in kinds:
                found = json.loads(large(kind)), json.loads(small(kind))
                # The first round warms up.
                if round_number:
                    spent[kind][0].extend(found[0]["ms"])
                    spent[kind][1].extend(found[1]["ms"])
                    spent[kind][2].append((found[0]["peak"], found[1]["peak"]))
        for kind, (measured, beside, _peaks) in spent.items():
            wanted = 1.2 if kind == "no filter" else None
            yield Row(f"/models, {kind}, p50", median(measured), median(beside), "ms", wanted)
        for kind in [kind for kind in kinds if kind.startswith("three")]:
            p95 = quantiles(spent[kind][0], n=20)[-1]
            yield Row(f"/models, {kind}, p95 beside the limit", p95, MOST_MS, "ms", 1)
        for kind, (_measured, _beside, peaks) in spent.items():
            large_peak, small_peak = (max(peak, LEAST_MB) for peak in peaks[-1])
            yield Row(f"memory of /models, {kind}", large_peak, small_peak, "MB", MOST_GROWTH)
