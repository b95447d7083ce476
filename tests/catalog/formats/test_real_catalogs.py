"""The real catalogs, whole, where they are at hand: counts, refusals, time, and how much bulk writing gains.

They lie beside the project (`REAL_CATALOGS` names another folder). Where they do not, nothing can be held
against, which is said; the pieces in `pieces/` prove each reader without them.
"""

import os
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from catalog import changes, documents
from catalog.formats.importing import Asked, carry_out, prepare
from catalog.models import ChangeEvent, Family, Price, Provider, Source, Variant
from catalog.vocabulary import ChangeKind, Origin
from other_catalogs import AT

pytestmark = pytest.mark.django_db

DATA = Path(os.environ.get("REAL_CATALOGS", Path(__file__).parents[4] / "shared/data"))
FILES = {
    "models-dev": "models_dev_api.json",
    "litellm": "litellm_model_prices.json",
    "openrouter": "openrouter_models.json",
    "genai-prices": "genai_prices_v2.json",
}
ROWS = {"models-dev": 5276, "litellm": 4551, "openrouter": 421, "genai-prices": 1466}
SAMPLE = 400
"""Models that the loop one by one is timed on; its time grows with them, row by row."""


def absent():
    """Say that the files are not here, if they are not."""
    if DATA.is_dir():
        return False
    print(f"No real catalogs in {DATA}: only the trimmed pieces are read.")  # noqa: T201
    return True


def planned(name, mode="models", at=AT):
    content = (DATA / FILES[name]).read_bytes()
    return prepare(Asked(name, mode), content, FILES[name], at)


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_imported_or_refused_with_a_reason(name):
    if absent():
        return
    found = planned(name)
    again = found.lost["rows that say again what one before them said"]
    assert found.rows == ROWS[name] == len(found.models) + len(found.refused) + again
    assert len(found.refused) <= 20
    for one in found.refused:
        assert one.place.file == FILES[name]
        assert one.reason
    print(name, len(found.models), "models", [(one.subject, one.reason) for one in found.refused])  # noqa: T201


def test_all_four_together_are_imported_in_a_minute_and_are_then_up_to_date():
    if absent():
        return
    with CaptureQueriesContext(connection) as queries, clock() as took:
        for name in FILES:
            carry_out(planned(name), reason="Real")
    assert Variant.objects.count() > 10_000
    assert not Variant.objects.filter(document__isnull=True).exists()
    assert took() < 60, f"{took():.1f} s"
    assert len(queries) < Variant.objects.count(), f"{len(queries)} queries"
    for name in FILES:
        again = planned(name, at=AT + timedelta(hours=1))
        assert again.is_empty, again.lines[:3]
    print(f"{took():.1f} s, {len(queries)} queries")  # noqa: T201


def test_bulk_writing_gains_what_it_was_built_for():
    """The loop writes the same rows, one after another, and keeps each record in step, as a loop must."""
    if absent():
        return
    naive = _one_by_one(SAMPLE)
    with clock() as first:
        found = planned("litellm")
        carry_out(found, reason="Real")
    total = len(found.models)
    with clock() as second:
        assert planned("litellm", at=AT + timedelta(hours=1)).is_empty
    loop = naive * total / SAMPLE
    print(f"loop {loop:.1f} s, import {first():.1f} s, unchanged {second():.1f} s")  # noqa: T201
    assert loop / first() >= 8, f"{loop / first():.1f}"
    assert loop / second() >= 25, f"{loop / second():.1f}"


def _one_by_one(count):
    found = planned("litellm")
    with clock() as took, transaction.atomic():
        edition = changes.Edition(None, Origin.FILE, "One by one")
        for entry in found.models[:count]:
            provider = entry.family.partition(".")[0]
            maker, _ = Provider.objects.update_or_create(slug=provider, defaults={"name": provider})
            line, _ = Family.objects.update_or_create(slug=entry.family, defaults={"provider": maker})
            variant, _ = Variant.objects.update_or_create(
                model_id=entry.model_id, defaults={"family": line, **entry.fields}
            )
            for row in entry.groups.get("sources", []):
                Source.objects.update_or_create(variant=variant, label=row["label"], defaults=row)
            for price in entry.prices:
                _price(variant, price, edition.revision)
            ChangeEvent.objects.create(
                revision=edition.revision, kind=ChangeKind.CATALOG, variant=variant, subject=entry.model_id
            )
            documents.rebuild([variant.pk], edition.revision.number)
        transaction.set_rollback(True)
    return took()


def _price(variant, price, revision):
    Price.objects.update_or_create(
        variant=variant,
        kind=price.kind,
        meter=price.meter,
        conditions_key=price.conditions_key,
        effective_from=price.effective_from,
        defaults={
            "state": price.state,
            "per": price.per,
            "amount": price.amount,
            "conditions": price.conditions,
            "source_url": price.source_url,
            "source_label": price.source_label,
            "checked_on": price.checked_on,
            "note": price.note,
            "revision": revision,
        },
    )


@contextmanager
def clock():
    """Time a block, in seconds of this process: what others do on the machine is not counted."""
    began, ended = time.process_time(), []
    yield lambda: (ended[0] if ended else time.process_time()) - began
    ended.append(time.process_time())
