"""Times queries on one catalog: for each line read, the milliseconds of every query of that kind."""

import json
import sys
from datetime import date
from pathlib import Path
from random import Random
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

import os  # noqa: E402

import django  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

SAMPLES = 40
FIRST_MODELS = 5_000
"""Queries are made of the models that every catalog of the same seed begins with."""


def queries():
    """Kind of query -> what is typed; the same for all catalogs."""
    from catalog.models import Variant

    rows = Variant.objects.order_by("pk").values_list("model_id", "name")[:FIRST_MODELS]
    chosen = Random(7).sample(list(rows), SAMPLES)
    words = [name.lower().split() for _, name in chosen]
    typed = [" ".join(said) for said in words[: SAMPLES // 4]]
    return {
        "each key as it is typed": [text[:end] for text in typed for end in range(1, len(text) + 1)],
        "exact ID": [model_id for model_id, _ in chosen],
        "name": [" ".join(said) for said in words],
        "words reversed": [" ".join(reversed(said)) for said in words],
        "no punctuation": ["".join(said) for said in words],
        "three letters": [said[0][:3] for said in words],
        "five letters": [said[0][:5] for said in words],
        "family and version": [" ".join(said[:2]) for said in words],
        "typing error": [said[0][:3] + said[0][2:] + " " + said[1] for said in words],
        "no family, two words": [" ".join(said[1:3]) for said in words],
    }


def main():
    """Answer each line, the name of a kind, with a list of milliseconds."""
    django.setup()
    from catalog.search.finding import find

    asked, today = queries(), date(2026, 11, 24)
    for line in sys.stdin:
        spent = []
        for text in asked[line.strip()] if line.strip() else []:
            started = perf_counter()
            find(text, today, 10)
            spent.append((perf_counter() - started) * 1_000)
        print(json.dumps(spent if line.strip() else list(asked)), flush=True)  # noqa: T201


main()
