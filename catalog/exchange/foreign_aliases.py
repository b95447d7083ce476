"""Rows of another catalog that are other names for a row of the same file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.exchange.document import ModelEntry
from catalog.exchange.file_table import CatalogFileError, FileTable
from catalog.exchange.foreign_names import ForeignListing
from catalog.exchange.reader_base import SAID_AGAIN, Refused, count_unknown, named, row_table
from catalog.text.refusal import shown


@dataclass(frozen=True, slots=True)
class AliasRow:
    """A row that names another in `alias_of`."""

    key: str
    values: dict[str, Any]


def join_aliases(listing: ForeignListing, aliases: Sequence[AliasRow], rows: Mapping[str, Any]) -> None:
    """Join each alias to its model; refuse one that names none."""
    document, reading = listing.reading.document, listing.reading
    targets = {alias.key: alias.values["alias_of"] for alias in aliases}
    models = {entry.listed_as[0]: entry for entry in document.models}
    providers = {family.slug: family.provider for family in document.families}
    refused = {row.subject for row in reading.refused}
    for alias in aliases:
        table = row_table(listing.origin.file, (named(alias.key),), alias.values)
        target = table.take("alias_of")
        end = _end_of(targets, alias.key)
        entry = models.get(end)
        if entry is None and end in rows and end not in targets and named(end) not in refused:
            continue  # its model is of a provider that is not read
        reading.rows += 1
        try:
            if entry is None:
                raise table.refuse("alias_of", f"{shown(target)} {_why_none(end, targets, rows)}")
            add_alias(listing, table, entry, (providers[entry.family], alias.key))
        except CatalogFileError as error:
            reading.refused.append(Refused(named(alias.key), error.place, error.reason))
        count_unknown(table, reading.lost, "alias_of row: ")


def add_alias(
    listing: ForeignListing, table: FileTable, entry: ModelEntry, named_at: tuple[str, str]
) -> None:
    """Add an alias at a provider to a model."""
    provider, id_ = named_at
    name = listing.alias(table, provider, id_.removeprefix(f"{provider}/"))
    known = entry.groups.setdefault("aliases", [])
    if name == entry.model_id or {"alias_id": name} in known:
        listing.reading.lost[SAID_AGAIN] += 1
    else:
        known.append({"alias_id": name})


def _end_of(targets: Mapping[str, Any], key: str) -> str:
    """Return the key at the end of a chain of aliases, an alias again if it is a circle; "" is no key."""
    passed: set[str] = set()
    while key in targets and key not in passed:
        passed.add(key)
        key = targets[key] if isinstance(targets[key], str) else ""
    return key


def _why_none(end: str, targets: Mapping[str, Any], rows: Mapping[str, Any]) -> str:
    if end in targets:
        return "leads back to itself: name the row of a model"
    if end in rows:
        return "is refused itself"
    return "is no row of the file: write the key of its model"
