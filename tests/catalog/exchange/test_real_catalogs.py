"""The real catalogs, whole, where they are: counts, refusals, time, pages, what bulk writing gains."""

import os
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import needs
from catalog.exchange.importing import carry_out
from catalog.models import Provider, Variant
from other_catalogs import AT
from page_types import PAGE_TYPES
from real_catalogs import FILES, MISSING, are_here, planned, write_one_by_one

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
