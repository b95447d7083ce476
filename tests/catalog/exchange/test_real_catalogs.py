"""The real catalogs, whole, where they are: counts, refusals, time, pages, what bulk writing gains."""

import json
import os
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import needs
from catalog.exchange.importing import ImportScope, carry_out, prepare
from catalog.models import Price, Provider, Variant
from other_catalogs import AT
from page_types import PAGE_TYPES
from real_catalogs import DATA, FILES, LATER_MAP, MISSING, are_here, planned, write_one_by_one

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not are_here(), reason=f"The real catalogs are not here. {MISSING} {needs.BESIDE}"),
]

ROWS = {"models-dev": 5276, "litellm": 4551, "openrouter": 421, "genai-prices": 1466}
TOGETHER = os.environ.get("REAL_IMPORTS", "openrouter genai-prices").split()
"""The catalogs that are imported one after another; all four take a minute."""
TIMED = "litellm"
SAMPLE = 100
"""Models that the loop one by one is timed on; its time grows with them, row by row."""


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_imported_or_refused_with_a_reason(name):
    found = planned(name)
    again = found.lost["rows that say again what one before them said"]
    assert found.rows == ROWS[name] == len(found.models) + len(found.refused) + again
    assert len(found.refused) <= 20
    for one in found.refused:
        assert one.place.file == FILES[name]
        assert one.reason
    print(name, len(found.models), "models", [(one.subject, one.reason) for one in found.refused])  # noqa: T201


def test_the_later_map_of_litellm_is_imported_with_its_aliases_and_successors():
    found = planned("litellm", file=LATER_MAP)
    again = found.lost["rows that say again what one before them said"]
    aliases = sum(len(entry.groups.get("aliases", ())) for entry in found.models)
    assert found.rows == 4876 == len(found.models) + len(found.refused) + again + aliases
    assert aliases == 98
    assert len(found.refused) <= 20
    assert all(one.reason for one in found.refused)
    carry_out(found, reason="Real")
    assert Variant.objects.get(aliases__alias_id="anthropic/claude-opus-latest").model_id == (
        "anthropic/claude-opus-5-5"
    )
    assert Variant.objects.filter(replacement__isnull=False).count() >= 150
    assert Price.objects.filter(meter="cache_write_12h_tokens").exists()
    assert Price.objects.filter(meter="output_image_tokens").exists()
    hours = planned("litellm", file=LATER_MAP, at=AT + timedelta(hours=1))
    assert hours.is_empty, hours.lines[:3]


def test_a_models_dev_of_eight_thousand_models_is_imported_with_every_refusal_explained():
    """The real one, and again under other makers with what a year of drift brings to each tenth model."""
    whole = json.loads((DATA / FILES["models-dev"]).read_text())
    makers = list(whole.items())
    rows = ROWS["models-dev"]
    counts = Counter()
    for key, maker in makers:
        if rows >= 8_000:
            break
        models = {id_: dict(model) for id_, model in maker["models"].items()}
        for at, model in enumerate(models.values()):
            if at % 10 == 0:
                counts.update(_drifted(model))
        copy = f"{key}-again"
        whole[copy] = {**maker, "id": copy, "name": f"{maker['name']} again", "models": models}
        rows += len(models)
    assert rows >= 8_000
    content = json.dumps(whole).encode()
    with clock() as took:
        found = prepare(ImportScope("models-dev", "models"), content, "api.json", AT)
    again = found.lost["rows that say again what one before them said"]
    assert found.rows == rows == len(found.models) + len(found.refused) + again
    assert all(one.reason and one.place.file == "api.json" for one in found.refused)
    assert len(found.refused) <= 20
    for what, count in counts.items():
        assert found.lost[what] == count, what
    marked = [entry for entry in found.models if any(price.omits for price in entry.prices)]
    assert len(marked) == counts["cost.tiers of type mood"]
    print(rows, "rows", len(found.refused), "refused", f"{took():.1f} s")  # noqa: T201


def _drifted(model):
    """Change a model as later releases of the list do; yield what is counted of it."""
    model |= {"status": "sunset", "name": f" {model['name']}\t", "benchmarks_v2": [{"a": 1}]}
    yield from ("status sunset", "benchmarks_v2")
    if model.get("cost"):
        tier = {"input": 9, "output": 9, "tier": {"type": "mood"}}
        model["cost"] = {**model["cost"], "tiers": [*model["cost"].get("tiers", ()), tier]}
        yield "cost.tiers of type mood"


@pytest.mark.soak
def test_together_they_are_imported_in_a_minute_every_page_works_and_they_are_then_up_to_date(client):
    before = Variant.objects.count()
    with CaptureQueriesContext(connection) as queries, clock() as took:
        for name in TOGETHER:
            carry_out(planned(name), reason="Real")
    assert Variant.objects.count() - before > 0.8 * sum(ROWS[name] for name in TOGETHER)
    assert not Variant.objects.filter(document__isnull=True).exists()
    assert took() < 60, f"{took():.1f} s"
    assert len(queries) < Variant.objects.count(), f"{len(queries)} queries"
    for name in TOGETHER:
        again = planned(name, at=AT + timedelta(hours=1))
        assert again.is_empty, again.lines[:3]
    print(f"{took():.1f} s, {len(queries)} queries")  # noqa: T201
    _every_page_works(client)


def _every_page_works(client):
    """Ask for a page of each type, and for a model, its family and its maker of every provider."""
    made = Variant.objects.order_by("family__provider", "-pk").select_related("family__provider")
    one_each = {variant.family.provider_id: variant for variant in made}
    assert len(one_each) == Provider.objects.count()
    wanted = {path: 404 if what == "nothing there" else 200 for what, path in PAGE_TYPES.items()}
    for variant in one_each.values():
        for path in (
            variant.path,
            f"/models/{variant.family.slug}",
            f"/providers/{variant.family.provider.slug}",
        ):
            wanted[path] = 200
    for path in ("/llms.txt", "/llms-full.txt", "/changes.atom", "/lifecycle.ics"):
        wanted[path] = 200
    answered = {path: client.get(path, follow=True).status_code for path in wanted}
    assert answered == wanted


def test_bulk_writing_gains_what_it_was_built_for():
    """The loop writes the same rows, one after another, and keeps each record in step, as a loop must."""
    with clock() as one_by_one:
        write_one_by_one(planned(TIMED).models[:SAMPLE], in_step=True)
    with clock() as first:
        found = planned(TIMED)
        carry_out(found, reason="Real")
    with clock() as second:
        assert planned(TIMED, at=AT + timedelta(hours=1)).is_empty
    loop = one_by_one() * len(found.models) / SAMPLE
    print(f"loop {loop:.1f} s, import {first():.1f} s, unchanged {second():.1f} s")  # noqa: T201
    assert loop / first() >= 8, f"{loop / first():.1f}"
    assert loop / second() >= 25, f"{loop / second():.1f}"


@contextmanager
def clock():
    """Time a block, in seconds of this process: what others do on the machine is not counted."""
    began, ended = time.process_time(), []
    yield lambda: (ended[0] if ended else time.process_time()) - began
    ended.append(time.process_time())
