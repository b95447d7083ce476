"""Bits and tallies at an instant."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from catalog.models import FacetBits, FacetClock
from catalog.search.facet_index.segments import Bits, Key, Rows, Turned, tally, unpack
from catalog.search.facets import RETIRED


def read_clock() -> tuple[datetime, int] | None:
    """Return the instant of the stored bits, and their version."""
    return FacetClock.objects.values_list("as_of", "writes").first()


def turned_tally(changes: Turned, left_out: Bits) -> dict[Key, int]:
    """Return how tallies differ at another instant."""
    differences: dict[Key, int] = {}

    def add(key: Key, number: int) -> None:
        differences[key] = differences.get(key, 0) + number

    bits = changes.bits
    # Whoever retires takes all that is said of it along: such segments are counted anew.
    moved = {segment for segment, flips in bits.items() if ("lifecycle", RETIRED) in flips}
    for sign, flips in ((1, changes.gained), (-1, changes.lost)):
        for segment in flips.keys() - moved:
            for key, mask in flips[segment].items():
                out = 0 if key[0] == "lifecycle" else left_out.get(segment, 0)
                add(key, sign * (mask & ~out).bit_count())
    if moved:
        rows = FacetBits.objects.filter(segment__in=moved).values_list("segment", "facet", "value", "bits")
        held: Rows = {row[:3]: unpack(row[3]) for row in rows}
        for key, number in tally(held).items():
            add(key, -number)
        for segment in moved:
            for key, mask in bits[segment].items():
                held[segment, *key] = held.get((segment, *key), 0) ^ mask
        for key, number in tally(held).items():
            add(key, number)
    return differences


def read_bits(stored: str, value: str, changes: Turned) -> Bits:
    """Return the models that have a value."""
    rows = FacetBits.objects.filter(facet=stored, value=value).values_list("segment", "bits")
    bits_by_segment = {segment: unpack(bits) for segment, bits in rows}
    for segment, flips in changes.bits.items():
        bits_by_segment[segment] = bits_by_segment.get(segment, 0) ^ flips.get((stored, value), 0)
    return bits_by_segment


def read_segments(changes: Turned) -> Iterator[tuple[int, dict[str, dict[str, int]]]]:
    """Yield segments in order: facet -> value -> bits."""
    flips = changes.bits
    rows = FacetBits.objects.order_by("segment").values_list("segment", "facet", "value", "bits")
    for segment, group in groupby(rows.iterator(chunk_size=500), itemgetter(0)):
        held: dict[str, dict[str, int]] = {}
        for _segment, facet, value, bits in group:
            if facet in held:
                held[facet][value] = unpack(bits)
            else:
                held[facet] = {value: unpack(bits)}
        _turn(held, flips.get(segment, {}))
        yield segment, held


def _turn(held: dict[str, dict[str, int]], flips: dict[Key, int]) -> None:
    for (facet, value), mask in flips.items():
        values = held.setdefault(facet, {})
        values[value] = values.get(value, 0) ^ mask
