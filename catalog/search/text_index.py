"""Updates search entries of changed rows."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.db import connection

from catalog.models import Family, Provider, SearchEntry, SearchKey, SearchWord
from catalog.records.record import Record
from catalog.search import backend
from catalog.search.text_index_rows import WORD, family_entry, model_entry, provider_entry
from catalog.search.typos import forms
from catalog.search.words import compact

Key = TypeVar("Key", int, str)

BATCH = 500
FIELDS = (
    "kind",
    "label",
    "title",
    "path",
    "names",
    "terms",
    "vocabulary",
    "released",
    "retired_from",
    "variant_id",
    "family_id",
    "provider_id",
)


def refresh_models(records: dict[int, Record]) -> None:
    """Update the entries of models."""
    store([model_entry(pk, record) for pk, record in records.items()])


def refresh_groups(families: Iterable[int], providers: Iterable[int]) -> None:
    """Update the entries of families and providers."""
    # Families are found by their provider's name, too.
    provider_pks = set(providers)
    for chunk in _chunks(sorted({*families, *_families_of(provider_pks)})):
        rows = Family.objects.filter(pk__in=chunk).select_related("provider")
        store([family_entry(family) for family in rows])
    for chunk in _chunks(sorted(provider_pks)):
        store([provider_entry(provider) for provider in Provider.objects.filter(pk__in=chunk)])


def rebuild_groups() -> None:
    """Update all families and providers, and delete unused words."""
    refresh_groups(Family.objects.values_list("pk", flat=True), Provider.objects.values_list("pk", flat=True))
    held: set[str] = set()
    for text in SearchEntry.objects.values_list("vocabulary", flat=True).iterator():
        held.update(text.split())
    known = set(SearchWord.objects.order_by().values_list("word", flat=True).distinct())
    for chunk in _chunks(sorted(known - held)):
        SearchWord.objects.filter(word__in=chunk).delete()
    _learn(held - known)


def tidy() -> None:
    """Optimize the index after many changes."""
    backend(connection).tidy(connection)


def forget(row: object) -> None:
    """Delete a row's entry, before the row itself."""
    entry = getattr(row, "search_entry", None)
    if isinstance(entry, SearchEntry):
        entry.delete()
        _unlearn(set(entry.vocabulary.split()))


def store(entries: Sequence[SearchEntry]) -> None:
    """Write entries that changed."""
    known = SearchEntry.objects.in_bulk([entry.position for entry in entries])
    # Most edits of a model change nothing that is searched.
    changed = [entry for entry in entries if _differs(entry, known.get(entry.position))]
    if not changed:
        return
    SearchEntry.objects.bulk_create(
        changed, batch_size=BATCH, update_conflicts=True, unique_fields=["position"], update_fields=FIELDS
    )
    SearchKey.objects.filter(entry__in=[entry.position for entry in changed]).delete()
    SearchKey.objects.bulk_create(
        [SearchKey(entry_id=entry.position, key=key) for entry in changed for key in _keys(entry)],
        batch_size=BATCH,
    )
    before = {
        word for entry in changed if (old := known.get(entry.position)) for word in old.vocabulary.split()
    }
    after = {word for entry in changed for word in entry.vocabulary.split()}
    _learn(after - before)
    _unlearn(before - after)
    backend(connection).settle(connection)


def _differs(entry: SearchEntry, old: SearchEntry | None) -> bool:
    return old is None or any(getattr(entry, name) != getattr(old, name) for name in FIELDS)


def _keys(entry: SearchEntry) -> set[str]:
    return {compact(line[1:].split(" ")) for line in entry.names.split("\n")}


def _learn(vocabulary: set[str]) -> None:
    SearchWord.objects.bulk_create(
        [SearchWord(form=form, word=word) for word in sorted(vocabulary) for form in sorted(forms(word))],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _unlearn(gone: set[str]) -> None:
    """Delete words that no entry holds any more."""
    still = backend(connection).held(connection, sorted(gone), WORD)
    SearchWord.objects.filter(word__in=gone - still).delete()


def _families_of(providers: set[int]) -> Iterator[int]:
    for chunk in _chunks(sorted(providers)):
        yield from Family.objects.filter(provider__in=chunk).values_list("pk", flat=True)


def _chunks(ids: Sequence[Key]) -> Iterator[Sequence[Key]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
