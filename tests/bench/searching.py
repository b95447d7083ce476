"""Search in 100,000 models beside search in 5,000."""

import json
from statistics import median

from bench.catalogs import workers
from bench.registry import Row, benchmark

SMALL, LARGE = 5_000, 100_000
ROUNDS = 5
MOST_MS = 2


@benchmark
def search():
    """Milliseconds of a query in the backend, p50: 100,000 models beside 5,000, rounds in turn."""
    with workers("search_worker.py", SMALL, LARGE) as (small, large):
        kinds = json.loads(small(""))
        spent = {kind: ([], []) for kind in kinds}
        for round_number in range(ROUNDS + 1):
            for kind in kinds:
                found = json.loads(large(kind)), json.loads(small(kind))
                # The first round warms up.
                if round_number:
                    spent[kind][0].extend(found[0])
                    spent[kind][1].extend(found[1])
        for kind, (measured, beside) in spent.items():
            yield Row(f"search: {kind}", median(measured), median(beside), "ms")
        every = [[one for kind in kinds for one in spent[kind][side]] for side in (0, 1)]
        yield Row("search: all of these", median(every[0]), median(every[1]), "ms", wanted=1.5)
        yield Row("search: all of these, beside the limit", median(every[0]), MOST_MS, "ms", wanted=1)
