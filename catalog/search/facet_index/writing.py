"""Updates bits, tallies, spans and sort keys."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import orjson
from django.db import connections, transaction
from django.utils import timezone

from catalog.models import Document, FacetBits, FacetClock, FacetSpan, FacetTally, ListKey
from catalog.records.record import Record
from catalog.search.facet_index.segments import (
    SIZE,
    WIDTH,
    Flips,
    Rows,
    gather,
    tally,
    turned,
    unpack,
)
from catalog.search.facet_index.spans import Span, spans
from catalog.search.facet_index.stored_bits import BATCH, count_tallies, write_bits
from catalog.search.facets import still


def refresh(records: dict[int, Record]) -> None:
    """Update these models, and all bits to now."""
    with transaction.atomic():
        timed = {pk: spans(record) for pk, record in records.items()}
        at, flips = _advance()
        _store_bits(records, timed, at, flips)
        FacetSpan.objects.filter(variant_id__in=list(records)).delete()
        FacetSpan.objects.bulk_create(
            [
                FacetSpan(
                    variant_id=pk,
                    facet=span.facet,
                    value=span.value,
                    amount=span.amount,
                    since=span.since,
                    until=span.until,
                )
                for pk, its_spans in timed.items()
                for span in its_spans
                # What holds for all time is in the bits; an amount is stored for its order, too.
                if span.since or span.until or span.amount is not None
            ],
            batch_size=BATCH,
        )
        _store_keys(records)


def forget(pk: int) -> None:
    """Remove a model before it is deleted."""
    with transaction.atomic():
        at, flips = _advance()
        _store_bits({}, {}, at, flips, gone={pk})
        FacetSpan.objects.filter(variant_id=pk).delete()


def build(using: str, **_kwargs: Any) -> None:
    """Build everything, if nothing is stored yet."""
    tables = connections[using].introspection.table_names()
    if ListKey._meta.db_table not in tables or FacetClock.objects.using(using).exists():  # noqa: SLF001
        return
    pks = list(Document.objects.using(using).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        bodies = Document.objects.filter(pk__in=pks[start : start + BATCH]).values_list("pk", "body")
        refresh({pk: orjson.loads(body) for pk, body in bodies})


def clear() -> None:
    """Delete everything before a rebuild."""
    for kind in (FacetBits, FacetTally, FacetSpan, ListKey, FacetClock):
        kind._default_manager.all().delete()  # noqa: SLF001


def _advance() -> tuple[datetime, Flips]:
    """Set the clock to now; return changed bits."""
    now = timezone.now()
    FacetClock.objects.get_or_create(pk=1, defaults={"as_of": now})
    # The row is the lock: two writers would lose each other's bits.
    clock = FacetClock.objects.select_for_update().get(pk=1)
    # `now` was read before the lock: another writer may have set a later instant meanwhile.
    before, clock.as_of = clock.as_of, max(now, clock.as_of)
    # Tells readers that bits changed between their queries: see `counting.count`.
    clock.writes += 1
    clock.save()
    return clock.as_of, turned(before, clock.as_of).bits


def _store_bits(
    records: dict[int, Record],
    timed: dict[int, list[Span]],
    at: datetime,
    flips: Flips,
    gone: Collection[int] = (),
) -> None:
    segments = {pk >> WIDTH for pk in (*records, *gone)} | flips.keys()
    stored: Rows = {}
    for segment, facet, value, bits in FacetBits.objects.filter(segment__in=segments).values_list(
        "segment", "facet", "value", "bits"
    ):
        stored[segment, facet, value] = unpack(bits)
    fresh = dict(stored)
    for segment, changes in flips.items():
        for (facet, value), mask in changes.items():
            fresh[segment, facet, value] = fresh.get((segment, facet, value), 0) ^ mask
    touched = gather((*records, *gone))
    for key in fresh:
        fresh[key] &= ~touched.get(key[0], 0)
    for pk, record in records.items():
        bit = 1 << (pk & (SIZE - 1))
        held = [*still(record), *((span.facet, span.value) for span in timed[pk] if span.holds(at))]
        for facet, value in held:
            key = (pk >> WIDTH, facet, value)
            fresh[key] = fresh.get(key, 0) | bit
    write_bits({key: bits for key, bits in fresh.items() if bits != stored.get(key)})
    before, after = tally(stored), tally(fresh)
    more = {key: after.get(key, 0) - before.get(key, 0) for key in before | after}
    count_tallies({key: number for key, number in more.items() if number})


def _store_keys(records: dict[int, Record]) -> None:
    ListKey.objects.bulk_create(
        [
            ListKey(
                variant_id=pk,
                name_key=f"{record['name'].lower()}\0{record['model_id']}".encode(),
                released_on=record["released_on"],
                context_window=record["context_window"],
            )
            for pk, record in records.items()
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["variant"],
        update_fields=["name_key", "released_on", "context_window"],
    )
