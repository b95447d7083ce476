"""Times the list of models of one catalog: for each line read, milliseconds and the memory of one request."""

import json
import sys
import tracemalloc
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

import os  # noqa: E402

import django  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# What an environment says of a site in production.
os.environ.setdefault("SECRET_KEY", "Bench-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH")
os.environ["DEBUG"] = "on"

TIMES = 5
ADDRESSES = {
    "no filter": "/models",
    "page 4": "/models?page=4",
    "by input price": "/models?sort=input_price",
    "three facets": "/models?capability=tool_call&min_context=200000&lifecycle=active",
    "three facets by price": (
        "/models?capability=tool_call&retiring=false&max_input_price=10&sort=input_price"
    ),
    "three facets by release": (
        "/models?lifecycle=active&min_context=128000&capability=streaming&sort=-released_on"
    ),
}


def main():
    """Answer each line, the name of a kind, with what it took."""
    django.setup()
    from django.conf import settings
    from django.test import Client

    settings.DEBUG = False
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    client = Client(SERVER_NAME="localhost")
    for line in sys.stdin:
        kind = line.strip()
        print(json.dumps(_spent(client, ADDRESSES[kind]) if kind else list(ADDRESSES)), flush=True)  # noqa: T201


def _spent(client, address):
    spent = []
    for _ in range(TIMES):
        started = perf_counter()
        assert client.get(address).status_code == 200
        spent.append((perf_counter() - started) * 1_000)
    tracemalloc.start()
    client.get(address)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return {"ms": spent, "peak": peak}


main()
