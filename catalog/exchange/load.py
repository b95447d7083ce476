"""Carries out a plan in one transaction."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import DatabaseError

from catalog.exchange import catalog_file
from catalog.exchange.child_rows import REGISTRY
from catalog.exchange.document import FilePlace, ModelEntry, PriceEntry
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.plan import plan
from catalog.exchange.plan_lines import Plan
from catalog.models import Family, Price, Promise, Provider, Variant
from catalog.models.provider import Sourced
from catalog.publishing import price_changes, publish
from catalog.publishing.publish import Edition
from catalog.vocabulary import ChangeKind, Origin

BUNDLED = Path(__file__).parents[1] / "data"
Progress = Callable[[int, int], None]
BATCH = 200


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What was loaded; `revision` is None if nothing."""

    plan: Plan
    revision: int | None


def load_bundled(progress: Progress | None = None, *, force: bool = False) -> LoadReport:
    """Load the project's catalog."""
    return load_files(bundled_files(), progress, force=force, reason="Bundled catalog")


def bundled_files() -> list[Path]:
    """List the bundled catalog's files."""
    return sorted(BUNDLED.glob("*.toml"))


def load_files(
    paths: Iterable[Path],
    progress: Progress | None = None,
    *,
    force: bool = False,
    reason: str = "Catalog file",
) -> LoadReport:
    """Plan and load files; CatalogFileError leaves everything as it was."""
    load_plan = plan(catalog_file.read(paths), force=force)
    return LoadReport(load_plan, apply(load_plan, reason=reason, progress=progress))


def apply(
    load_plan: Plan,
    *,
    reason: str,
    actor: User | None = None,
    progress: Progress | None = None,
) -> int | None:
    """Write a plan, or nothing at all; return the revision, if any.

    CatalogFileError where the database has changed since the plan was made.
    """
    if load_plan.is_empty:
        return None
    try:
        with publish.publish(actor=actor, origin=Origin.FILE, reason=reason) as edition:
            current = plan(load_plan.document, force=load_plan.force)
            # Planned again under the publish's lock: nothing is written that was not shown.
            if current.lines != load_plan.lines:
                raise CatalogFileError(FilePlace("catalog"), "it has changed since the plan was made")
            edition.stated |= current.stated
            _Loader(edition, current, progress or _silent).run()
            return edition.begin()
    except (DatabaseError, price_changes.RefusedError) as error:
        raise CatalogFileError(FilePlace("catalog"), f"the database refuses this: {error}") from error


