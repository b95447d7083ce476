"""The only door for writes: one transaction, one revision, audit events, fresh records.

    with publish(actor=user, origin=Origin.ADMIN, reason="The provider renamed it") as edition:
        edition.change(variant, {"name": "Claude Sonnet 4.5"})

A block that changes nothing leaves no revision; tests/test_one_door.py finds writes elsewhere.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone, translation

from catalog.models import ChangeEvent, Family, FormerSlug, Promise, Provider, Revision, Variant
from catalog.models.provider import Sourced
from catalog.models.variant import STAGED, stage_by_dates
from catalog.publishing import build_records, queue_webhooks, stale_products
from catalog.publishing.bulk_rows import insert_rows
from catalog.publishing.event_values import as_json, in_words
from catalog.search import text_index
from catalog.search.facet_index import writing as facet_index
from catalog.vocabulary import PROMISE_KIND, ChangeKind, Origin

Row = TypeVar("Row", bound=models.Model)

LIFECYCLE_FIELDS = STAGED | {"released_on", "retires_not_before", "end_of_life", "replacement"}


class Edition:
    """The writes of one publish; made by `publish` only."""

    def __init__(self, actor: User | None, origin: Origin, reason: str) -> None:
        self.actor = actor
        self.origin = origin
        self.reason = reason
        self.at = timezone.now()
        self._revision: Revision | None = None
        self._events: list[ChangeEvent] = []
        # Prices that a file states, though a factor made them.
        self.stated: set[int] = set()
        self._refactored: set[int] = set()
        self._touched: set[int] = set()
        self._touched_groups: dict[type[models.Model], set[int]] = {Family: set(), Provider: set()}
        self._groups: dict[type[models.Model], set[int]] = {Family: set(), Provider: set()}

    def begin(self) -> int:
        """Return the revision's number, taking one at the first call."""
        if self._revision is None:
            self._revision = _next_revision(self.actor, self.origin, self.reason, self.at)
        return self._revision.number

    @property
    def revision(self) -> Revision:
        """The revision; RuntimeError before the first write."""
        if self._revision is None:
            msg = "Nothing has been written yet: call begin() where a number is needed before that."
            raise RuntimeError(msg)
        return self._revision

    def add(self, row: Row) -> Row:
        """Insert a row; the caller records it."""
        self.begin()
        self._announce([row])
        row.save(force_insert=True)
        self._note(row)
        return row

    def add_many(self, rows: Sequence[models.Model], *, with_keys: bool = True) -> None:
        """Insert rows of one class; primary keys are set `with_keys` only."""
        if not rows:
            return
        self.begin()
        self._announce(rows)
        if with_keys:
            type(rows[0])._default_manager.bulk_create(rows, batch_size=500)  # noqa: SLF001
        else:
            insert_rows(rows)
        for row in rows:
            self._note(row)

    def change(self, row: models.Model, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
        """Set fields, recorded for providers, families and models; return field -> (before, after)."""
        changed = self._assign(row, values)
        if changed:
            claimed = ["admin_fields"] if isinstance(row, Sourced) and self.origin == Origin.ADMIN else []
            row.save(update_fields=[*changed, *claimed, *self._announce_again(row, changed)])
        return changed

    def change_many(self, rows: Sequence[tuple[models.Model, dict[str, Any]]]) -> None:
        """As `change`, in batches."""
        written: dict[type[models.Model], tuple[list[models.Model], set[str]]] = {}
        for row, values in rows:
            changed = self._assign(row, values)
            if changed:
                same, fields = written.setdefault(type(row), ([], set()))
                same.append(row)
                fields |= {*changed, "admin_fields"} if isinstance(row, Sourced) else changed.keys()
                fields |= {*self._announce_again(row, changed)}
        for same, fields in written.values():
            self.store_many(same, sorted(fields))

    def store(self, row: models.Model, fields: Sequence[str]) -> None:
        """Save fields already set; the caller records them."""
        self.begin()
        row.save(update_fields=fields)

    def store_many(self, rows: Sequence[models.Model], fields: Sequence[str]) -> None:
        """As `store`, for rows of one class."""
        if rows:
            self.begin()
            type(rows[0])._default_manager.bulk_update(rows, fields, batch_size=200)  # noqa: SLF001

    def remove(self, rows: Iterable[models.Model]) -> None:
        """Delete rows and their search entries; the caller records it."""
        for row in rows:
            self.begin()
            # Before the row: its entry is found through it.
            text_index.forget(row)
            if isinstance(row, Variant):
                facet_index.forget(row.pk)
            row.delete()

    def remove_many(self, rows: "models.QuerySet[Any]") -> None:
        """Delete child rows of models."""
        # Only now, since deleting nothing must not take a revision.
        if rows.delete()[0]:
            self.begin()

    def claim(self, row: Sourced, group: str) -> None:
        """Mark a group of child rows as set by an admin."""
        # Catalog files leave alone what an admin has set.
        if self.origin == Origin.ADMIN and group not in row.admin_fields:
            row.admin_fields = sorted({*row.admin_fields, group})
            self.store(row, ["admin_fields"])

    def release(self, row: Sourced, names: Collection[str]) -> None:
        """Let catalog files set these fields and groups again."""
        remaining = [name for name in row.admin_fields if name not in names]
        if remaining != row.admin_fields:
            row.admin_fields = remaining
            self.store(row, ["admin_fields"])

    def record(
        self,
        kind: ChangeKind,
        subject: Variant | Family | Provider | Promise,
        summary: str,
        *,
        before: Any = None,
        after: Any = None,
        shown: bool = True,
    ) -> None:
        """Record a change; if `shown`, rebuild the records it appears in."""
        variant = subject if isinstance(subject, Variant) else None
        self._events.append(
            ChangeEvent(
                revision_id=self.begin(),
                kind=kind.group,
                exact_kind=PROMISE_KIND if isinstance(subject, Promise) else kind,
                variant=variant,
                subject=subject.model_id if isinstance(subject, Variant) else subject.slug,
                summary=" ".join(summary.split())[:500],
                before=as_json(before),
                after=as_json(after),
            )
        )
        if shown:
            self.touch(subject)

    def touch(self, subject: Variant | Family | Provider | Promise) -> None:
        """Mark the records that show a row for rebuilding."""
        self._note(subject)
        if isinstance(subject, Variant):
            self._touched.add(subject.pk)
        # No record holds a promise: pages read it beside them.
        elif not isinstance(subject, Promise):
            self._touched_groups[type(subject)].add(subject.pk)

    def finish(self) -> None:
        """Store events, rebuild records, queue webhooks."""
        if self._refactored:
            stale_products.end(self, self._refactored)
        insert_rows(self._events)
        self._touch_groups()
        if self._touched:
            build_records.rebuild(build_records.with_replaced(self._touched), self.begin(), self.at)
        text_index.refresh_groups(self._groups[Family], self._groups[Provider])
        # Merging the whole index pays only after many changes.
        if len(self._touched) >= build_records.BATCH:
            text_index.tidy()
        if self._events:
            queue_webhooks.enqueue(self.begin(), self.at)

    # A day that has come before it is published is told by its own event: see arrived_dates.py.

    def _announce(self, rows: Iterable[models.Model]) -> None:
        for row in rows:
            if isinstance(row, Variant):
                row.announced_stage = row.stage_by_dates(self.at.date())

    def _announce_again(self, row: models.Model, changed: dict[str, tuple[Any, Any]]) -> list[str]:
        if not isinstance(row, Variant) or STAGED.isdisjoint(changed):
            return []
        day = self.at.date()
        former = {name: changed[name][0] if name in changed else getattr(row, name) for name in STAGED}
        stage = row.stage_by_dates(day)
        # A day that this edit has not moved is still to be told.
        if stage_by_dates(day, **former) == stage:
            return []
        row.announced_stage = stage
        return ["announced_stage"]

    def _note(self, row: models.Model) -> None:
        if type(row) in self._groups:
            self._groups[type(row)].add(row.pk)

    def _touch_groups(self) -> None:
        for kind, column in ((Family, "family__in"), (Provider, "family__provider__in")):
            pks = sorted(self._touched_groups[kind])
            for start in range(0, len(pks), build_records.BATCH):
                rows = Variant.objects.filter(**{column: pks[start : start + build_records.BATCH]})
                self._touched.update(rows.values_list("pk", flat=True))

    def _assign(self, row: models.Model, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
        """Set and record fields, without saving."""
        changed = {
            name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value
        }
        if not changed:
            return {}
        self.begin()
        # Before the new values are set: the old slugs are read from the row.
        self._keep_addresses(row, changed)
        for name, (_before, value) in changed.items():
            setattr(row, name, value)
        if isinstance(row, Sourced) and self.origin == Origin.ADMIN:
            row.admin_fields = sorted({*row.admin_fields, *changed})
        self._record_fields(row, changed)
        if isinstance(row, Variant) and "price_factors" in changed:
            self._refactored.add(row.pk)
        return changed

    def _keep_addresses(self, row: models.Model, changed: dict[str, Any]) -> None:
        leaving: Iterable[Variant] = ()
        if isinstance(row, Variant) and not changed.keys().isdisjoint({"slug", "family"}):
            leaving = [row]
        elif isinstance(row, Family) and "slug" in changed:
            leaving = row.variants.all()
        for variant in leaving:
            # A later model may have had the same address: the last one gets the redirect.
            FormerSlug.objects.update_or_create(
                family_slug=variant.family.slug, slug=variant.slug, defaults={"variant": variant}
            )

    def _record_fields(self, row: models.Model, changed: dict[str, tuple[Any, Any]]) -> None:
        if not isinstance(row, Variant | Family | Provider | Promise):
            return
        for name, (before, after) in changed.items():
            kind = ChangeKind.LIFECYCLE if name in LIFECYCLE_FIELDS else ChangeKind.CATALOG
            label = getattr(row._meta.get_field(name), "verbose_name", name)  # noqa: SLF001
            summary = f"{row}: {label} changed from {in_words(before)} to {in_words(after)}"
            self.record(kind, row, summary, before={name: before}, after={name: after})


@contextmanager
def publish(*, actor: User | None, origin: Origin, reason: str = "") -> Iterator[Edition]:
    """Open one publish: all writes or none."""
    # What is kept of a change is read in any language of the site, and long after it is another.
    with transaction.atomic(), translation.override("en"):
        _lock()
        edition = Edition(actor, origin, reason)
        yield edition
        edition.finish()


def current_revision() -> tuple[int, datetime | None]:
    """Return number and instant of the last publish, or (0, None)."""
    last = Revision.objects.filter(number__gt=0).order_by("-number").values_list("number", "at").first()
    return last or (0, None)


def _lock() -> None:
    # Row 0 is the mutex: what a publish reads stays true until it ends, and instants never run backwards.
    Revision.objects.get_or_create(
        number=0, defaults={"at": timezone.now(), "origin": Origin.FILE, "reason": "Empty catalog"}
    )
    Revision.objects.select_for_update().get(number=0)


def _next_revision(actor: User | None, origin: Origin, reason: str, at: datetime) -> Revision:
    last = Revision.objects.order_by("-number").values_list("number", flat=True).first() or 0
    return Revision.objects.create(number=last + 1, at=at, actor=actor, origin=origin, reason=reason[:500])
