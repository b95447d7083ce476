"""Times imports of the real catalogs into an empty catalog: for each line, the seconds that each took."""

import json
import sys
from datetime import timedelta
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]

import os  # noqa: E402

import django  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["DEBUG"] = "on"

SAMPLE = 400
"""Models that the loop one by one is timed on; its time grows with them, row by row."""


def main():
    """Answer `map` with the times of one catalog and of the loop, `all` with those of the four together."""
    django.setup()
    from django.conf import settings

    import real_catalogs

    settings.DEBUG = False
    for line in sys.stdin:
        if not real_catalogs.are_here():
            answer = {"missing": real_catalogs.MISSING}
        else:
            answer = _map(real_catalogs) if line.strip() == "map" else _all(real_catalogs)
        print(json.dumps(answer), flush=True)  # noqa: T201


def _map(real):
    from catalog.exchange.importing import carry_out

    models = real.planned("litellm").models
    loops = {
        name: _spent(lambda in_step=in_step: real.write_one_by_one(models[:SAMPLE], in_step=in_step))
        * len(models)
        / SAMPLE
        for name, in_step in (("rows", False), ("records", True))
    }
    first = _spent(lambda: carry_out(real.planned("litellm"), reason="Measured"))
    second = _spent(lambda: _unchanged(real, "litellm"))
    return loops | {"first": first, "second": second}


def _all(real):
    from catalog.exchange.importing import carry_out

    times = {}
    for name in real.FILES:
        started = perf_counter()
        found = real.planned(name)
        carry_out(found, reason="Measured")
        lost = sum(found.lost.values())
        said = f"{found.rows:,} rows, {len(found.refused)} refused, {lost:,} values without a place"
        times[name] = perf_counter() - started, said
    return times | {"all four": (sum(seconds for seconds, _said in times.values()), "together")}


def _unchanged(real, name):
    assert real.planned(name, at=real.AT + timedelta(hours=1)).is_empty


def _spent(run):
    started = perf_counter()
    run()
    return perf_counter() - started


main()
