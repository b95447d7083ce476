"""Stores price edits as drafts for review."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Self

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from catalog.models import ChangeSet, Price, PriceEdit, Variant
from catalog.pricing.price import PriceValue
from catalog.publishing.price_changes import RefusedError
from catalog.publishing.price_terms import refuse_slips
from catalog.vocabulary import PriceState

FEWEST_LETTERS = 10
MOST_EDITS = 5_000


@dataclass(frozen=True, slots=True)
class PriceDraft:
    """What one price becomes; `based_on` is the row it edits."""

    variant: Variant
    based_on: Price | None
    value: PriceValue
    ends: bool = False
    # The end of a promotion.
    until: datetime | None = None

    @classmethod
    def change(cls, price: Price, state: str, amount: Decimal | None, until: datetime | None = None) -> Self:
        """Return the edit to another state and amount; with an end, it is a promotion."""
        return cls(price.variant, price, price.value.becoming(state, amount)).promoted(until)

    def promoted(self, until: datetime | None) -> Self:
        """Return the edit as a promotion that ends, if there is an end."""
        if until is None:
            return self
        return replace(self, value=replace(self.value, is_promotion=True), until=until)

    @classmethod
    def end(cls, price: Price) -> Self:
        """Return the edit that ends a price."""
        return cls(price.variant, price, price.value, ends=True)


def draft(
    actor: User | None,
    *,
    reason: str,
    source_label: str,
    source_url: str = "",
    edits: Iterable[PriceDraft],
    undoes: ChangeSet | None = None,
) -> ChangeSet:
    """Store edits for review, except those that change nothing; raise RefusedError."""
    if len(reason.strip()) < FEWEST_LETTERS:
        raise RefusedError(f"Give a reason of at least {FEWEST_LETTERS} characters.")
    if not source_label.strip():
        raise RefusedError("Say what the new prices were read from.")
    edits = list(edits)
    if wrong := next(filter(None, map(_misfits, edits)), ""):
        raise RefusedError(wrong)
    # A CSV file comes back with all of its rows, most of them unchanged.
    rows = [_edit(edit) for edit in edits if not _changes_nothing(edit)]
    if not rows:
        raise RefusedError("Nothing would change.")
    if len(rows) > MOST_EDITS:
        raise RefusedError(f"{len(rows):,} edits in one set: at most {MOST_EDITS:,}.")
    keys = [(row.variant_id, row.kind, row.meter, row.conditions_key) for row in rows]
    if len(set(keys)) != len(keys):
        twice = next(row for row, key in zip(rows, keys, strict=True) if keys.count(key) > 1)
        raise RefusedError(f"{twice} stands in this set twice.")
    # An undo may restore a condition's name that would be refused today.
    if undoes is None:
        refuse_slips(rows)
    with transaction.atomic():
        change_set = ChangeSet.objects.create(
            reason=reason.strip(),
            source_label=source_label.strip(),
            source_url=source_url.strip(),
            created_by=actor,
            created_at=timezone.now(),
            undoes=undoes,
        )
        for row in rows:
            row.change_set = change_set
        PriceEdit.objects.bulk_create(rows, batch_size=500)
    return change_set


def discard(change_set: ChangeSet) -> None:
    """Delete a draft that could not be published."""
    change_set.delete()


def _misfits(edit: PriceDraft) -> str:
    if not edit.ends and edit.value.state == PriceState.KNOWN and not edit.value.amount:
        return f"{edit.variant}: a known price has an amount above 0."
    if edit.based_on is not None and edit.based_on.effective_from > timezone.now():
        return f"{edit.variant}: cancel what is announced first."
    if edit.value.is_promotion and not edit.ends and not _changes_nothing(edit):
        if edit.until is None:
            return f"{edit.variant}: a promotion has an end: state it."
        if edit.until <= timezone.now():
            return f"{edit.variant}: the promotion would end in the past."
    return ""


def _changes_nothing(edit: PriceDraft) -> bool:
    return edit.based_on is not None and not edit.ends and edit.value == edit.based_on.value


def _edit(edit: PriceDraft) -> PriceEdit:
    columns = edit.value.columns()
    return PriceEdit(
        variant=edit.variant,
        based_on=edit.based_on,
        ends=edit.ends,
        effective_until=edit.until,
        **columns,
    )
