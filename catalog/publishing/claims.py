"""Stores what other catalogs state of models."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalog.models import SourceClaim
from catalog.publishing.publish import Edition

BATCH = 500
CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class ClaimChanges:
    """Changes of a source's claims; `confirmed` holds primary keys."""

    source: str
    day: date
    added: Sequence[SourceClaim]
    changed: Sequence[SourceClaim]
    confirmed: Sequence[int]
    withdrawn: Sequence[SourceClaim]


def write_claims(
    edition: Edition, changes: ClaimChanges, progress: Callable[[int, int], None] | None = None
) -> None:
    """Store claims: what other sources state is no change of the catalog, and no event of its history."""
    revision = edition.begin()
    for claim in (*changes.added, *changes.changed):
        claim.revision_id = revision
    for done in range(0, len(changes.added), BATCH):
        edition.add_many(changes.added[done : done + BATCH], with_keys=False)
        if progress:
            progress(min(done + BATCH, len(changes.added)), len(changes.added))
    edition.store_many(changes.changed, ["value", "as_of", "revision"])
    for chunk in _chunks(changes.confirmed):
        SourceClaim.objects.filter(pk__in=chunk).update(as_of=changes.day, revision=revision)
    for chunk in _chunks([claim.pk for claim in changes.withdrawn]):
        edition.remove_many(SourceClaim.objects.filter(pk__in=chunk))


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
