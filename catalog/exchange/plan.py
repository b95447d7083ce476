"""Compares a document with the database."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils import timezone

from catalog.exchange.consistency import refuse_contradictions, set_aside
from catalog.exchange.document import (
    CatalogDocument,
    Citation,
    FamilyEntry,
    FilePlace,
    ModelEntry,
    PriceEntry,
    ProviderEntry,
)
from catalog.exchange.known_rows import KnownRows, group_rows, prices_by_key
from catalog.exchange.odd_prices import odd_prices
from catalog.exchange.reader_base import Refused
from catalog.exchange.settable_values import cited_values, sources_after
from catalog.models import Price, Variant
from catalog.models.provider import Sourced
from catalog.vocabulary import Origin

Verb = Literal["new", "change", "conflict", "warning"]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One change, or what is left alone and why."""

    verb: Verb
    subject: str
    said: str
    place: FilePlace


@dataclass(slots=True)
class Plan:
    """What a load will do, in order, and what it leaves alone."""

    document: CatalogDocument
    force: bool
    on_record: KnownRows
    providers: list[ProviderEntry] = field(default_factory=list)
    families: list[FamilyEntry] = field(default_factory=list)
    models: list[ModelEntry] = field(default_factory=list)
    fields: list[tuple[Sourced, dict[str, Any]]] = field(default_factory=list)
    groups: list[tuple[Variant, str, list[dict[str, Any]]]] = field(default_factory=list)
    replacements: list[tuple[str, str]] = field(default_factory=list)
    prices: list[tuple[Variant, PriceEntry]] = field(default_factory=list)
    successors: list[tuple[Price, PriceEntry]] = field(default_factory=list)
    checked: list[tuple[Price, PriceEntry]] = field(default_factory=list)
    lines: list[PlanLine] = field(default_factory=list)
    warnings: list[PlanLine] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    rows: int = 0

    def add(self, verb: Verb, subject: str, reason: str, place: FilePlace) -> None:
        """Add a line."""
        self.lines.append(PlanLine(verb, subject, reason, place))

    def count(self, verb: Verb) -> int:
        """Count lines of a verb."""
        return sum(line.verb == verb for line in self.lines)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not (self.checked or any(line.verb != "conflict" for line in self.lines))


def plan(document: CatalogDocument, *, force: bool = False) -> Plan:
    """Plan a load; CatalogFileError for a contradiction, unless another catalog states it.

    What an admin set is left alone unless `force`.
    """
    load_plan = Plan(document, force, KnownRows.read(document))
    if document.cited:
        # Of another catalog only the rows that contradict are set aside.
        load_plan.refused, again = set_aside(document, load_plan.on_record)
        load_plan.lost.update({"rows that say again what one before them said": again} if again else {})
    else:
        refuse_contradictions(document, load_plan.on_record)
    for provider in document.providers:
        _row(
            load_plan,
            provider,
            load_plan.on_record.providers.get(provider.slug),
            load_plan.providers,
            force=force,
        )
    for family in document.families:
        _row(
            load_plan, family, load_plan.on_record.families.get(family.slug), load_plan.families, force=force
        )
    ordered = set() if document.cited else _in_order(document, load_plan.on_record)
    for model in document.models:
        _model(load_plan, model, force=force, is_in_order=model.family in ordered)
    load_plan.warnings = [PlanLine("warning", *odd) for odd in odd_prices(document)]
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
        _model_prices(load_plan, variant, entry, force=force)
        return
    stated = {name: value for name, value in entry.fields.items() if name != "position" or not is_in_order}
    _fields(load_plan, variant, entry.model_id, stated, entry.place, force=force)
    current = variant.replacement.model_id if variant.replacement else None
    if (
        entry.replacement
        and entry.replacement != current
        and _may(load_plan, variant, entry.model_id, "replacement", entry.place, force=force)
    ):
        load_plan.replacements.append((entry.model_id, entry.replacement))
        load_plan.add(
            "change",
            entry.model_id,
            f"replacement: {current or 'not stated'} → {entry.replacement}",
            entry.place,
        )
    for name, rows in entry.groups.items():
        if rows == group_rows(variant, name):
            load_plan.unchanged += 1
        elif _may(load_plan, variant, entry.model_id, name, entry.place, force=force):
            load_plan.groups.append((variant, name, rows))
            load_plan.add(
                "change", entry.model_id, f"{name.replace('_', ' ')}: {len(rows)} stated", entry.place
            )
    _model_prices(load_plan, variant, entry, force=force)