class _Loader:
    def __init__(self, edition: Edition, load_plan: Plan, progress: Progress) -> None:
        self.edition = edition
        self.plan = load_plan
        self.known = load_plan.on_record
        self.progress = progress
        self.force = load_plan.force

    def run(self) -> None:
        # Parents before children, and replacements once every model exists.
        self._parents()
        self._models()
        self.edition.change_many(self.plan.fields)
        for row, values in self.plan.fields:
            self._release(row, values)
        for name in REGISTRY:
            restated = [(variant, rows) for variant, same, rows in self.plan.groups if same == name]
            self._replace_groups(name, restated)
        added = {entry.model_id for entry in self.plan.models}
        for model_id, replacement in self.plan.replacements:
            variant, successor = self.known.variants[model_id], self.known.variants[replacement]
            if model_id in added:
                # A part of what is added, and no change.
                variant.replacement = successor
                self.edition.store(variant, ["replacement"])
                continue
            self.edition.change(variant, {"replacement": successor})
            self._release(variant, ["replacement"])
        self._prices()

    def _parents(self) -> None:
        providers = [Provider(slug=entry.slug, **entry.fields) for entry in self.plan.providers]
        self.edition.add_many(providers)
        self.known.providers |= {row.slug: row for row in providers}
        families = [
            Family(slug=entry.slug, provider=self.known.providers[entry.provider], **entry.fields)
            for entry in self.plan.families
        ]
        self.edition.add_many(families)
        self.known.families |= {row.slug: row for row in families}
        promises = [Promise(name=entry.slug, **entry.fields) for entry in self.plan.promises]
        self.edition.add_many(promises)
        parents: list[Provider | Family | Promise] = [*promises, *providers, *families]
        for row in parents:
            self.edition.record(ChangeKind.ADDED, row, f"{row} added", after=row.slug)

    def _models(self) -> None:
        entries = self.plan.models
        variants = [
            Variant(model_id=entry.model_id, family=self.known.families[entry.family], **entry.fields)
            for entry in entries
        ]
        self.edition.add_many(variants)
        self.known.variants |= {row.model_id: row for row in variants}
        for name in REGISTRY:
            self.edition.add_many(
                [
                    row
                    for variant, entry in zip(variants, entries, strict=True)
                    for row in _group(variant, name, entry.groups.get(name, []))
                ],
                with_keys=False,
            )
        self.edition.add_many(
            [
                self._price(variant, price, until)
                for variant, entry in zip(variants, entries, strict=True)
                for price, until in _dated(entry)
            ],
            with_keys=False,
        )
        for done, variant in enumerate(variants, start=1):
            self.edition.record(ChangeKind.ADDED, variant, f"{variant} added", after=variant.model_id)
            self.progress(done, len(variants))

    def _replace_groups(self, name: str, restated: list[tuple[Variant, list[dict[str, Any]]]]) -> None:
        manager = REGISTRY[name].row._default_manager  # noqa: SLF001
        for start in range(0, len(restated), BATCH):
            batch = restated[start : start + BATCH]
            before = manager.filter(variant__in=[variant for variant, _rows in batch])
            self.edition.remove_many(before)
            self.edition.add_many([row for variant, rows in batch for row in _group(variant, name, rows)])
        label = name.replace("_", " ")
        for variant, rows in restated:
            self.edition.record(ChangeKind.CATALOG, variant, f"{variant}: {label} restated", after=rows)
            self._release(variant, [name])

    def _prices(self) -> None:
        price_changes.end_many(self.edition, self.plan.ended)
        # First what closes rows: what is added may follow a promotion that succeeds an open price.
        price_changes.succeed_many(
            self.edition, [(old, _successor(entry)) for old, entry in self.plan.successors]
        )
        price_changes.add_many(
            self.edition,
            [self._price(variant, entry, entry.effective_until) for variant, entry in self.plan.prices],
        )
        price_changes.confirm(self.edition, [(row, entry.checked_on) for row, entry in self.plan.checked])
        price_changes.doubt(self.edition, [(row, _doubts(row, entry)) for row, entry in self.plan.doubted])

    def _price(self, variant: Variant, entry: PriceEntry, until: Any) -> Price:
        return Price(
            variant=variant,
            **entry.value.columns(),
            effective_from=entry.effective_from,
            effective_until=until,
            source_url=entry.source_url,
            source_label=entry.source_label,
            checked_on=entry.checked_on,
            note=entry.note,
            factor=entry.factor,
            **entry.doubts,
            origin=Origin.FILE,
            revision_id=self.edition.begin(),
        )

    def _release(self, row: Sourced, names: Iterable[str]) -> None:
        # What a forced load has set is no longer the admin's.
        if self.force:
            self.edition.release(row, set(names))


def _successor(entry: PriceEntry) -> price_changes.Successor:
    return price_changes.Successor(
        value=entry.value,
        effective_from=entry.effective_from,
        source_url=entry.source_url,
        source_label=entry.source_label,
        reason="",
        checked_on=entry.checked_on,
        note=entry.note,
        effective_until=entry.effective_until,
        on_record_since=entry.on_record_since,
        unit_is_inferred=entry.unit_is_inferred,
        factor=entry.factor,
        omits=entry.omits,
    )


def _doubts(row: Price, entry: PriceEntry) -> dict[str, Any]:
    as_before: dict[str, Any] = {}
    if entry.unit_is_inferred is None:
        as_before["unit_is_inferred"] = row.unit_is_inferred
    if entry.effective_from != row.effective_from:
        # A later reading of the same price.
        as_before["on_record_since"] = row.on_record_since
    return entry.doubts | as_before


def _dated(entry: ModelEntry) -> Iterator[tuple[PriceEntry, Any]]:
    rows = sorted(entry.prices, key=lambda price: (price.value.key, price.effective_from))
    for at in range(1, len(rows)):
        before, later = rows[at - 1], rows[at]
        follows = before.effective_until in (None, later.effective_from)
        if follows and before.value.key == later.value.key and later.unit_is_inferred is None:
            # As a successor of a price on record does.
            rows[at] = replace(later, unit_is_inferred=before.unit_is_inferred)
    for price, following in pairwise([*rows, None]):
        if price is not None:
            succeeds = following is not None and following.value.key == price.value.key
            # Without a stated end, a price ends where the next one begins.
            until = following.effective_from if following is not None and succeeds else None
            yield price, price.effective_until or until


def _group(variant: Variant, name: str, rows: list[dict[str, Any]]) -> list[Any]:
    group = REGISTRY[name]
    placed = group.has_position
    return [
        group.row(variant=variant, **row, **({"position": at} if placed else {}))
        for at, row in enumerate(rows)
    ]


def _silent(done: int, total: int) -> None:
    del done, total
