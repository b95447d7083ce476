"""Times every type of page of one catalog: for each line read, milliseconds, memory and size."""

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
os.environ["DEBUG"] = "on"

TIMES = 3


def addresses():
    """Kind of page -> address, with the models that the catalog begins with."""
    from catalog.models import Variant

    first = list(Variant.objects.order_by("pk").select_related("family__provider")[:6])
    family = f"/models/{first[0].family.slug}"
    fixed = (
        "/ /models /models.md /providers /providers.md /pricing /pricing.md /status /status.md /changes "
        "/skills /compare /docs /llms.txt /changes.atom /lifecycle.ics "
        "/api/v1/models /api/v1/families /api/v1/status"
    )
    return {address: address for address in fixed.split()} | {
        "the list, filtered": "/models?capability=tool_call&min_context=200000&sort=input_price",
        "a search": f"/search?q={first[0].family.name}",
        "a family": family,
        "a provider": f"/providers/{first[0].family.provider.slug}",
        "a model": first[0].path,
        "a model as JSON": f"{first[0].path}.json",
        "six models beside each other": f"/compare?models={','.join(one.model_id for one in first)}",
        "the skill of a family": f"/skills/{first[0].family.slug}",
    }


def main():
    """Answer each line, the name of a kind, with what it took."""
    django.setup()
    from django.conf import settings
    from django.test import Client

    settings.DEBUG = False
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    client, known = Client(SERVER_NAME="localhost"), addresses()
    for line in sys.stdin:
        kind = line.strip()
        print(json.dumps(_spent(client, known[kind]) if kind else list(known)), flush=True)  # noqa: T201


def _spent(client, address):
    spent = []
    for _ in range(TIMES):
        started = perf_counter()
        size = len(_page(client, address))
        spent.append((perf_counter() - started) * 1_000)
    tracemalloc.start()
    _page(client, address)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return {"ms": spent, "peak": peak, "size": size}


def _page(client, address):
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


main()
