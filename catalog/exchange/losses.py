"""Known values that a load would make unknown: they are named, and asked about."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from catalog.exchange.document import CatalogDocument, ModelEntry
from catalog.exchange.known_rows import group_rows
from catalog.models import ChangeEvent, Variant
from catalog.models.provider import Sourced
from catalog.publishing.event_values import row_in_words
from catalog.records.end_of_life import DAYS, GOVERNED
from catalog.text.language import say
from catalog.vocabulary import ChangeKind, Origin

NAMES = {"aliases": "alias_id", "sources": "fields"}
"""Groups whose rows are facts one by one -> the column that names them."""
UNKNOWN: tuple[Any, ...] = (None, "", [], {})


def lost_values(row: Sourced, stated: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the stated values take away from a stored row."""
    for name, value in stated.items():
        before = getattr(row, name)
        if before in UNKNOWN or before == value:
            continue
        if value in UNKNOWN and _is_in_a_statement(before, name, stated):
            continue
        if value in UNKNOWN:
            yield say("{name}: {value} becomes unknown", name=name, value=_shown(before))
        elif isinstance(before, list):
            yield from (
                say("{name}: loses {value}", name=name, value=_shown(each))
                for each in _missing(before, value)
            )


def lost_rows(variant: Variant, name: str, entry: ModelEntry, restated: Collection[str]) -> Iterator[str]:
    """Yield the aliases or cited fields that a restated list leaves out, but for restated fields."""
    column = NAMES.get(name)
    if column is None:
        return
    # What statements decide has its sources in them.
    decided = GOVERNED if entry.fields.get("end_of_life") else ()
    for each in _missing(_names(group_rows(variant, name), column), _names(entry.groups[name], column)):
        # The source of a value goes with it.
        if name == "sources" and (each in restated or each in decided):
            continue
        yield say("{name}: loses {value}", name=name, value=each)


def dropped_models(document: CatalogDocument) -> list[str]:
    """List models of the document's families that once came from a file, and that it does not name."""
    families = {entry.slug for entry in document.families}
    from_files = ChangeEvent.objects.filter(exact_kind=ChangeKind.ADDED, revision__origin=Origin.FILE)
    rows = Variant.objects.filter(family__slug__in=families, pk__in=from_files.values("variant"))
    stated = {entry.model_id for entry in document.models}
    return sorted(set(rows.values_list("model_id", flat=True)) - stated)


def _is_in_a_statement(before: Any, name: str, stated: Mapping[str, Any]) -> bool:
    # A day of a platform that does not govern is no day of the model, and on record all the same.
    rows = stated.get("end_of_life") or ()
    return name in DAYS and any(row.get(name) == before.isoformat() for row in rows)


def _names(rows: list[dict[str, Any]], column: str) -> list[Any]:
    names: list[Any] = []
    for row in rows:
        names += row[column] if isinstance(row[column], list) else [row[column]]
    return names


def _missing(before: Iterable[Any], after: Iterable[Any]) -> list[Any]:
    there = list(after)
    return [each for each in before if not _is_among(each, there)]


def _is_among(value: Any, rows: list[Any]) -> bool:
    # Of a statement of the end of life, platform and source say which it is.
    if isinstance(value, dict) and "platform" in value:
        return any(_statement(value) == _statement(row) for row in rows)
    return value in rows


def _statement(row: Mapping[str, Any]) -> tuple[Any, Any]:
    return row.get("platform"), row.get("source_label")


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return row_in_words(value)
    return ", ".join(map(_shown, value)) if isinstance(value, list) else str(value)
