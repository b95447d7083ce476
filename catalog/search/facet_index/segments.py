"""Sets of models as bits, and their changes over time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from catalog.models import FacetSpan
from catalog.search.facet_index.spans import holds
from catalog.search.facets import RETIRED

# 4,096 models a segment: 512 bytes a row.
WIDTH = 12
SIZE = 1 << WIDTH
Key = tuple[str, str]
"""Facet and value."""
Bits = dict[int, int]
"""Segment -> a bit per model."""
Flips = dict[int, dict[Key, int]]
"""Segment -> facet and value -> models that changed."""
Rows = dict[tuple[int, str, str], int]
"""Segment, facet and value -> bits."""


def gather(pks: Iterable[int]) -> Bits:
    """Return primary keys as bits."""
    # Bytes first: an integer is copied for every bit that is set in it.
    segments: dict[int, bytearray] = {}
    for pk in pks:
        held = segments.setdefault(pk >> WIDTH, bytearray(SIZE // 8))
        place = pk & (SIZE - 1)
        held[place >> 3] |= 1 << (place & 7)
    return {segment: int.from_bytes(held, "little") for segment, held in segments.items()}


def spread(bits: Bits) -> Iterator[int]:
    """Yield the primary keys of a set, in order."""
    for segment in sorted(bits):
        left, base = bits[segment], segment << WIDTH
        while left:
            low = left & -left
            yield base + low.bit_length() - 1
            left ^= low


def tally(held: Rows) -> dict[Key, int]:
    """Count the models of each value."""
    counts: dict[Key, int] = {}
    for (segment, facet, value), bits in held.items():
        # Lists leave out retired models; only lifecycles are counted over all.
        out = 0 if facet == "lifecycle" else held.get((segment, "lifecycle", RETIRED), 0)
        if number := (bits & ~out).bit_count():
            counts[facet, value] = counts.get((facet, value), 0) + number
    return counts


def size(bits: Bits) -> int:
    """Return the number of models of a set."""
    return sum(each.bit_count() for each in bits.values())


def pack(bits: int) -> bytes:
    """Return bits as bytes."""
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


def unpack(stored: bytes | memoryview) -> int:
    """Return bytes as bits."""
    return int.from_bytes(stored, "little")


@dataclass(slots=True)
class Turned:
    """Changes between two instants."""

    gained: Flips = field(default_factory=dict)
    lost: Flips = field(default_factory=dict)

    @property
    def bits(self) -> Flips:
        """Return the bits to flip."""
        by_segment: Flips = {}
        for flips in (self.gained, self.lost):
            for segment, changes in flips.items():
                held = by_segment.setdefault(segment, {})
                for key, mask in changes.items():
                    # By XOR: a value that was lost and gained again stays as it was.
                    held[key] = held.get(key, 0) ^ mask
        return by_segment


def turned(before: datetime, after: datetime) -> Turned:
    """Return what changes between two instants, in either direction."""
    difference = Turned()
    first, last = min(before, after), max(before, after)
    rows = FacetSpan.objects.filter(Q(since__gt=first, since__lte=last) | Q(until__gt=first, until__lte=last))
    columns = rows.values_list("variant_id", "facet", "value", "since", "until")
    for pk, facet, value, since, until in columns.iterator(chunk_size=2_000):
        is_then = holds(since, until, after)
        if holds(since, until, before) != is_then:
            key, flips = (facet, value), difference.gained if is_then else difference.lost
            bits = flips.setdefault(pk >> WIDTH, {})
            bits[key] = bits.get(key, 0) | (1 << (pk & (SIZE - 1)))
    return difference