def _model_prices(load_plan: Plan, variant: Variant, entry: ModelEntry, *, force: bool) -> None:
    known = prices_by_key(variant)
    for price in sorted(entry.prices, key=lambda row: row.effective_from):
        _price(load_plan, variant, price, known.setdefault(price.value.key, []), force=force)


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
            load_plan.add("change", subject, f"{name}: {_said(before)} → {_said(value)}", place)
    if values:
        load_plan.fields.append((row, values))
    return dict(values)


def _may(load_plan: Plan, row: Sourced, subject: str, name: str, place: FilePlace, *, force: bool) -> bool:
    if force or name not in row.admin_fields:
        return True
    load_plan.add("conflict", subject, f"{name}: set in the admin, left alone", place)
    return False


def _price(load_plan: Plan, variant: Variant, entry: PriceEntry, known: list[Price], *, force: bool) -> None:
    same_time = next((row for row in known if row.effective_from == entry.effective_from), None)
    last = known[-1] if known else None
    if same_time is not None:
        if _agrees(same_time, entry):
            _confirm(load_plan, same_time, entry)
        else:
            reason = "a price in force is never edited: state its successor with a later effective_from"
            _price_line(load_plan, "conflict", variant, entry, reason)
    elif last is None:
        load_plan.prices.append((variant, entry))
        _price_line(load_plan, "new", variant, entry, "no price was on record")
    # Older than the price on record: history is not written again.
    elif entry.effective_from < last.effective_from:
        load_plan.unchanged += 1
    elif _agrees(last, entry) and last.effective_until is None:
        _confirm(load_plan, last, entry)
    elif last.origin == Origin.ADMIN and not force:
        _price_line(
            load_plan, "conflict", variant, entry, "the price on record was set in the admin, left alone"
        )
    elif load_plan.document.cited and last.source_label != entry.source_label and not force:
        _price_line(
            load_plan, "conflict", variant, entry, f"{last.source_label or 'the record'} says otherwise"
        )
    elif last.effective_until is not None and last.effective_until <= entry.effective_from:
        load_plan.prices.append((variant, entry))
        _price_line(load_plan, "new", variant, entry, "the last price on record has ended")
    elif last.effective_until is not None or last.effective_from > timezone.now():
        _price_line(load_plan, "conflict", variant, entry, "another change is already announced")
    elif (last.per, last.currency) != (entry.value.per, entry.value.currency):
        reason = (
            f"the price on record is per {last.per} in {last.currency}: a successor keeps unit and currency"
        )
        _price_line(load_plan, "conflict", variant, entry, reason)
    else:
        load_plan.successors.append((last, entry))
        _price_line(load_plan, "change", variant, entry, f"was {_said(last.amount)}")


def _confirm(load_plan: Plan, row: Price, entry: PriceEntry) -> None:
    if entry.checked_on and (row.checked_on is None or entry.checked_on > row.checked_on):
        load_plan.checked.append((row, entry))
    else:
        load_plan.unchanged += 1


def _agrees(row: Price, entry: PriceEntry) -> bool:
    return row.value == entry.value


def _price_line(load_plan: Plan, verb: Verb, variant: Variant, entry: PriceEntry, reason: str) -> None:
    price = entry.value
    where = f" {price.conditions.canonical}" if price.conditions.items else ""
    amount = price.state if price.amount is None else f"{price.amount:f} {price.currency}"
    text = (
        f"{price.kind} {price.meter}{where}: {amount} per {price.per:,} from {entry.effective_from:%Y-%m-%d}"
    )
    load_plan.add(verb, variant.model_id, f"{text} ({reason})", entry.place)


def _said(value: Any) -> str:
    if value is None or value in ("", []):
        return "not stated"
    return ", ".join(_words(value)) if isinstance(value, list) else str(value)


def _words(values: Iterable[Any]) -> Iterator[str]:
    yield from map(str, values)
