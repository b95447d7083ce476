"""Writes bits and tallies that changed."""

from catalog.models import FacetBits, FacetTally
from catalog.search.facet_index.segments import (
    Key,
    Rows,
    pack,
)

BATCH = 500


def write_bits(changed: Rows) -> None:
    """Store changed bits; values of no model are deleted."""
    FacetBits.objects.bulk_create(
        [
            FacetBits(segment=segment, facet=facet, value=value, bits=pack(bits))
            for (segment, facet, value), bits in changed.items()
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["segment", "facet", "value"],
        update_fields=["bits"],
    )
    for segment in {key[0] for key in changed}:
        FacetBits.objects.filter(segment=segment, bits=b"").delete()


def count_tallies(more: dict[Key, int]) -> None:
    """Add to the tallies."""
    if not more:
        return
    facets = {facet for facet, _value in more}
    values = sorted({value for _facet, value in more})
    known: dict[Key, int] = {}
    for start in range(0, len(values), BATCH):
        rows = FacetTally.objects.filter(facet__in=facets, value__in=values[start : start + BATCH])
        known |= {
            (facet, value): count for facet, value, count in rows.values_list("facet", "value", "count")
        }
    FacetTally.objects.bulk_create(
        [
            FacetTally(facet=facet, value=value, count=known.get((facet, value), 0) + number)
            for (facet, value), number in more.items()
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["facet", "value"],
        update_fields=["count"],
    )
    FacetTally.objects.filter(count=0).delete()
