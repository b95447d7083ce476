"""Compares a document with the database."""

from typing import Any

from django.utils import timezone

from catalog.exchange.consistency import name_replacements, refuse_contradictions, set_aside
from catalog.exchange.document import CatalogDocument, Citation, FilePlace, ModelEntry
from catalog.exchange.doubtful_values import doubtful_values
from catalog.exchange.known_rows import KnownRows, is_stored
from catalog.exchange.losses import lost_rows, lost_values
from catalog.exchange.odd_prices import odd_prices
from catalog.exchange.plan_lines import Plan, PlanLine
from catalog.exchange.plan_prices import plan_prices
from catalog.exchange.reader_base import SAID_AGAIN
from catalog.exchange.settable_values import cited_values, sources_after
from catalog.exchange.stated_aliases import plan_aliases
from catalog.exchange.tied_prices import tied_prices
from catalog.models import Variant
from catalog.models.provider import Sourced
from catalog.publishing.event_values import in_words
from catalog.records.end_of_life import GOVERNED, ending


def plan(document: CatalogDocument, *, force: bool = False) -> Plan:
    """Plan a load; CatalogFileError for a contradiction, unless another catalog states it.

    What an admin set is left alone unless `force`.
    """
    load_plan = Plan(document, force, KnownRows.read(document))
    if document.cited:
        # Of another catalog only the rows that contradict are set aside.
        load_plan.refused, again = set_aside(document, load_plan.on_record)
        load_plan.lost.update({SAID_AGAIN: again} if again else {})
        name_replacements(document, load_plan.on_record)
    else:
        name_replacements(document, load_plan.on_record)
        refuse_contradictions(document, load_plan.on_record)
    known = load_plan.on_record
    for entries, rows, added in (
        (document.promises, known.promises, load_plan.promises),
        (document.providers, known.providers, load_plan.providers),
        (document.families, known.families, load_plan.families),
    ):
        for entry in entries:
            _row(load_plan, entry, rows.get(entry.slug), added, force=force)
    ordered = set() if document.cited else _in_order(document, load_plan.on_record)
    for model in document.models:
        _model(load_plan, model, force=force, is_in_order=model.family in ordered)
    ended = {row.pk: until for row, until in load_plan.ended}
    odd = [*odd_prices(document), *tied_prices(document, load_plan.on_record, ended)]
    load_plan.warnings = [PlanLine("warning", *row) for row in odd]
    touched = {line.subject for line in load_plan.lines}
    doubts = doubtful_values(document, touched, timezone.now())
    load_plan.warnings += [PlanLine("question", *doubt) for doubt in doubts]
    return load_plan


def _in_order(document: CatalogDocument, known: KnownRows) -> set[str]:
    # Where the order is right already, positions stay: those of imported models may be any number.
    lines: dict[str, list[tuple[int, int] | None]] = {}
    for entry in sorted(document.models, key=lambda entry: entry.fields.get("position", 0)):
        row = known.variants.get(entry.model_id)
        lines.setdefault(entry.family, []).append((row.position, row.pk) if row else None)
    return {
        family
        for family, places in lines.items()
        if None not in places and places == sorted(place for place in places if place)
    }


def _row(load_plan: Plan, entry: Any, row: Sourced | None, added: list[Any], *, force: bool) -> None:
    if row is None:
        added.append(entry)
        load_plan.add("new", entry.slug, "added", entry.place)
    elif not load_plan.document.cited:
        _fields(load_plan, row, entry.slug, entry.fields, entry.place, force=force)


def _model(load_plan: Plan, entry: ModelEntry, *, force: bool, is_in_order: bool) -> None:
    variant = load_plan.on_record.variants.get(entry.model_id)
    if variant is None:
        load_plan.models.append(entry)
        count = len(entry.prices)
        load_plan.add("new", entry.model_id, f"added, {count} price{'' if count == 1 else 's'}", entry.place)
        if entry.replacement:
            load_plan.replacements.append((entry.model_id, entry.replacement))
        return
    if load_plan.document.cited:
        _cited_fields(load_plan, variant, entry, load_plan.document.cited, force=force)
        if variant.replacement is None and not ending(variant.end_of_life).replacements:
            _replacement(load_plan, variant, entry, force=force)
        plan_aliases(load_plan, variant, entry)
        plan_prices(load_plan, variant, entry, force=force)
        return
    stated = {name: value for name, value in entry.fields.items() if name != "position" or not is_in_order}
    if variant.end_of_life and "end_of_life" not in stated:
        # A file of an older release: statements on record hold more than its dates.
        stated = {name: value for name, value in stated.items() if name not in GOVERNED}
    restated = _fields(load_plan, variant, entry.model_id, stated, entry.place, force=force)
    _replacement(load_plan, variant, entry, force=force)
    for name, rows in entry.groups.items():
        if is_stored(variant, name, rows):
            load_plan.unchanged += 1
        elif _may(load_plan, variant, entry.model_id, name, entry.place, force=force):
            load_plan.groups.append((variant, name, rows))
            load_plan.lose(entry.model_id, lost_rows(variant, name, entry, restated), entry.place)
            load_plan.add(
                "change", entry.model_id, f"{name.replace('_', ' ')}: {len(rows)} stated", entry.place
            )
    plan_prices(load_plan, variant, entry, force=force)


def _replacement(load_plan: Plan, variant: Variant, entry: ModelEntry, *, force: bool) -> None:
    current = variant.replacement.model_id if variant.replacement else None
    if (
        entry.replacement
        and entry.replacement != current
        and _may(load_plan, variant, entry.model_id, "replacement", entry.place, force=force)
    ):
        load_plan.replacements.append((entry.model_id, entry.replacement))
        reason = f"replacement: {current or 'not stated'} → {entry.replacement}"
        load_plan.add("change", entry.model_id, reason, entry.place)


def _cited_fields(
    load_plan: Plan, variant: Variant, entry: ModelEntry, cited: Citation, *, force: bool
) -> None:
    stated, disputed = cited_values(variant, entry, cited, force=force)
    for name, reason in disputed:
        load_plan.add("conflict", entry.model_id, f"{name}: {reason}", entry.place)
    values = _fields(load_plan, variant, entry.model_id, stated, entry.place, force=force)
    if values and (force or "sources" not in variant.admin_fields):
        load_plan.groups.append((variant, "sources", sources_after(variant, values, cited)))


def _fields(
    load_plan: Plan, row: Sourced, subject: str, stated: dict[str, Any], place: FilePlace, *, force: bool
) -> dict[str, Any]:
    values = {}
    for name, value in stated.items():
        before = getattr(row, name)
        if before == value:
            load_plan.unchanged += 1
        elif _may(load_plan, row, subject, name, place, force=force):
            values[name] = value
            load_plan.add("change", subject, f"{name}: {in_words(before)} → {in_words(value)}", place)
    if values:
        load_plan.fields.append((row, values))
        load_plan.lose(subject, lost_values(row, values), place)
    return dict(values)


def _may(load_plan: Plan, row: Sourced, subject: str, name: str, place: FilePlace, *, force: bool) -> bool:
    if force or name not in row.admin_fields:
        return True
    load_plan.add("conflict", subject, f"{name}: set in the admin, left alone", place)
    return False
